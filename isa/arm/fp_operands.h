// FP registers as handlers reach them, and what every FP instruction's builder does.
#pragma once

#include <cstring>

#include "isa/arm/operands.h"
#include "isa/arm/soft_float.h"

namespace boardless::isa::arm {

// The register that starts at word `index` of S0-S31: S<index>, its lower half, or D<index / 2>.
// Writing a half clears the upper one (DDI 0553 C2.4, S[d] = Zeros(16) : result).
template <class F>
inline typename F::Bits read_fp(const State& s, std::uint8_t index) {
  if constexpr (sizeof(typename F::Bits) < 4) return static_cast<typename F::Bits>(s.s[index]);
  typename F::Bits value;
  std::memcpy(&value, &s.s[index], sizeof(value));
  return value;
}

template <class F>
inline void write_fp(State& s, std::uint8_t index, typename F::Bits value) {
  if constexpr (sizeof(value) < 4) {
    s.s[index] = value;
  } else {
    std::memcpy(&s.s[index], &value, sizeof(value));
  }
}

// The index for read_fp() and write_fp() of an FP register operand.
std::uint8_t fp_reg(const Decoded& d, std::size_t index);

// ExecuteFPCheck (DDI 0403E A2.5.2): begins an FP context if there is none. False: floating point
// is denied, and the instruction traps.
bool use_fp(State& s, const Op* op);

// Makes sure that the block checks, before this instruction, that floating point may be used
// (use_fp()): once, by the first FP instruction that always executes. What
// enables and disables it takes effect at an ISB, which ends a block.
void check_fp_once(const Decoded& d, const Op& op, OpList& out);

// Appends `op` with its handler, after the check.
inline void append_fp(const Decoded& d, Op op, Op::Handler run, OpList& out) {
  check_fp_once(d, op, out);
  op.run = run;
  out.push_back(op);
}

}  // namespace boardless::isa::arm
