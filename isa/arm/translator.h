// Turns a stretch of Thumb code into a block that the interpreter runs.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "isa/arm/calling_convention.h"
#include "isa/arm/semantics.h"
#include "isa/decoder.h"
#include "isa/variant.h"

namespace boardless::isa::arm {

class Translator {
 public:
  using State = arm::State;
  using Op = arm::Op;
  using CallingConvention = arm::CallingConvention;

  explicit Translator(const Variant& variant)
      : variant_(variant),
        decoder_(variant),
        has_stack_limits_(variant.has(Feature::kArmv8) && variant.has(Feature::kMainline)) {}

  // A core of this variant as it comes out of reset; without surroundings.
  State initial_state() const;

  struct Block {
    std::vector<Instruction> instructions;
    OpList ops;
  };
  // The block that starts at `state.pc`, whose bytes (as far as they are mapped) are `bytes`; it
  // ends with the first instruction that may change the flow. An instruction that the variant lacks
  // becomes one that traps as undefined, in a block without `instructions`. Throws NotModelled for
  // an instruction that the variant has and boardless has no semantics for.
  Block translate(const State& state, std::span<const std::uint8_t> bytes);

  // What else than pc selects a block: ITSTATE, VPR's masks, and EPSR.T. 0 in all but blocks
  // entered by an exception return, after a write of VPR, or by an address without bit 0.
  static std::uint32_t mode(const State& state) {
    return state.it | state.vpt | state.not_thumb << 31 | state.checks_execution << 30;
  }

  // Blocks translated from now on end before these addresses, but within an IT or VPT block.
  void begin_blocks_at(std::vector<std::uint32_t> addresses) { beginnings_ = std::move(addresses); }

  Decoder& decoder() { return decoder_; }

 private:
  const Variant& variant_;
  Decoder decoder_;
  bool has_stack_limits_;
  std::vector<std::uint32_t> beginnings_;
};

}  // namespace boardless::isa::arm
