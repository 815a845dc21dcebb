// Taking single-precision numbers apart, and rounding them back together.
#pragma once

#include <bit>
#include <cstdint>

#include "isa/riscv/soft_float.h"

namespace boardless::isa::riscv {

constexpr std::uint32_t kSign = 0x80000000;
constexpr std::uint32_t kInfinity = 0x7f800000;

constexpr bool is_nan(std::uint32_t a) { return (a & ~kSign) > kInfinity; }
constexpr bool is_signalling(std::uint32_t a) { return is_nan(a) && (a & 0x00400000) == 0; }
constexpr bool is_infinite(std::uint32_t a) { return (a & ~kSign) == kInfinity; }
constexpr bool is_zero(std::uint32_t a) { return (a & ~kSign) == 0; }
constexpr bool is_negative(std::uint32_t a) { return (a & kSign) != 0; }

// A finite number is significand * 2^exponent; the significand of a normal number has 24 bits.
struct Parts {
  bool negative = false;
  int exponent = 0;
  std::uint32_t significand = 0;
};

constexpr Parts parts_of(std::uint32_t a) {
  const int biased = static_cast<int>(a >> 23 & 0xff);
  const std::uint32_t fraction = a & 0x007fffff;
  if (biased == 0) return {is_negative(a), -149, fraction};
  return {is_negative(a), biased - 150, fraction | 0x00800000};
}

// Likewise, but the significand of subnormal numbers has 24 bits, too. Not for zero.
constexpr Parts normalised_parts_of(std::uint32_t a) {
  Parts parts = parts_of(a);
  const int shift = std::countl_zero(parts.significand) - 8;
  parts.significand <<= shift;
  parts.exponent -= shift;
  return parts;
}

// Shifts right; what is lost is remembered in the lowest bit.
template <class T>
constexpr T shift_right_sticky(T value, int amount) {
  constexpr int kBits = static_cast<int>(sizeof(T) * 8);
  if (amount <= 0) return value;
  if (amount >= kBits) return value != 0 ? 1 : 0;
  const T lost = value & ((T{1} << amount) - 1);
  return value >> amount | (lost != 0 ? 1 : 0);
}

// Whether the part below the last place, `rest` of 2 * `half`, rounds the magnitude up.
constexpr bool rounds_up(Rounding mode, bool negative, bool odd, std::uint64_t rest,
                         std::uint64_t half) {
  switch (mode) {
    case Rounding::kNearestEven:
      return rest > half || (rest == half && odd);
    case Rounding::kTowardsZero:
      return false;
    case Rounding::kDown:
      return negative && rest != 0;
    case Rounding::kUp:
      return !negative && rest != 0;
    case Rounding::kNearestAway:
      return rest >= half;
  }
  return false;
}

// significand * 2^exponent as a single-precision number. The significand's lowest bit may be sticky
// if there are more than 25 significant bits above it. Zero stays zero of the given sign.
std::uint32_t round_and_pack(FloatContext& context, bool negative, int exponent,
                             std::uint64_t significand);

// An operation without a result but NaN: invalid unless the operands' NaN were quiet.
constexpr std::uint32_t invalid(FloatContext& context) {
  context.flags |= kInvalid;
  return kCanonicalNan;
}
constexpr std::uint32_t nan_of(FloatContext& context, bool any_signalling) {
  if (any_signalling) context.flags |= kInvalid;
  return kCanonicalNan;
}

}  // namespace boardless::isa::riscv
