// Conversions to and from integers, comparisons, minimum, maximum and classification.
#include "isa/riscv/soft_float_parts.h"

namespace boardless::isa::riscv {
namespace {

// The magnitude rounded to an integer, saturated above 2^33; `inexact` if there was a fraction.
std::uint64_t rounded_magnitude(Rounding mode, const Parts& parts, bool& inexact) {
  inexact = false;
  if (parts.exponent >= 0)
    return std::uint64_t{parts.significand} << (parts.exponent < 16 ? parts.exponent : 16);
  // 32 bits below the point are enough: the significand has 24.
  const std::uint64_t fixed =
      shift_right_sticky(std::uint64_t{parts.significand} << 32, -parts.exponent);
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 31;
  const std::uint64_t rest = fixed & (2 * kHalf - 1);
  const std::uint64_t kept = fixed >> 32;
  inexact = rest != 0;
  return kept + (rounds_up(mode, parts.negative, (kept & 1) != 0, rest, kHalf) ? 1 : 0);
}

// -0 and +0 are one number.
std::int32_t ordered(std::uint32_t a) {
  return static_cast<std::int32_t>(is_negative(a) ? 0 - (a & ~kSign) : a);
}

// -0 is below +0.
bool is_below(std::uint32_t a, std::uint32_t b) {
  if (is_zero(a) && is_zero(b)) return is_negative(a) && !is_negative(b);
  return ordered(a) < ordered(b);
}

std::uint32_t pick(FloatContext& context, std::uint32_t a, std::uint32_t b, bool lower) {
  if (is_signalling(a) || is_signalling(b)) context.flags |= kInvalid;
  if (is_nan(a)) return is_nan(b) ? kCanonicalNan : b;
  if (is_nan(b)) return a;
  return is_below(a, b) == lower ? a : b;
}

}  // namespace

std::uint32_t float_to_signed(FloatContext& context, std::uint32_t a) {
  constexpr std::uint32_t kGreatest = 0x7fffffff, kLeast = 0x80000000;
  if (is_nan(a) || is_infinite(a)) {
    context.flags |= kInvalid;
    return is_nan(a) || !is_negative(a) ? kGreatest : kLeast;
  }
  bool inexact = false;
  const std::uint64_t magnitude = rounded_magnitude(context.mode, parts_of(a), inexact);
  if (magnitude > (is_negative(a) ? std::uint64_t{kLeast} : std::uint64_t{kGreatest})) {
    context.flags |= kInvalid;
    return is_negative(a) ? kLeast : kGreatest;
  }
  if (inexact) context.flags |= kInexact;
  const auto value = static_cast<std::uint32_t>(magnitude);
  return is_negative(a) ? 0 - value : value;
}

std::uint32_t float_to_unsigned(FloatContext& context, std::uint32_t a) {
  if (is_nan(a) || is_infinite(a)) {
    context.flags |= kInvalid;
    return is_nan(a) || !is_negative(a) ? ~0U : 0;
  }
  bool inexact = false;
  const std::uint64_t magnitude = rounded_magnitude(context.mode, parts_of(a), inexact);
  if (is_negative(a) ? magnitude != 0 : magnitude > ~0U) {
    context.flags |= kInvalid;
    return is_negative(a) ? 0 : ~0U;
  }
  if (inexact) context.flags |= kInexact;
  return static_cast<std::uint32_t>(magnitude);
}

std::uint32_t float_from_signed(FloatContext& context, std::uint32_t a) {
  const bool negative = (a >> 31) != 0;
  return round_and_pack(context, negative, 0, negative ? 0 - a : a);
}

std::uint32_t float_from_unsigned(FloatContext& context, std::uint32_t a) {
  return round_and_pack(context, false, 0, a);
}

bool float_equal(FloatContext& context, std::uint32_t a, std::uint32_t b) {
  if (is_signalling(a) || is_signalling(b)) context.flags |= kInvalid;
  return !is_nan(a) && !is_nan(b) && ordered(a) == ordered(b);
}

bool float_less(FloatContext& context, std::uint32_t a, std::uint32_t b) {
  if (is_nan(a) || is_nan(b)) context.flags |= kInvalid;
  return !is_nan(a) && !is_nan(b) && ordered(a) < ordered(b);
}

bool float_less_equal(FloatContext& context, std::uint32_t a, std::uint32_t b) {
  if (is_nan(a) || is_nan(b)) context.flags |= kInvalid;
  return !is_nan(a) && !is_nan(b) && ordered(a) <= ordered(b);
}

std::uint32_t float_min(FloatContext& context, std::uint32_t a, std::uint32_t b) {
  return pick(context, a, b, true);
}

std::uint32_t float_max(FloatContext& context, std::uint32_t a, std::uint32_t b) {
  return pick(context, a, b, false);
}

std::uint32_t float_class(std::uint32_t a) {
  if (is_nan(a)) return is_signalling(a) ? 1U << 8 : 1U << 9;
  // From minus infinity, bit 0, to minus zero, bit 3; the positive ones mirror them from bit 4 on.
  std::uint32_t rank = 1;  // normal
  if (is_infinite(a)) rank = 0;
  if ((a & kInfinity) == 0) rank = is_zero(a) ? 3 : 2;
  return 1U << (is_negative(a) ? rank : 7 - rank);
}

}  // namespace boardless::isa::riscv
