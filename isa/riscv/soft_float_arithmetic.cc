// Add, multiply, multiply-add, divide and square root, and the rounding they share.
#include <cmath>
#include <utility>

#include "isa/riscv/soft_float_parts.h"

namespace boardless::isa::riscv {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint32_t overflowed(FloatContext& context, bool negative) {
  context.flags |= kOverflow | kInexact;
  const bool to_infinity = context.mode == Rounding::kNearestEven ||
                           context.mode == Rounding::kNearestAway ||
                           context.mode == (negative ? Rounding::kDown : Rounding::kUp);
  constexpr std::uint32_t kGreatest = kInfinity - 1;
  return (negative ? kSign : 0) | (to_infinity ? kInfinity : kGreatest);
}

// The host's own result where it is known to be right: rounding to nearest with inexact already
// accrued, so that a normal result away from both ends raises nothing new.
template <class Operation>
bool host_result(const FloatContext& context, Operation operation, std::uint32_t& result) {
  if (context.mode != Rounding::kNearestEven || (context.flags & kInexact) == 0) return false;
  result = std::bit_cast<std::uint32_t>(static_cast<float>(operation()));
  const std::uint32_t biased = result >> 23 & 0xff;
  return biased > 1 && biased < 0xfe;
}

float as_float(std::uint32_t bits) { return std::bit_cast<float>(bits); }

}  // namespace

std::uint32_t round_and_pack(FloatContext& context, bool negative, int exponent,
                             std::uint64_t significand) {
  const std::uint32_t sign = negative ? kSign : 0;
  if (significand == 0) return sign;
  // Leading one to bit 62: 24 bits of result above 39 to round off.
  constexpr int kRest = 39;
  const int up = std::countl_zero(significand) - 1;
  if (up >= 0) {
    significand <<= up;
  } else {
    significand = shift_right_sticky(significand, 1);
  }
  exponent -= up;
  int biased = exponent + 62 + 127;
  const auto round = [&](std::uint64_t value, bool& inexact) {
    constexpr std::uint64_t kHalf = std::uint64_t{1} << (kRest - 1);
    const std::uint64_t rest = value & (2 * kHalf - 1);
    std::uint64_t kept = value >> kRest;
    inexact = rest != 0;
    if (rounds_up(context.mode, negative, (kept & 1) != 0, rest, kHalf)) ++kept;
    return static_cast<std::uint32_t>(kept);
  };
  bool inexact = false;
  if (biased <= 0) {
    // Tiny if it were below the least normal number even when rounded to 24 bits (11.2).
    bool ignored = false;
    const bool rounds_to_normal = biased == 0 && (round(significand, ignored) >> 24) != 0;
    const std::uint32_t kept = round(shift_right_sticky(significand, 1 - biased), inexact);
    if (inexact) context.flags |= rounds_to_normal ? kInexact : kUnderflow | kInexact;
    return sign | kept;  // a carry into bit 23 makes it the least normal number
  }
  const std::uint32_t kept = round(significand, inexact);
  if ((kept >> 24) != 0) ++biased;  // all ones became a power of two: the fraction is 0 either way
  if (biased >= 255) return overflowed(context, negative);
  if (inexact) context.flags |= kInexact;
  return sign | static_cast<std::uint32_t>(biased) << 23 | (kept & 0x007fffff);
}

std::uint32_t float_add(FloatContext& context, std::uint32_t a, std::uint32_t b) {
  std::uint32_t quick = 0;
  if (host_result(context, [&] { return as_float(a) + as_float(b); }, quick)) return quick;
  constexpr std::uint32_t kOne = 0x3f800000;
  return float_multiply_add(context, a, kOne, b);
}

std::uint32_t float_multiply(FloatContext& context, std::uint32_t a, std::uint32_t b) {
  std::uint32_t quick = 0;
  if (host_result(context, [&] { return as_float(a) * as_float(b); }, quick)) return quick;
  if (is_nan(a) || is_nan(b)) return nan_of(context, is_signalling(a) || is_signalling(b));
  const bool negative = is_negative(a) != is_negative(b);
  if (is_infinite(a) || is_infinite(b)) {
    if (is_zero(a) || is_zero(b)) return invalid(context);
    return (negative ? kSign : 0) | kInfinity;
  }
  const Parts x = parts_of(a), y = parts_of(b);
  return round_and_pack(context, negative, x.exponent + y.exponent,
                        std::uint64_t{x.significand} * y.significand);
}

