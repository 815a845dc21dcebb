// The short way to floating-point results: the host's arithmetic where it provably gives FPSCR's
// answer.
//
// The host computes in its default environment, rounding to nearest; its exception flags are never
// read and its modes never changed, so host code between blocks cannot disturb it. That is exact
// when
//   - FPSCR rounds to nearest and does not flush to zero,
//   - IXC is set already, so that inexactness, the one frequent exception, need not be noticed (the
//     first inexact operation of a program goes the long way, which sets it), and
//   - the result is a normal number above the smallest: no overflow, no underflow, no NaN, no
//     exception but inexactness.
// Zero results count as well where they can only be exact.
//
// Each host_ function says whether that holds, and gives the result if so; otherwise the caller
// takes SoftFloat's. FPSCR is not changed.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "isa/arm/soft_float.h"

namespace boardless::isa::arm {

inline bool host_rounds_alike(std::uint32_t fpscr) {
  return (fpscr & (kFpInexact | kFpRoundingMask | kFpFlush)) == kFpInexact;
}

template <class F>
inline typename F::Host host(typename F::Bits bits) {
  return std::bit_cast<typename F::Host>(bits);
}

// Neither zero, denormal, the smallest normal exponent (which may have been rounded up into),
// infinite nor NaN.
template <class F>
inline bool is_well_inside(typename F::Bits bits) {
  using Bits = typename F::Bits;
  constexpr int kShift = F::kFraction + 1;
  constexpr Bits kFirst = Bits{2} << kShift;
  constexpr Bits kEnd = (~Bits{0} >> kShift) << kShift;  // the exponent of infinities
  return static_cast<Bits>(static_cast<Bits>(bits << 1) - kFirst) <
         static_cast<Bits>(kEnd - kFirst);
}

template <class F>
inline bool is_zero(typename F::Bits bits) {
  return static_cast<typename F::Bits>(bits << 1) == 0;
}

template <class F>
inline bool host_add(std::uint32_t fpscr, typename F::Bits a, typename F::Bits b,
                     typename F::Bits& sum) {
  sum = std::bit_cast<typename F::Bits>(host<F>(a) + host<F>(b));
  // A sum that is zero is exact: with denormals there is no underflow in additions.
  return host_rounds_alike(fpscr) && (is_well_inside<F>(sum) || is_zero<F>(sum));
}

template <class F>
inline bool host_subtract(std::uint32_t fpscr, typename F::Bits a, typename F::Bits b,
                          typename F::Bits& difference) {
  difference = std::bit_cast<typename F::Bits>(host<F>(a) - host<F>(b));
  return host_rounds_alike(fpscr) && (is_well_inside<F>(difference) || is_zero<F>(difference));
}

template <class F>
inline bool host_multiply(std::uint32_t fpscr, typename F::Bits a, typename F::Bits b,
                          typename F::Bits& product) {
  product = std::bit_cast<typename F::Bits>(host<F>(a) * host<F>(b));
  return host_rounds_alike(fpscr) &&
         (is_well_inside<F>(product) || (is_zero<F>(product) && (is_zero<F>(a) || is_zero<F>(b))));
}

template <class F>
inline bool host_divide(std::uint32_t fpscr, typename F::Bits a, typename F::Bits b,
                        typename F::Bits& quotient) {
  quotient = std::bit_cast<typename F::Bits>(host<F>(a) / host<F>(b));
  return host_rounds_alike(fpscr) &&
         (is_well_inside<F>(quotient) || (is_zero<F>(quotient) && is_zero<F>(a)));
}

template <class F>
inline bool host_square_root(std::uint32_t fpscr, typename F::Bits a, typename F::Bits& root) {
  // The C library would be called for the error of a negative operand.
  if ((a & kFpSign<F>) != 0) return false;
  root = std::bit_cast<typename F::Bits>(std::sqrt(host<F>(a)));
  return host_rounds_alike(fpscr) && is_well_inside<F>(root);
}

// addend + a * b, rounded once.
template <class F>
inline bool host_multiply_add(std::uint32_t fpscr, typename F::Bits addend, typename F::Bits a,
                              typename F::Bits b, typename F::Bits& result) {
  if constexpr (F::kFraction == Single::kFraction) {
    // The product is exact in double precision. Rounding the sum twice, to double and to single,
    // differs from rounding it once only when the first result is halfway between two singles.
    const double product = static_cast<double>(host<F>(a)) * static_cast<double>(host<F>(b));
    const double sum = product + static_cast<double>(host<F>(addend));
    constexpr std::uint64_t kBelow = (std::uint64_t{1} << 29) - 1, kHalfway = 1U << 28;
    const auto bits = std::bit_cast<std::uint64_t>(sum);
    result = std::bit_cast<std::uint32_t>(static_cast<float>(sum));
    return host_rounds_alike(fpscr) && (bits & kBelow) != kHalfway &&
           (is_well_inside<F>(result) || is_zero<Double>(bits));
  } else {
    if (!host_rounds_alike(fpscr)) return false;
    result = std::bit_cast<typename F::Bits>(std::fma(host<F>(a), host<F>(b), host<F>(addend)));
    return is_well_inside<F>(result) || (is_zero<F>(result) && (is_zero<F>(a) || is_zero<F>(b)));
  }
}

// NZCV in bits 31-28; in every mode that does not flush.
template <class F>
inline bool host_compare(std::uint32_t fpscr, typename F::Bits a, typename F::Bits b,
                         std::uint32_t& flags) {
  const typename F::Host x = host<F>(a), y = host<F>(b);
  flags = x < y ? 0x80000000 : x > y ? 0x20000000 : 0x60000000;
  return (fpscr & kFpFlush) == 0 && (x < y || x >= y);  // ordered
}

// Toward zero, to 32 bits.
template <class F, bool kUnsigned>
inline bool host_to_word(std::uint32_t fpscr, typename F::Bits a, std::uint32_t& word) {
  // Inexactness as above; flushing counts denormals. NaN fails the comparisons.
  const auto value = static_cast<double>(host<F>(a));
  constexpr double kFirst = kUnsigned ? -1.0 : -2147483649.0;
  constexpr double kEnd = kUnsigned ? 4294967296.0 : 2147483648.0;
  if ((fpscr & (kFpInexact | kFpFlush)) != kFpInexact || !(value > kFirst && value < kEnd)) {
    return false;
  }
  word = static_cast<std::uint32_t>(static_cast<std::int64_t>(value));
  return true;
}

template <class F, bool kUnsigned>
inline bool host_from_word(std::uint32_t fpscr, std::uint32_t word, typename F::Bits& result) {
  using Host = typename F::Host;
  result = std::bit_cast<typename F::Bits>(
      kUnsigned ? static_cast<Host>(word) : static_cast<Host>(static_cast<std::int32_t>(word)));
  // Exact in double precision, in every mode.
  return F::kFraction == Double::kFraction || host_rounds_alike(fpscr);
}

inline bool host_to_double(std::uint32_t fpscr, std::uint32_t a, std::uint64_t& result) {
  // Always exact; a NaN may signal.
  const float value = host<Single>(a);
  result = std::bit_cast<std::uint64_t>(static_cast<double>(value));
  return (fpscr & kFpFlush) == 0 && value == value;
}

inline bool host_to_single(std::uint32_t fpscr, std::uint64_t a, std::uint32_t& result) {
  result = std::bit_cast<std::uint32_t>(static_cast<float>(host<Double>(a)));
  return host_rounds_alike(fpscr) && is_well_inside<Single>(result);
}

}  // namespace boardless::isa::arm
