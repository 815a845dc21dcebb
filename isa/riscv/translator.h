// Turns a stretch of RV32 code into a block that the interpreter runs.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "isa/decoder.h"
#include "isa/riscv/calling_convention.h"
#include "isa/riscv/semantics.h"
#include "isa/variant.h"

namespace boardless::isa::riscv {

class Translator {
 public:
  using State = riscv::State;
  using Op = riscv::Op;
  using CallingConvention = riscv::CallingConvention;

  explicit Translator(const Variant& variant) : variant_(variant), decoder_(variant) {}

  // A core of this variant as it comes out of reset; without surroundings.
  State initial_state() const {
    State state;
    reset(state, variant_);
    return state;
  }

  struct Block {
    std::vector<Instruction> instructions;
    OpList ops;
  };
  // The block that starts at `state.pc`, whose bytes (as far as they are mapped) are `bytes`; it
  // ends with the first instruction that may change the flow. An instruction that the variant lacks
  // becomes one that traps as illegal, in a block without `instructions`. Throws NotModelled for an
  // instruction that the variant has and boardless has no semantics for.
  Block translate(const State& state, std::span<const std::uint8_t> bytes);

  // Nothing but pc selects a block.
  static std::uint32_t mode(const State&) { return 0; }

  // Blocks translated from now on end before these addresses.
  void begin_blocks_at(std::vector<std::uint32_t> addresses) { beginnings_ = std::move(addresses); }

  Decoder& decoder() { return decoder_; }

 private:
  const Variant& variant_;
  Decoder decoder_;
  std::vector<std::uint32_t> beginnings_;
};

}  // namespace boardless::isa::riscv
