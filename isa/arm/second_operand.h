// What arithmetic and logic share: how an instruction's second operand is found.
#pragma once

#include "isa/arm/alu.h"
#include "isa/arm/operands.h"

namespace boardless::isa::arm {

enum class Second { kImmediate, kRegister };

template <Second kSecond>
std::uint32_t second(const State& s, const Op* op) {
  return kSecond == Second::kImmediate ? op->imm : s.r[op->rm];
}

// An encoded amount of 0 means 32 for LSR and ASR.
inline std::uint32_t immediate_shift_amount(std::uint32_t encoded) {
  const std::uint32_t amount = shift_amount(encoded);
  const ShiftKind kind = shift_kind(encoded);
  return amount == 0 && (kind == ShiftKind::kAsr || kind == ShiftKind::kLsr) ? 32 : amount;
}

// ADR, MOVW: what they give is known.
inline const Op* run_constant(State& s, const Op* op) {
  s.r[op->rd] = op->imm;
  return next(s, op);
}

}  // namespace boardless::isa::arm
