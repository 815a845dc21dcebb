// The integer computational handlers that RV32I and its compressed forms share (unprivileged manual
// 2.4).
#pragma once

#include "isa/riscv/state.h"

namespace boardless::isa::riscv {

enum class Alu { kAdd, kSub, kAnd, kOr, kXor, kSlt, kSltu, kSll, kSrl, kSra };

template <Alu kWhat>
constexpr std::uint32_t alu(std::uint32_t a, std::uint32_t b) {
  switch (kWhat) {
    case Alu::kAdd:
      return a + b;
    case Alu::kSub:
      return a - b;
    case Alu::kAnd:
      return a & b;
    case Alu::kOr:
      return a | b;
    case Alu::kXor:
      return a ^ b;
    case Alu::kSlt:
      return static_cast<std::int32_t>(a) < static_cast<std::int32_t>(b) ? 1 : 0;
    case Alu::kSltu:
      return a < b ? 1 : 0;
    case Alu::kSll:
      return a << (b & 31);
    case Alu::kSrl:
      return a >> (b & 31);
    case Alu::kSra:
      return static_cast<std::uint32_t>(static_cast<std::int32_t>(a) >> (b & 31));
  }
}

template <Alu kWhat>
const Op* run_alu(State& s, const Op* op) {
  s.x[op->rd] = alu<kWhat>(s.x[op->rn], s.x[op->rm]);
  return op + 1;
}

template <Alu kWhat>
const Op* run_alu_immediate(State& s, const Op* op) {
  s.x[op->rd] = alu<kWhat>(s.x[op->rn], op->imm);
  return op + 1;
}

inline const Op* run_move(State& s, const Op* op) {
  s.x[op->rd] = s.x[op->rn];
  return op + 1;
}

inline const Op* run_constant(State& s, const Op* op) {
  s.x[op->rd] = op->imm;
  return op + 1;
}

}  // namespace boardless::isa::riscv
