// Is half-precision arithmetic that of IEEE 754, in every rounding mode? The judge compares exact
// integers: it never rounds, and shares nothing with SoftFloat.
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdlib>

#include "isa/arm/soft_float.h"
#include "tests/isa/differential.h"

namespace boardless::isa::arm {
namespace {

__extension__ using Exact = __int128;

constexpr std::uint32_t kMagnitudes = 0x7c00;  // below: the finite ones, in order
constexpr std::uint32_t kSmallestNormal = 0x0400;
constexpr std::uint32_t kOnes = 0x8000;

// In units of 2^-25, so that what is halfway between two halves is a whole number as well.
std::int64_t units(std::uint32_t half) {
  const std::uint32_t exponent = half >> 10 & 31, fraction = half & 0x3ff;
  const std::int64_t magnitude =
      exponent == 0 ? fraction : std::int64_t{fraction | 0x400} << (exponent - 1);
  return (half & kOnes) != 0 ? -2 * magnitude : 2 * magnitude;
}
constexpr Exact kUnit = Exact{1} << 25;

struct Expected {
  std::uint32_t half;
  std::uint32_t flags;
};

// `compare(u)`: the sign of the exact magnitude less u units. The magnitude is not zero.
template <class Compare>
Expected rounded(Rounding rounding, bool negative, bool flush, Compare compare) {
  const std::uint32_t sign = negative ? kOnes : 0;
  const bool away = rounding == (negative ? Rounding::kDown : Rounding::kUp);
  const bool nearest = rounding == Rounding::kNearestEven || rounding == Rounding::kNearestAway;
  const bool tiny = compare(units(kSmallestNormal)) < 0;
  if (tiny && flush) return {sign, kFpUnderflow};
  std::uint32_t below = 0, above = kMagnitudes;  // as if infinity were 65536
  if (compare(units(above)) >= 0) {
    return {sign | (above - (nearest || away ? 0 : 1)), kFpOverflow | kFpInexact};
  }
  while (above - below > 1) {
    const std::uint32_t middle = (below + above) / 2;
    (compare(units(middle)) >= 0 ? below : above) = middle;
  }
  if (compare(units(below)) == 0) return {sign | below, 0};
  const int half = compare((units(below) + units(above)) / 2);
  const bool ties_up = rounding == Rounding::kNearestAway || (below & 1) != 0;
  const bool up = nearest ? half > 0 || (half == 0 && ties_up) : away;
  std::uint32_t flags = kFpInexact | (tiny ? kFpUnderflow : 0);
  if (up && above == kMagnitudes) flags |= kFpOverflow;
  return {sign | (up ? above : below), flags};
}

int sign_of(Exact value) { return value > 0 ? 1 : value < 0 ? -1 : 0; }

// Of a value in units of 2^-25 * 2^-scale.
Expected of_value(Exact value, int scale, Rounding rounding, bool flush, bool zero_is_negative) {
  if (value == 0) return {zero_is_negative ? kOnes : 0, 0};
  const Exact magnitude = value < 0 ? -value : value;
  return rounded(rounding, value < 0, flush,
                 [&](std::int64_t u) { return sign_of(magnitude - (Exact{u} << scale)); });
}

constexpr std::array kModes{Rounding::kNearestEven, Rounding::kUp, Rounding::kDown,
                            Rounding::kZero};

// Calls `check` with a rounding mode and FPSCR for each combination with flushing.
template <class Check>
void in_every_mode(Check check) {
  for (const Rounding rounding : kModes) {
    for (const std::uint32_t flush : {0U, kFpFlushHalf}) {
      check(rounding, static_cast<std::uint32_t>(rounding) << kFpRoundingShift | flush);
    }
  }
}

bool is_denormal(std::uint32_t half) { return (half & 0x7c00) == 0; }
std::uint16_t flushed(std::uint32_t half, std::uint32_t fpscr) {
  const bool flush = (fpscr & kFpFlushHalf) != 0 && is_denormal(half);
  return static_cast<std::uint16_t>(flush ? half & kOnes : half);
}

void expect(const Expected& expected, std::uint32_t ours, std::uint32_t before, std::uint32_t after,
            const char* what, std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0) {
  ASSERT_TRUE(ours == expected.half && after == (before | expected.flags))
      << what << std::hex << " of " << a << ", " << b << ", " << c << " with FPSCR " << before
      << ": " << ours << ", should be " << expected.half << "; FPSCR " << after
      << ", should be with " << expected.flags;
}

// Finite halves: any, near one another, or small.
std::uint16_t operand(Random& random) {
  std::uint32_t half = random() & 0xffff;
  if (random() % 2 == 0) half = (half & 0x83ff) | (12 + random() % 7) << 10;
  if (random() % 8 == 0) half &= 0x87ff;
  if (random() % 4 == 0) half &= 0xffe0;
  if ((half & 0x7c00) == 0x7c00) half ^= 0x4000;
  return static_cast<std::uint16_t>(half);
}

TEST(IsHalfPrecisionExact, InArithmetic) {
  using S = SoftFloat<Half>;
  Random random(default_seed(16));
  for (int i = 0; i < 100000; ++i) {
    const std::uint16_t a = operand(random), b = operand(random), c = operand(random);
    in_every_mode([&](Rounding rounding, std::uint32_t fpscr) {
      const bool flush = (fpscr & kFpFlushHalf) != 0, down = rounding == Rounding::kDown;
      const std::uint16_t fa = flushed(a, fpscr), fb = flushed(b, fpscr), fc = flushed(c, fpscr);
      const Exact x = units(fa), y = units(fb), z = units(fc);
      const bool negative = ((a ^ b) & kOnes) != 0;
      const auto zero_sum = [&](bool first, bool second) { return first == second ? first : down; };
      const bool a_minus = (a & kOnes) != 0, b_minus = (b & kOnes) != 0, c_minus = (c & kOnes) != 0;
      // A sum of zeros keeps their sign, one that cancels has the mode's.
      const bool both_zero = x == 0 && y == 0;
      std::uint32_t after = fpscr;
      std::uint32_t ours = S::add(after, a, b);
      expect(of_value(x + y, 0, rounding, flush, both_zero ? zero_sum(a_minus, b_minus) : down),
             ours, fpscr, after, "sum", a, b);
      after = fpscr;
      ours = S::subtract(after, a, b);
      expect(of_value(x - y, 0, rounding, flush, both_zero ? zero_sum(a_minus, !b_minus) : down),
             ours, fpscr, after, "difference", a, b);
      after = fpscr;
      ours = S::multiply(after, a, b);
      expect(of_value(x * y, 25, rounding, flush, negative), ours, fpscr, after, "product", a, b);
      after = fpscr;
      ours = S::multiply_add(after, c, a, b);
      const bool all_zero = z == 0 && x * y == 0;
      expect(of_value((z * kUnit) + x * y, 25, rounding, flush,
                      all_zero ? zero_sum(c_minus, negative) : down),
             ours, fpscr, after, "fused sum", c, a, b);
      if (y == 0) return;
      after = fpscr;
      ours = S::divide(after, a, b);
      const Exact over = x < 0 ? -x : x, under = y < 0 ? -y : y;
      const Expected quotient = x == 0 ? Expected{negative ? kOnes : 0, 0}
                                       : rounded(rounding, negative, flush, [&](std::int64_t u) {
                                           return sign_of(over * kUnit - u * under);
                                         });
      expect(quotient, ours, fpscr, after, "quotient", a, b);
    });
  }
}

TEST(IsHalfPrecisionExact, InEverySquareRoot) {
  for (std::uint32_t a = 1; a < kMagnitudes; ++a) {
    in_every_mode([&](Rounding rounding, std::uint32_t fpscr) {
      if (flushed(a, fpscr) == 0) return;
      const Exact square = Exact{units(a)} * kUnit;
      std::uint32_t after = fpscr;
      const std::uint32_t ours = SoftFloat<Half>::square_root(after, static_cast<std::uint16_t>(a));
      expect(rounded(rounding, false, false,
                     [&](std::int64_t u) { return sign_of(square - Exact{u} * u); }),
             ours, fpscr, after, "root", a);
    });
  }
}

// value / 2^25 as an integer, rounded.
Exact to_integer(Exact value, Rounding rounding) {
  const Exact floor = value >> 25, rest = value - (floor << 25);
  const Exact half = kUnit / 2;
  switch (rounding) {
    case Rounding::kNearestEven:
      return floor + (rest > half || (rest == half && (floor & 1) != 0) ? 1 : 0);
    case Rounding::kNearestAway:
      return floor + (rest > half || (rest == half && value > 0) ? 1 : 0);
    case Rounding::kUp:
      return floor + (rest != 0 ? 1 : 0);
    case Rounding::kDown:
      return floor;
    case Rounding::kZero:
      return floor + (rest != 0 && value < 0 ? 1 : 0);
  }
  return 0;
}

constexpr std::array kAllRoundings{Rounding::kNearestEven, Rounding::kUp, Rounding::kDown,
                                   Rounding::kZero, Rounding::kNearestAway};

TEST(IsHalfPrecisionExact, InEveryRoundingToAnInteger) {
  for (std::uint32_t a = 0; a < 0x10000; ++a) {
    if ((a & 0x7c00) == 0x7c00) continue;
    for (const Rounding rounding : kAllRoundings) {
      for (const std::uint32_t fpscr : {0U, kFpFlushHalf}) {
        const Exact value = units(flushed(a, fpscr)), integer = to_integer(value, rounding);
        const bool inexact = integer * kUnit != value;
        Expected expected = of_value(integer * kUnit, 0, Rounding::kZero, false, (a & kOnes) != 0);
        std::uint32_t after = fpscr;
        const auto half = static_cast<std::uint16_t>(a);
        std::uint32_t ours = SoftConvert<Half>::round_to_integer(after, half, rounding, false);
        expect(expected, ours, fpscr, after, "integer", a);
        expected.flags = inexact ? kFpInexact : 0;
        after = fpscr;
        ours = SoftConvert<Half>::round_to_integer(after, half, rounding, true);
        expect(expected, ours, fpscr, after, "exact integer", a);
      }
    }
  }
}

TEST(IsHalfPrecisionExact, InEveryConversionToFixedPoint) {
  for (std::uint32_t a = 0; a < 0x10000; ++a) {
    const bool infinite = (a & 0x7fff) == 0x7c00;
    if ((a & 0x7c00) == 0x7c00 && !infinite) continue;
    for (const int width : {16, 32}) {
      for (const int fraction_bits : {0, 1, 7, width - 1, width}) {
        for (const bool is_unsigned : {false, true}) {
          const Exact least = is_unsigned ? 0 : -(Exact{1} << (width - 1));
          const Exact most = (Exact{1} << (is_unsigned ? width : width - 1)) - 1;
          const Rounding rounding = kAllRoundings.at(a % kAllRoundings.size());
          const Exact value = Exact{units(a)} << (infinite ? 64 : fraction_bits);
          const Exact integer = to_integer(value, rounding);
          const bool saturated = integer < least || integer > most;
          std::uint32_t flags = integer * kUnit != value ? kFpInexact : 0;
          if (saturated) flags = kFpInvalid;
          const Exact expected = integer < least ? least : integer > most ? most : integer;
          std::uint32_t after = 0;
          const std::uint64_t ours = SoftConvert<Half>::to_fixed(
              after, static_cast<std::uint16_t>(a), width, fraction_bits, is_unsigned, rounding);
          ASSERT_EQ(ours, static_cast<std::uint64_t>(expected)) << std::hex << a;
          ASSERT_EQ(after, flags) << std::hex << a;
        }
      }
    }
  }
}

TEST(IsHalfPrecisionExact, InEveryConversionFromSixteenBits) {
  for (std::int32_t word = -0x8000; word < 0x10000; ++word) {
    for (const int fraction_bits : {0, 1, 9, 15, 16}) {
      in_every_mode([&](Rounding rounding, std::uint32_t fpscr) {
        std::uint32_t after = fpscr;
        const std::uint32_t ours = SoftConvert<Half>::from_fixed(
            after, static_cast<std::uint64_t>(std::int64_t{word}), fraction_bits, false, rounding);
        expect(of_value(Exact{word} * kUnit, fraction_bits, rounding, (fpscr & kFpFlushHalf) != 0,
                        false),
               ours, fpscr, after, "fixed point", static_cast<std::uint32_t>(word));
      });
    }
  }
}

// Conversions between formats never flush halves.
TEST(IsHalfPrecisionExact, InConversionsFromSingles) {
  Random random(default_seed(17));
  for (int i = 0; i < 200000; ++i) {
    std::uint32_t single = random();
    const std::uint32_t exponent = 127 - 28 + random() % 46;
    single = (single & 0x807fffff) | exponent << 23;
    if (random() % 2 == 0) single &= ~(0x1fffU >> random() % 14);
    const bool negative = single >> 31 != 0;
    // Units of 2^-25 * 2^-27; the last bit of a single is 2^(exponent - 150).
    const Exact magnitude = Exact{(single & 0x7fffff) | 0x800000} << (exponent - 98);
    in_every_mode([&](Rounding rounding, std::uint32_t fpscr) {
      std::uint32_t after = fpscr;
      const std::uint32_t ours = SoftConvert<Half>::from_single(after, single);
      expect(of_value(negative ? -magnitude : magnitude, 27, rounding, false, negative), ours,
             fpscr, after, "single", single);
    });
  }
}

}  // namespace
}  // namespace boardless::isa::arm
