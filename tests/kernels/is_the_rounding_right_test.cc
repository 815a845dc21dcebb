// Is the fixed-point arithmetic TFLite's, bit for bit, at the corners and against exact arithmetic?
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <utility>

#include "kernels/fixed_point.h"

namespace boardless::kernels {
namespace {

constexpr std::int32_t kMin = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kMax = std::numeric_limits<std::int32_t>::max();

TEST(HighMultiply, RoundsAHalfUpAndSaturatesOnce) {
  const std::int32_t half = 1 << 30;          // 0.5 as Q0.31
  EXPECT_EQ(bl_high_multiply(3, half), 2);    // 1.5
  EXPECT_EQ(bl_high_multiply(1, half), 1);    // 0.5
  EXPECT_EQ(bl_high_multiply(-1, half), 0);   // -0.5
  EXPECT_EQ(bl_high_multiply(-3, half), -1);  // -1.5
  EXPECT_EQ(bl_high_multiply(-3, half + 1), -2);
  EXPECT_EQ(bl_high_multiply(kMin, kMin), kMax);
  EXPECT_EQ(bl_high_multiply(kMin, kMax), -kMax);
  EXPECT_EQ(bl_high_multiply(kMax, kMax), kMax - 1);
  EXPECT_EQ(bl_high_multiply(kMin, 0), 0);
}

TEST(HighMultiply, EqualsTheShiftedProduct) {
  std::mt19937 random(1);
  std::uniform_int_distribution<std::int32_t> any(kMin, kMax);
  for (int i = 0; i < 20000; ++i) {
    // Narrow operands too, so that products near a half come up.
    const std::int32_t a = any(random) >> (i % 31);
    const std::int32_t b = any(random) >> (i / 31 % 31);
    if (a == kMin && b == kMin) continue;
    const std::int64_t product = static_cast<std::int64_t>(a) * b;
    ASSERT_EQ(bl_high_multiply(a, b), (product + (std::int64_t{1} << 30)) >> 31) << a << " " << b;
  }
}

TEST(RescaleWide, RoundsTheProductWithTheCutMultiplierOnce) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 20000; ++i) {
    const auto value = static_cast<std::int64_t>(random()) >> (17 + i % 46);
    const auto multiplier = static_cast<std::int32_t>((random() >> 34) | (1U << 30));
    const int shift = static_cast<int>(random() % 39) - 31;
    const double cut = std::min(std::floor((multiplier + 32768.0) / 65536), 32767.0);
    const double exact = std::floor(std::ldexp(static_cast<double>(value) * cut, shift - 15) + 0.5);
    if (std::abs(exact) > kMax || std::abs(static_cast<double>(value) * cut) > 0x1p52) continue;
    ASSERT_EQ(bl_rescale_wide(value, multiplier, shift), exact) << value << " " << multiplier;
  }
}

TEST(RoundingShiftRight, RoundsHalfAwayFromZero) {
  EXPECT_EQ(bl_rounding_shift_right(5, 1), 3);
  EXPECT_EQ(bl_rounding_shift_right(-5, 1), -3);
  EXPECT_EQ(bl_rounding_shift_right(6, 2), 2);
  EXPECT_EQ(bl_rounding_shift_right(-6, 2), -2);
  EXPECT_EQ(bl_rounding_shift_right(5, 2), 1);
  EXPECT_EQ(bl_rounding_shift_right(-5, 2), -1);
  EXPECT_EQ(bl_rounding_shift_right(-7, 0), -7);
  EXPECT_EQ(bl_rounding_shift_right(kMax, 31), 1);
  EXPECT_EQ(bl_rounding_shift_right(kMin, 31), -1);
  EXPECT_EQ(bl_rounding_shift_right((1 << 30) - 1, 31), 0);
  EXPECT_EQ(bl_rounding_shift_right(1 - (1 << 30), 31), 0);
  EXPECT_EQ(bl_rounding_shift_right(-(1 << 30), 31), -1);
}

TEST(RoundingShiftRight, EqualsRoundingInFloatingPoint) {
  std::mt19937 random(2);
  std::uniform_int_distribution<std::int32_t> any(kMin, kMax);
  for (int i = 0; i < 20000; ++i) {
    const std::int32_t value = any(random) >> (i / 32 % 31);
    const int bits = i % 32;
    ASSERT_EQ(bl_rounding_shift_right(value, bits), std::llround(std::ldexp(value, -bits)))
        << value << " " << bits;
  }
}

