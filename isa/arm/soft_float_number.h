// The inner form of a floating-point number: what SoftFloat and SoftConvert unpack to and round
// from.
#pragma once

#include <bit>
#include <cstdint>

#include "isa/arm/soft_float.h"

namespace boardless::isa::arm::soft {

__extension__ using Wide = unsigned __int128;

enum class Kind : std::uint8_t { kZero, kFinite, kInfinity, kQuiet, kSignalling };

template <class F>
constexpr int kBias = (1 << (F::kExponent - 1)) - 1;
template <class F>
constexpr typename F::Bits kQuietBit =
    static_cast<typename F::Bits>(typename F::Bits{1} << (F::kFraction - 1));

template <class F>
struct Number {
  Kind kind = Kind::kZero;
  bool negative = false;
  int exponent = 0;               // of the significand's lowest bit
  std::uint64_t significand = 0;  // bit 63 is set when finite
  typename F::Bits bits = 0;      // the number as it was, or the zero it was flushed to

  bool is_nan() const { return kind >= Kind::kQuiet; }
  typename F::Bits magnitude() const { return bits & static_cast<typename F::Bits>(~kFpSign<F>); }
};

template <class F>
typename F::Bits zero(bool negative) {
  return negative ? kFpSign<F> : typename F::Bits{0};
}

template <class F>
typename F::Bits infinity(bool negative) {
  return zero<F>(negative) | kFpInfinity<F>;
}

template <class F>
typename F::Bits invalid(std::uint32_t& fpscr) {
  fpscr |= kFpInvalid;
  return kFpInfinity<F> | kQuietBit<F>;  // FPDefaultNaN
}

// FPProcessNaN.
template <class F>
typename F::Bits quieted(std::uint32_t& fpscr, const Number<F>& a) {
  if (a.kind == Kind::kSignalling) fpscr |= kFpInvalid;
  if ((fpscr & kFpDefaultNan) != 0) return kFpInfinity<F> | kQuietBit<F>;
  return a.bits | kQuietBit<F>;
}

// FPUnpack. `alternative`: half precision without infinities and NaNs. `may_flush`: conversions
// from half precision never flush.
template <class F>
Number<F> unpacked(std::uint32_t& fpscr, typename F::Bits bits, bool alternative = false,
                   bool may_flush = true) {
  constexpr std::uint64_t kMostExponent = (1U << F::kExponent) - 1;
  Number<F> number;
  number.bits = bits;
  number.negative = (bits & kFpSign<F>) != 0;
  const std::uint64_t magnitude = number.magnitude();
  const std::uint64_t exponent = magnitude >> F::kFraction;
  const std::uint64_t fraction = magnitude & ((std::uint64_t{1} << F::kFraction) - 1);
  if (magnitude == 0) return number;
  if (exponent == kMostExponent && !alternative) {
    number.kind = fraction == 0                    ? Kind::kInfinity
                  : (fraction & kQuietBit<F>) != 0 ? Kind::kQuiet
                                                   : Kind::kSignalling;
    return number;
  }
  std::uint64_t significand = fraction;
  int biased = 1;
  if (exponent != 0) {
    significand |= std::uint64_t{1} << F::kFraction;
    biased = static_cast<int>(exponent);
  } else if (may_flush && (fpscr & F::kFlushBit) != 0) {
    // Half precision flushes without a trace (FPUnpackBase).
    if (F::kFlushBit == kFpFlush) fpscr |= kFpInputDenormal;
    number.bits = zero<F>(number.negative);
    return number;
  }
  const int shift = std::countl_zero(significand);
  number.kind = Kind::kFinite;
  number.significand = significand << shift;
  number.exponent = biased - kBias<F> - F::kFraction - shift;
  return number;
}

inline int leading_zeros(Wide value) {
  const auto high = static_cast<std::uint64_t>(value >> 64);
  if (high != 0) return std::countl_zero(high);
  return 64 + std::countl_zero(static_cast<std::uint64_t>(value));
}

// The lowest bit becomes the OR of all that are lost.
inline Wide shifted_right_sticky(Wide value, int amount) {
  if (amount == 0) return value;
  if (amount > 127) return value != 0 ? 1 : 0;
  const Wide kept = value >> amount;
  return kept | ((kept << amount) != value ? 1 : 0);
}

// Whether an integer is to be incremented. `rest` is what lies below it, `half` half of its unit.
inline bool rounds_up(Rounding rounding, bool negative, bool odd, Wide rest, Wide half) {
  switch (rounding) {
    case Rounding::kNearestEven:
      return rest > half || (rest == half && odd);
    case Rounding::kNearestAway:
      return rest >= half;
    case Rounding::kUp:
      return rest != 0 && !negative;
    case Rounding::kDown:
      return rest != 0 && negative;
    case Rounding::kZero:
      return false;
  }
  return false;
}

// FPRoundBase: the value magnitude * 2^exponent, whose lowest bit may be sticky; not zero.
template <class F>
typename F::Bits rounded(std::uint32_t& fpscr, bool negative, Wide magnitude, int exponent,
                         Rounding rounding, bool alternative = false, bool may_flush = true) {
  using Bits = typename F::Bits;
  constexpr int kLeast = 1 - kBias<F>;  // exponent of the smallest normal number
  constexpr int kPrecision = F::kFraction + 1;
  const int shift = leading_zeros(magnitude);
  magnitude <<= shift;
  const int top = exponent + 127 - shift;  // exponent of the leading bit
  if (top < kLeast && may_flush && (fpscr & F::kFlushBit) != 0) {
    fpscr |= kFpUnderflow;  // and not inexact
    return zero<F>(negative);
  }
  int dropped = 128 - kPrecision;
  if (top < kLeast) {  // denormal; never drops more than 126 bits
    const int extra = kLeast - top;
    constexpr int kMostExtra = 126 - (128 - kPrecision);
    magnitude = shifted_right_sticky(magnitude, extra > kMostExtra ? extra - kMostExtra : 0);
    dropped += extra > kMostExtra ? kMostExtra : extra;
  }
  const Wide unit = Wide{1} << dropped;
  const Wide rest = magnitude & (unit - 1);
  auto kept = static_cast<std::uint64_t>(magnitude >> dropped);
  if (rounds_up(rounding, negative, (kept & 1) != 0, rest, unit >> 1)) ++kept;
  // The leading bit of a normal number, or a carry into it, counts up the exponent field.
  const std::uint64_t biased = top < kLeast ? 0 : static_cast<std::uint64_t>(top - kLeast);
  const std::uint64_t result = (biased << F::kFraction) + kept;
  const std::uint64_t limit = std::uint64_t{kFpInfinity<F>};
  if (alternative ? result >= std::uint64_t{kFpSign<F>} : result >= limit) {
    if (alternative) {
      fpscr |= kFpInvalid;
      return static_cast<Bits>(~Bits{0} & (negative ? ~Bits{0} : ~kFpSign<F>));
    }
    fpscr |= kFpOverflow | kFpInexact;
    const bool to_infinity = rounding == Rounding::kNearestEven ||
                             rounding == Rounding::kNearestAway ||
                             rounding == (negative ? Rounding::kDown : Rounding::kUp);
    return static_cast<Bits>(infinity<F>(negative) - (to_infinity ? 0 : 1));
  }
  if (rest != 0) {
    fpscr |= kFpInexact;
    if (top < kLeast) fpscr |= kFpUnderflow;  // tininess is detected before rounding
  }
  return static_cast<Bits>(zero<F>(negative) | result);
}

}  // namespace boardless::isa::arm::soft
