// Turns a stretch of Thumb code into a block that the interpreter runs.
#pragma once

#include <cstdint>
#include <span>

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

  explicit Translator(const Variant& variant) : variant_(variant), decoder_(variant) {}

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

  // What else than pc selects a block: ITSTATE and VPR's masks. 0 in all but blocks entered by an
  // exception return, or after a write of VPR.
  static std::uint32_t mode(const State& state) { return state.it | state.vpt; }

  Decoder& decoder() { return decoder_; }

 private:
  const Variant& variant_;
  Decoder decoder_;
};

}  // namespace boardless::isa::arm
