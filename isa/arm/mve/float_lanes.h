// Floating point on the lanes of vectors, as MVE does it: by the standard FPSCR value, with
// exceptions of active lanes alone (DDI 0553 StandardFPSCRValue, FPAdd and its like with
// fpscr_controlled FALSE).
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "isa/arm/fp_arithmetic.h"
#include "isa/arm/mve/host_vectors.h"
#include "isa/arm/mve/lanes.h"

namespace boardless::isa::arm::mve {

template <class F>
struct FloatVector {
  using Bits = typename F::Bits;
  using Lanes [[gnu::vector_size(16)]] = Bits;
  static constexpr int kLanes = static_cast<int>(kVectorBytes / sizeof(Bits));
};
template <class F>
using LanesOf = typename FloatVector<F>::Lanes;

template <class F>
LanesOf<F> read_vector(const State& s, std::uint8_t quad) {
  LanesOf<F> lanes;
  std::memcpy(&lanes, &s.s[quad], sizeof(lanes));
  return lanes;
}

inline std::uint32_t bytes_to_change(const State& s) {
  return works_on_whole_vectors(s) ? kAllBytes : active_bytes(s);
}

// How handlers end: writes the bytes `active` of Qd.
template <class Vector>
inline const Op* finish(State& s, const Op* op, Vector value, std::uint32_t active) {
  if (active == kAllBytes) [[likely]] {
    std::memcpy(&s.s[op->rd], &value, sizeof(value));
  } else {
    write_bytes(s, op->rd, std::bit_cast<VectorBits>(value), active);
  }
  return next(s, op);
}

constexpr std::uint32_t kFpExceptions =
    kFpInvalid | kFpDivideByZero | kFpOverflow | kFpUnderflow | kFpInexact | kFpInputDenormal;

// Round to nearest, flush to zero, default NaN; AHP and FZ16 are FPSCR's.
constexpr std::uint32_t standard_modes(std::uint32_t fpscr) {
  return (fpscr & (kFpAlternativeHalf | kFpFlushHalf)) | kFpDefaultNan | kFpFlush;
}

// Calls `each(fpscr, lane)` for every lane that has an active byte. What it raises in `fpscr`
// counts where the lane's byte `kDeciding` is active. IXC is as FPSCR has it, for the short way.
// Callers are no handlers: those could not end in a jump.
template <class F, int kDeciding = 0, class Each>
inline void for_each_lane(State& s, std::uint32_t mask, Each each) {
  constexpr int kBytes = sizeof(typename F::Bits);
  const std::uint32_t start = standard_modes(s.fpscr) | (s.fpscr & kFpInexact);
  std::uint32_t raised = 0;
  for (int lane = 0; lane < FloatVector<F>::kLanes; ++lane) {
    const std::uint32_t active = mask >> (kBytes * lane);
    if ((active & ((1U << kBytes) - 1)) == 0) continue;
    std::uint32_t fpscr = start;
    each(fpscr, lane);
    if ((active >> kDeciding & 1) != 0) raised |= fpscr;
  }
  s.fpscr |= raised & kFpExceptions;
}

template <class F>
bool is_denormal(typename F::Bits a) {
  return (a & kFpInfinity<F>) == 0 && !is_zero<F>(a);
}

// The modes for host_ functions, which never flush, when no operand is denormal: their results are
// not either.
template <class F>
std::uint32_t host_modes(std::uint32_t fpscr) {
  return fpscr & ~F::kFlushBit;
}

template <class F>
typename F::Bits negated_lane(typename F::Bits a) {
  return static_cast<typename F::Bits>(a ^ kFpSign<F>);
}
template <class F>
typename F::Bits absolute_lane(typename F::Bits a) {
  return static_cast<typename F::Bits>(a & ~kFpSign<F>);
}

// --- a op b, and c + a * b ---

template <class F, VectorOperation kWhat>
typename F::Bits lane_result(std::uint32_t& fpscr, typename F::Bits a, typename F::Bits b,
                             typename F::Bits c) {
  typename F::Bits result = 0;
  const std::uint32_t modes = host_modes<F>(fpscr);
  if (is_denormal<F>(a) || is_denormal<F>(b)) {
  } else if constexpr (kWhat == VectorOperation::kAdd) {
    if (host_add<F>(modes, a, b, result)) return result;
  } else if constexpr (kWhat == VectorOperation::kSubtract) {
    if (host_subtract<F>(modes, a, b, result)) return result;
  } else if constexpr (kWhat == VectorOperation::kMultiply) {
    if (host_multiply<F>(modes, a, b, result)) return result;
  } else if (!is_denormal<F>(c)) {
    if (host_multiply_add<F>(modes, c, a, b, result)) return result;
  }
  switch (kWhat) {
    case VectorOperation::kAdd:
      return SoftFloat<F>::add(fpscr, a, b);
    case VectorOperation::kSubtract:
      return SoftFloat<F>::subtract(fpscr, a, b);
    case VectorOperation::kMultiply:
      return SoftFloat<F>::multiply(fpscr, a, b);
    case VectorOperation::kMultiplyAdd:
      break;
  }
  return SoftFloat<F>::multiply_add(fpscr, c, a, b);
}

template <class F, VectorOperation kWhat>
[[gnu::noinline]] LanesOf<F> lane_by_lane(State& s, std::uint32_t mask, LanesOf<F> a, LanesOf<F> b,
                                          LanesOf<F> c) {
  LanesOf<F> result{};
  for_each_lane<F>(s, mask, [&](std::uint32_t& fpscr, int lane) {
    result[lane] = lane_result<F, kWhat>(fpscr, a[lane], b[lane], c[lane]);
  });
  return result;
}

// Whether the short way may be tried.
template <class F>
inline bool allows_host_vectors(const State& s) {
  const bool halves_flush = F::kFlushBit == kFpFlushHalf && (s.fpscr & kFpFlushHalf) != 0;
  return (s.fpscr & kFpInexact) != 0 && works_on_whole_vectors(s) && !halves_flush;
}

// The operands of a op b, or of c + a * b.
template <class F>
struct VectorOperands {
  LanesOf<F> a, b, c;
};

// Handlers: Qd <- kWhat of what kRead reads, then kChange of that.
template <class F, VectorOperation kWhat, auto kRead, auto kChange>
[[gnu::noinline]] const Op* run_vector_slow(State& s, const Op* op) {
  const std::uint32_t mask = bytes_to_change(s);
  const VectorOperands<F> in = kRead(s, op);
  return finish(s, op, kChange(lane_by_lane<F, kWhat>(s, mask, in.a, in.b, in.c)), mask);
}

template <class F, VectorOperation kWhat, auto kRead, auto kChange>
const Op* run_vector(State& s, const Op* op) {
  if (!allows_host_vectors<F>(s)) [[unlikely]]
    return run_vector_slow<F, kWhat, kRead, kChange>(s, op);
  const VectorOperands<F> in = kRead(s, op);
  LanesOf<F> result;
  if (!host_vector<kWhat>(in.a, in.b, in.c, result)) [[unlikely]]
    return run_vector_slow<F, kWhat, kRead, kChange>(s, op);
  return finish(s, op, kChange(result), kAllBytes);
}

// --- Extremes and comparisons ---

// FPMaxNum or FPMinNum.
template <class F, bool kMax>
typename F::Bits lane_extreme(std::uint32_t& fpscr, typename F::Bits a, typename F::Bits b) {
  if (!is_denormal<F>(a) && !is_denormal<F>(b)) {
    const auto x = host<F>(a), y = host<F>(b);
    if (x < y) return kMax ? b : a;
    if (x > y) return kMax ? a : b;
  }
  return kMax ? SoftFloat<F>::max_number(fpscr, a, b) : SoftFloat<F>::min_number(fpscr, a, b);
}

// NZCV in bits 31-28. Every NaN is an invalid operand.
template <class F>
std::uint32_t lane_comparison(std::uint32_t& fpscr, typename F::Bits a, typename F::Bits b) {
  std::uint32_t flags = 0;
  if (!is_denormal<F>(a) && !is_denormal<F>(b) &&
      host_compare<F>(host_modes<F>(fpscr), a, b, flags)) {
    return flags;
  }
  return SoftFloat<F>::compare(fpscr, a, b, true);
}

}  // namespace boardless::isa::arm::mve
