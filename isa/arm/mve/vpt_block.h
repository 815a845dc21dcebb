// VPT blocks: the up to four instructions after VPST or VPT that VPR.P0 predicates, and how VPR
// goes on from one to the next (DDI 0553 B5.6.3). What is executed reads VPR, so that it is right
// whenever it is visible; the translator only needs to know where blocks are.
#pragma once

#include <array>
#include <cstdint>

#include "isa/arm/semantics.h"

namespace boardless::isa::arm {

// VPR's masks, followed while code is translated.
class VptBlock {
 public:
  // As a block of code begins.
  explicit VptBlock(std::uint32_t vpr) : mask01_(vpr >> 16 & 15), mask23_(vpr >> 20 & 15) {}

  bool inside() const { return (mask01_ | mask23_) != 0; }
  void start(std::uint32_t mask) { mask01_ = mask23_ = mask; }
  void advance();
  // The VPST that begins a block as long as the rest of this one.
  std::array<std::uint8_t, 4> as_vpst() const;

 private:
  std::uint32_t mask01_, mask23_;
};

// The mask that VPST and VPT write, as the architecture encodes it: LLVM has it as what each
// instruction is, "then" (0) or "else" (1), above a final 1.
std::uint32_t vpt_mask(const Decoded& vpst_or_vpt);

// VPTAdvance, after each instruction in a VPT block: inverts P0 for "else".
void advance_vpt(State& s);
const Op* run_vpt_advance(State& s, const Op* op);

}  // namespace boardless::isa::arm
