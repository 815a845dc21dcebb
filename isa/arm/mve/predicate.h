// How MVE's comparisons write VPR.P0, and what VPT does with it.
#pragma once

#include "isa/arm/mve/operands.h"
#include "isa/arm/mve/vpt_block.h"

namespace boardless::isa::arm {

constexpr std::uint32_t kP0 = kAllBytes;  // of VPR

// One bit per byte, from bytes that are all ones or all zeros.
inline std::uint32_t byte_bits(VectorBits bytes) {
  // Moves bit 8i to bit 56 + i.
  constexpr std::uint64_t kLowest = 0x0101010101010101, kGather = 0x0102040810204080;
  const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(bytes);
  return static_cast<std::uint32_t>((halves[0] & kLowest) * kGather >> 56) |
         static_cast<std::uint32_t>((halves[1] & kLowest) * kGather >> 56) << 8;
}

// Writes P0: `bits` in the active bytes, 0 in all others.
inline void write_predicate(State& s, std::uint32_t bits) {
  if (!works_on_whole_vectors(s)) [[unlikely]]
    bits &= active_bytes(s);
  s.vpr = (s.vpr & ~kP0) | bits;
}

void start_vpt_block(State& s, std::uint32_t mask);

// P0 <- kFunction of the inputs, which returns bool, lane by lane of type T. VPT (op->imm: its
// mask, otherwise 0) then starts its block.
template <class T, auto kFunction, class... Inputs>
const Op* run_compare_lanes(State& s, const Op* op) {
  const auto compute = [](const auto&... inputs) {
    Lanes<T> all_ones;
    for (std::size_t i = 0; i < all_ones.size(); ++i) {
      all_ones[i] = static_cast<T>(kFunction(inputs[i]...) ? -1 : 0);
    }
    return std::bit_cast<VectorBits>(all_ones);
  };
  write_predicate(s, byte_bits(compute(Inputs::read(s, op)...)));
  if (op->imm != 0) start_vpt_block(s, op->imm);
  return next(s, op);
}

// A core register, or zero for ZR.
template <class T>
struct RmOrZero {
  static EveryLane<T> read(const State& s, const Op* op) {
    return {static_cast<T>(read_or_zero(s, op->rm))};
  }
};

// Builders' part of VCMP and VPT. LLVM operands of VCMP: VPR, Qn, Qm or Rm, condition; of VPT:
// mask, Qn, Qm or Rm, condition.
inline bool is_vpt(const Decoded& d) { return !d.operands.front().is_register(); }
Op compare_operands(const Decoded& d, Op op);
std::uint32_t compare_condition(const Decoded& d);  // Arm's encoding

}  // namespace boardless::isa::arm
