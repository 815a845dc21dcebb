// Control transfers that RV32I and its compressed forms share (manual 2.5).
#pragma once

#include "isa/riscv/state.h"

namespace boardless::isa::riscv {

enum class Compare { kEq, kNe, kLt, kLtu, kGe, kGeu };

template <Compare kWhat>
constexpr bool holds(std::uint32_t a, std::uint32_t b) {
  const auto sa = static_cast<std::int32_t>(a), sb = static_cast<std::int32_t>(b);
  switch (kWhat) {
    case Compare::kEq:
      return a == b;
    case Compare::kNe:
      return a != b;
    case Compare::kLt:
      return sa < sb;
    case Compare::kLtu:
      return a < b;
    case Compare::kGe:
      return sa >= sb;
    case Compare::kGeu:
      return a >= b;
  }
}

// op->aux: the target; op->imm: the instruction after.
template <Compare kWhat>
const Op* run_branch(State& s, const Op* op) {
  s.pc = holds<kWhat>(s.x[op->rn], s.x[op->rm]) ? op->aux : op->imm;
  return nullptr;
}

// op->aux: the target; op->imm: the return address for rd.
inline const Op* run_jump(State& s, const Op* op) {
  s.x[op->rd] = op->imm;
  s.pc = op->aux;
  return nullptr;
}

// op->aux: the offset; op->imm: the return address for rd.
inline const Op* run_jump_register(State& s, const Op* op) {
  const std::uint32_t target = (s.x[op->rn] + op->aux) & ~1U;
  s.x[op->rd] = op->imm;
  s.pc = target;
  return nullptr;
}

}  // namespace boardless::isa::riscv
