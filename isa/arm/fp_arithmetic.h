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
#include <type_traits>

#include "isa/arm/soft_float.h"

namespace boardless::isa::arm {

template <class F>
inline bool host_rounds_alike(std::uint32_t fpscr) {
  return (fpscr & (kFpInexact | kFpRoundingMask | F::kFlushBit)) == kFpInexact;
}

// The number in the format the host computes with, which is wide enough for a single rounding to
// it and a second one to F to be as good as one.
template <class F>
inline typename F::Host host(typename F::Bits bits) {
  if constexpr (F::kFraction == Half::kFraction) {
    const std::uint32_t magnitude = std::uint32_t{bits & 0x7fffU} << 13;
    const std::uint32_t sign = std::uint32_t{bits & 0x8000U} << 16;
    // As a denormal or small number of the wider format; the product is exact.
    const auto finite = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) * 0x1p112F);
    const bool is_finite = (bits & 0x7c00U) != 0x7c00U;
    return std::bit_cast<float>(sign | (is_finite ? finite : magnitude | 0x7f800000));
  } else {
    return std::bit_cast<typename F::Host>(bits);
  }
}

// Rounds to nearest. What is no normal number of half precision becomes zero if it is zero, and
// infinity otherwise, for callers to take the long way.
template <class F, class Value>
inline typename F::Bits from_host(Value value) {
  if constexpr (F::kFraction == Half::kFraction) {
    using Wide = std::conditional_t<sizeof(Value) == 8, Double, Single>;
    using Bits = typename Wide::Bits;
    constexpr int kDropped = Wide::kFraction - Half::kFraction;
    constexpr Bits kRebias = ((Bits{1} << (Wide::kExponent - 1)) - (1 << (Half::kExponent - 1)))
                             << Wide::kFraction;
    constexpr Bits kLeast = kRebias + (Bits{1} << Wide::kFraction);
    constexpr Bits kEnd = kLeast + (Bits{30} << Wide::kFraction);
    const Bits bits = std::bit_cast<Bits>(value);
    const Bits magnitude = bits & ~kFpSign<Wide>;
    const auto sign = static_cast<unsigned>(bits >> (8 * sizeof(Bits) - 16)) & kFpSign<Half>;
    if (magnitude - kLeast >= kEnd - kLeast) {
      return static_cast<std::uint16_t>(sign | (magnitude == 0 ? 0 : kFpInfinity<Half>));
    }
    const Bits up = (Bits{1} << (kDropped - 1)) - 1 + (magnitude >> kDropped & 1);
    return static_cast<std::uint16_t>(sign | (magnitude - kRebias + up) >> kDropped);
  } else {
    return std::bit_cast<typename F::Bits>(static_cast<typename F::Host>(value));
  }
}

// Neither zero, denormal, the smallest normal exponent (which may have been rounded up into),
// infinite nor NaN.
template <class F>
inline bool is_well_inside(typename F::Bits bits) {
  using Bits = typename F::Bits;
  constexpr auto kFirst = static_cast<Bits>(Bits{4} << F::kFraction);
  constexpr auto kEnd = static_cast<Bits>(kFpInfinity<F> << 1);
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
  sum = from_host<F>(host<F>(a) + host<F>(b));
  // A sum that is zero is exact: with denormals there is no underflow in additions.
  return host_rounds_alike<F>(fpscr) && (is_well_inside<F>(sum) || is_zero<F>(sum));
}

template <class F>
inline bool host_subtract(std::uint32_t fpscr, typename F::Bits a, typename F::Bits b,
                          typename F::Bits& difference) {
  difference = from_host<F>(host<F>(a) - host<F>(b));
  return host_rounds_alike<F>(fpscr) && (is_well_inside<F>(difference) || is_zero<F>(difference));
}

template <class F>
inline bool host_multiply(std::uint32_t fpscr, typename F::Bits a, typename F::Bits b,
                          typename F::Bits& product) {
  product = from_host<F>(host<F>(a) * host<F>(b));
  return host_rounds_alike<F>(fpscr) &&
         (is_well_inside<F>(product) || (is_zero<F>(product) && (is_zero<F>(a) || is_zero<F>(b))));
}

template <class F>
inline bool host_divide(std::uint32_t fpscr, typename F::Bits a, typename F::Bits b,
                        typename F::Bits& quotient) {
  quotient = from_host<F>(host<F>(a) / host<F>(b));
  return host_rounds_alike<F>(fpscr) &&
         (is_well_inside<F>(quotient) || (is_zero<F>(quotient) && is_zero<F>(a)));
}

template <class F>
inline bool host_square_root(std::uint32_t fpscr, typename F::Bits a, typename F::Bits& root) {
  // The C library would be called for the error of a negative operand.
  if ((a & kFpSign<F>) != 0) return false;
  root = from_host<F>(std::sqrt(host<F>(a)));
  return host_rounds_alike<F>(fpscr) && is_well_inside<F>(root);
}