std::uint32_t float_multiply_add(FloatContext& context, std::uint32_t a, std::uint32_t b,
                                 std::uint32_t c) {
  const bool invalid_product = (is_infinite(a) && is_zero(b)) || (is_zero(a) && is_infinite(b));
  // Infinity times zero is invalid even when c is a quiet NaN (11.6).
  if (invalid_product) return invalid(context);
  if (is_nan(a) || is_nan(b) || is_nan(c)) {
    return nan_of(context, is_signalling(a) || is_signalling(b) || is_signalling(c));
  }
  const bool negative = is_negative(a) != is_negative(b);
  if (is_infinite(a) || is_infinite(b)) {
    if (is_infinite(c) && is_negative(c) != negative) return invalid(context);
    return (negative ? kSign : 0) | kInfinity;
  }
  if (is_infinite(c)) return c;

  const Parts x = parts_of(a), y = parts_of(b), z = parts_of(c);
  const std::uint64_t product = std::uint64_t{x.significand} * y.significand;
  const int product_exponent = x.exponent + y.exponent;
  const bool zero_negative = negative == z.negative ? negative : context.mode == Rounding::kDown;
  if (product == 0) return z.significand == 0 ? (zero_negative ? kSign : 0) : c;
  if (z.significand == 0) return round_and_pack(context, negative, product_exponent, product);

  // Both to one exponent in 128 bits; what lies too far below is only remembered to be there.
  constexpr int kMost = 72;
  const int distance = product_exponent - z.exponent;
  Wide left = product, right = z.significand;
  int exponent = 0;
  if (distance >= 0) {
    const int up = distance < kMost ? distance : kMost;
    left <<= up;
    right = shift_right_sticky(right, distance - up);
    exponent = product_exponent - up;
  } else {
    const int up = -distance < kMost ? -distance : kMost;
    right <<= up;
    left = shift_right_sticky(left, -distance - up);
    exponent = z.exponent - up;
  }
  bool sum_negative = negative;
  Wide sum = 0;
  if (negative == z.negative) {
    sum = left + right;
  } else if (left >= right) {
    sum = left - right;
  } else {
    sum = right - left;
    sum_negative = z.negative;
  }
  if (sum == 0) return zero_negative ? kSign : 0;
  const auto high = static_cast<std::uint64_t>(sum >> 64);
  const int down = high == 0 ? 0 : 64 - std::countl_zero(high);
  return round_and_pack(context, sum_negative, exponent + down,
                        static_cast<std::uint64_t>(shift_right_sticky(sum, down)));
}

std::uint32_t float_divide(FloatContext& context, std::uint32_t a, std::uint32_t b) {
  if (is_nan(a) || is_nan(b)) return nan_of(context, is_signalling(a) || is_signalling(b));
  const bool negative = is_negative(a) != is_negative(b);
  const std::uint32_t sign = negative ? kSign : 0;
  if (is_infinite(a)) return is_infinite(b) ? invalid(context) : sign | kInfinity;
  if (is_infinite(b)) return sign;
  if (is_zero(b)) {
    if (is_zero(a)) return invalid(context);
    context.flags |= kDivideByZero;
    return sign | kInfinity;
  }
  if (is_zero(a)) return sign;
  const Parts x = normalised_parts_of(a), y = normalised_parts_of(b);
  constexpr int kUp = 36;  // a quotient of at least 36 bits
  const std::uint64_t dividend = std::uint64_t{x.significand} << kUp;
  const std::uint64_t quotient = dividend / y.significand;
  const std::uint64_t sticky = dividend % y.significand != 0 ? 1 : 0;
  return round_and_pack(context, negative, x.exponent - y.exponent - kUp - 1,
                        quotient << 1 | sticky);
}

std::uint32_t float_square_root(FloatContext& context, std::uint32_t a) {
  if (is_nan(a)) return nan_of(context, is_signalling(a));
  if (is_zero(a)) return a;
  if (is_negative(a)) return invalid(context);
  if (is_infinite(a)) return a;
  const Parts x = normalised_parts_of(a);
  // 24 bits to 62 or 63, so that the exponent is even and the root has 31 or 32.
  const int up = (x.exponent & 1) != 0 ? 39 : 38;
  const std::uint64_t radicand = std::uint64_t{x.significand} << up;
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 31; bit != 0; bit >>= 1) {
    const std::uint64_t tried = root | bit;
    if (tried * tried <= radicand) root = tried;
  }
  const std::uint64_t sticky = root * root != radicand ? 1 : 0;
  return round_and_pack(context, false, (x.exponent - up) / 2 - 1, root << 1 | sticky);
}

}  // namespace boardless::isa::riscv