TEST(Rescale, RoundsTwice) {
  const std::int32_t half = 1 << 30;
  // 0.5 * 2^-1: 1 -> 0.5 -> 1 -> 0.5 -> 1. Rounded once it would be 0.25 -> 0.
  EXPECT_EQ(bl_rescale(1, half, -1), 1);
  EXPECT_EQ(bl_rescale(-1, half, -1), 0);
  EXPECT_EQ(bl_rescale(-2, half, -1), -1);
  EXPECT_EQ(bl_rescale(-3, half, -1), -1);  // -1.5 -> -1, then -0.5 -> -1
  EXPECT_EQ(bl_rescale(-5, half, -1), -1);  // -2.5 -> -2, then -1
  EXPECT_EQ(bl_rescale(-6, half, -1), -2);  // -3, then -1.5 -> -2
}

TEST(Rescale, PositiveShiftComesFirst) {
  const std::int32_t half = 1 << 30;
  EXPECT_EQ(bl_rescale(7, half, 1), 7);
  EXPECT_EQ(bl_rescale(-7, half, 3), -28);
  EXPECT_EQ(bl_rescale(kMin, kMin, 0), kMax);
  EXPECT_EQ(bl_rescale(100, 0, 5), 0);
  EXPECT_EQ(bl_rescale(kMax, kMax, -31), 1);
}

TEST(SaturatingShiftLeft, SaturatesAtBothEnds) {
  EXPECT_EQ(bl_saturating_shift_left(kMax, 1), kMax);
  EXPECT_EQ(bl_saturating_shift_left(kMin, 1), kMin);
  EXPECT_EQ(bl_saturating_shift_left(1 << 30, 1), kMax);
  EXPECT_EQ(bl_saturating_shift_left(-(1 << 30), 1), kMin);
  EXPECT_EQ(bl_saturating_shift_left((1 << 29) - 1, 2), ((1 << 29) - 1) * 4);
  EXPECT_EQ(bl_saturating_shift_left(-5, 4), -80);
}

TEST(Exponential, IsWithinItsPrecision) {
  EXPECT_EQ(bl_exp_on_negative(0), kMax);
  for (std::int64_t x = -1; x > kMin; x -= 123457) {
    const double exact = std::exp(std::ldexp(static_cast<double>(x), -26));
    const double got = std::ldexp(bl_exp_on_negative(static_cast<std::int32_t>(x)), -31);
    // The polynomial's remainder is (1/8)^5 / 5!; each multiplication rounds by half a unit.
    ASSERT_NEAR(got, exact, 3e-7 * exact + 4e-9) << x;
  }
  EXPECT_EQ(bl_exp_on_negative(kMin), 0);
}

TEST(Reciprocal, IsWithinItsPrecision) {
  for (std::int64_t sum = 1; sum <= kMax; sum += 1 + sum / 50) {
    std::int32_t bits = 0;
    const std::int32_t raw = bl_reciprocal(static_cast<std::int32_t>(sum), 12, &bits);
    const double got = std::ldexp(raw, -31 - bits);
    const double exact = 1 / std::ldexp(static_cast<double>(sum), -19);
    ASSERT_NEAR(got / exact, 1.0, 6e-9) << sum;
  }
}

// The expected values come from the same formulas evaluated with arbitrary-precision integers,
// which reproduces the softmax outputs stored with real TFLite models.
TEST(Exponential, EqualsTfliteBitForBit) {
  const std::pair<std::int32_t, std::int32_t> cases[] = {
      {-1, 2147483124},       {-12345678, 1786631188}, {-16777216, 1672462419},
      {-67108864, 790015308}, {-123456789, 341177383}, {-500000000, 1247912},
      {-1000000007, 725},     {-1073741824, 242}};
  for (const auto& [x, expected] : cases) EXPECT_EQ(bl_exp_on_negative(x), expected) << x;
}

TEST(Reciprocal, EqualsTfliteBitForBit) {
  const std::pair<std::int32_t, std::int32_t> cases[] = {
      {0, 2147483647},          {12345, 2147471304},      {268435456, 1908874352},
      {1073741824, 1431655762}, {1630434966, 1220694910}, {403123852, 1808073570},
      {9045414, 2138476174},    {577090037, 1692626650},  {271041745, 1906817280},
      {1095513148, 1422044578}, {2127877499, 1078665836}, {2147483647, 1073741820}};
  for (const auto& [x, expected] : cases) EXPECT_EQ(bl_one_over_one_plus(x), expected) << x;
}

}  // namespace
}  // namespace boardless::kernels