// addend + a * b, rounded once.
template <class F>
inline bool host_multiply_add(std::uint32_t fpscr, typename F::Bits addend, typename F::Bits a,
                              typename F::Bits b, typename F::Bits& result) {
  if constexpr (F::kFraction != Double::kFraction) {
    // The product is exact in double precision. Rounding the sum twice, to double and to F, differs
    // from rounding it once only when the first result is halfway between two of F's numbers.
    const double product = static_cast<double>(host<F>(a)) * static_cast<double>(host<F>(b));
    const double sum = product + static_cast<double>(host<F>(addend));
    constexpr int kDropped = Double::kFraction - F::kFraction;
    constexpr std::uint64_t kHalfway = std::uint64_t{1} << (kDropped - 1);
    constexpr std::uint64_t kBelow = 2 * kHalfway - 1;
    const auto bits = std::bit_cast<std::uint64_t>(sum);
    result = from_host<F>(sum);
    return host_rounds_alike<F>(fpscr) && (bits & kBelow) != kHalfway &&
           (is_well_inside<F>(result) || is_zero<Double>(bits));
  } else {
    if (!host_rounds_alike<F>(fpscr)) return false;
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
  return (fpscr & F::kFlushBit) == 0 && (x < y || x >= y);  // ordered
}

// Toward zero, to 32 bits.
template <class F, bool kUnsigned>
inline bool host_to_word(std::uint32_t fpscr, typename F::Bits a, std::uint32_t& word) {
  // Inexactness as above; flushing counts denormals. NaN fails the comparisons.
  const auto value = static_cast<double>(host<F>(a));
  constexpr double kFirst = kUnsigned ? -1.0 : -2147483649.0;
  constexpr double kEnd = kUnsigned ? 4294967296.0 : 2147483648.0;
  if ((fpscr & (kFpInexact | F::kFlushBit)) != kFpInexact || !(value > kFirst && value < kEnd)) {
    return false;
  }
  word = static_cast<std::uint32_t>(static_cast<std::int64_t>(value));
  return true;
}

template <class F, bool kUnsigned>
inline bool host_from_word(std::uint32_t fpscr, std::uint32_t word, typename F::Bits& result) {
  // Words that single precision rounds are beyond half precision's range.
  using Host = typename F::Host;
  result = from_host<F>(kUnsigned ? static_cast<Host>(word)
                                  : static_cast<Host>(static_cast<std::int32_t>(word)));
  if constexpr (F::kFraction == Double::kFraction) return true;  // exact, in every mode
  return host_rounds_alike<F>(fpscr) &&
         (F::kFraction == Single::kFraction || word == 0 || is_well_inside<F>(result));
}

inline bool host_to_double(std::uint32_t fpscr, std::uint32_t a, std::uint64_t& result) {
  // Always exact; a NaN may signal.
  const float value = host<Single>(a);
  result = std::bit_cast<std::uint64_t>(static_cast<double>(value));
  return (fpscr & kFpFlush) == 0 && value == value;
}

inline bool host_to_single(std::uint32_t fpscr, std::uint64_t a, std::uint32_t& result) {
  result = std::bit_cast<std::uint32_t>(static_cast<float>(host<Double>(a)));
  return host_rounds_alike<Single>(fpscr) && is_well_inside<Single>(result);
}

// Between single and IEEE's half precision, which never flush halves.
inline bool host_from_half(std::uint32_t fpscr, std::uint16_t a, std::uint32_t& result) {
  result = std::bit_cast<std::uint32_t>(host<Half>(a));
  return (fpscr & kFpAlternativeHalf) == 0 && (a & kFpInfinity<Half>) != kFpInfinity<Half>;
}

inline bool host_to_half(std::uint32_t fpscr, std::uint32_t a, std::uint16_t& result) {
  result = from_host<Half>(host<Single>(a));
  constexpr std::uint32_t kModes = kFpInexact | kFpRoundingMask | kFpAlternativeHalf;
  return (fpscr & kModes) == kFpInexact && (is_well_inside<Half>(result) || is_zero<Single>(a));
}

// To an integer in the same format.
template <class F>
inline bool host_round_to_integer(std::uint32_t fpscr, typename F::Bits a, Rounding rounding,
                                  typename F::Bits& result) {
  using Host = typename F::Host;
  const Host value = host<F>(a);
  constexpr Host kNoFraction = static_cast<Host>(std::uint64_t{1} << F::kFraction);
  // Inexactness as above; flushing counts denormals. NaN fails the comparisons.
  if ((fpscr & (kFpInexact | F::kFlushBit)) != kFpInexact ||
      !(value > -kNoFraction && value < kNoFraction)) {
    return false;
  }
  const auto whole = static_cast<std::int64_t>(value);
  const Host rest = value - static_cast<Host>(whole);  // exact, with the sign of `value`
  std::int64_t up = 0;
  switch (rounding) {
    case Rounding::kNearestEven:
      up = rest > Host{0.5} || (rest == Host{0.5} && (whole & 1) != 0);
      up -= rest < Host{-0.5} || (rest == Host{-0.5} && (whole & 1) != 0);
      break;
    case Rounding::kNearestAway:
      up = (rest >= Host{0.5}) - (rest <= Host{-0.5});
      break;
    case Rounding::kUp:
      up = rest > 0;
      break;
    case Rounding::kDown:
      up = -std::int64_t{rest < 0};
      break;
    case Rounding::kZero:
      break;
  }
  result = from_host<F>(static_cast<Host>(whole + up));
  result = static_cast<typename F::Bits>((result & ~kFpSign<F>) | (a & kFpSign<F>));
  return true;
}

}  // namespace boardless::isa::arm
