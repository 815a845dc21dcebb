// Do multipliers, rescaling and activation ranges round as TFLite's do?
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "workloads/operators/quantization.h"

namespace boardless::workloads {
namespace {

constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
constexpr std::int32_t kLeast = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kHalf = 1 << 30;

TEST(QuantizeMultiplier, HalvesAndPowersOfTwo) {
  EXPECT_EQ(quantize_multiplier(0.5), (FixedMultiplier{kHalf, 0}));
  EXPECT_EQ(quantize_multiplier(1.0), (FixedMultiplier{kHalf, 1}));
  EXPECT_EQ(quantize_multiplier(0.25), (FixedMultiplier{kHalf, -1}));
  EXPECT_EQ(quantize_multiplier(0.75), (FixedMultiplier{3 << 29, 0}));
  EXPECT_EQ(quantize_multiplier(6.0), (FixedMultiplier{3 << 29, 3}));
}

TEST(QuantizeMultiplier, RoundsToTheNearestBit) {
  EXPECT_EQ(quantize_multiplier(1.0 / 3.0), (FixedMultiplier{1431655765, -1}));  // .333 down
  EXPECT_EQ(quantize_multiplier(2.0 / 3.0), (FixedMultiplier{1431655765, 0}));
  EXPECT_EQ(quantize_multiplier(0.5 + std::ldexp(1.0, -32)), (FixedMultiplier{kHalf + 1, 0}));
}

TEST(QuantizeMultiplier, CarriesIntoTheExponent) {
  EXPECT_EQ(quantize_multiplier(1.0 - std::ldexp(1.0, -40)), (FixedMultiplier{kHalf, 1}));
}

TEST(QuantizeMultiplier, BecomesZeroWhereTheShiftWouldExceed31) {
  EXPECT_EQ(quantize_multiplier(0.0), (FixedMultiplier{0, 0}));
  EXPECT_EQ(quantize_multiplier(std::ldexp(0.5, -31)), (FixedMultiplier{kHalf, -31}));
  EXPECT_EQ(quantize_multiplier(std::ldexp(0.5, -32)), (FixedMultiplier{0, 0}));
}

TEST(QuantizeMultiplier, MirrorsNumbersBelowZero) {
  EXPECT_EQ(quantize_multiplier(-0.75), (FixedMultiplier{-(3 << 29), 0}));
  EXPECT_EQ(quantize_multiplier(std::ldexp(-0.5, -32)), (FixedMultiplier{0, 0}));
}

TEST(RescaleWide, CutsTheMultiplierTo16BitsAndRoundsOnce) {
  EXPECT_EQ(rescale_wide(2, {kHalf, -1}), 1);   // 0.5
  EXPECT_EQ(rescale_wide(-2, {kHalf, -1}), 0);  // -0.5: up
  EXPECT_EQ(rescale_wide(3'000'000'000, {kHalf, 0}), 1'500'000'000);
  // 0x55555555 becomes 0x5555, 0x7FFF8000 the largest there is.
  EXPECT_EQ(rescale_wide(std::int64_t{1} << 30, {0x55555555, 0}), 0x5555 << 15);
  EXPECT_EQ(rescale_wide(std::int64_t{1} << 30, {0x7FFF8000, 0}), 0x7FFF << 15);
}

TEST(DivideByCount, KeepsTheBitsOfTheCountAndTruncates) {
  EXPECT_EQ(divide_by_count({kHalf, 1}, 1), (FixedMultiplier{kHalf, 1}));
  EXPECT_EQ(divide_by_count({kHalf, 1}, 4), (FixedMultiplier{kHalf, -1}));
  EXPECT_EQ(divide_by_count({kHalf, 1}, 3), (FixedMultiplier{715827882, 0}));  // 2^31 / 3 = .67
  // The right shift stops at 31; the multiplier loses bits instead.
  EXPECT_EQ(divide_by_count({kHalf, -30}, 8), (FixedMultiplier{kHalf / 4, -31}));
}

TEST(HighMultiply, RoundsHalfUpAndSaturatesOnce) {
  EXPECT_EQ(high_multiply(3, kHalf), 2);    // 1.5
  EXPECT_EQ(high_multiply(-3, kHalf), -1);  // -1.5
  EXPECT_EQ(high_multiply(1, kHalf - 1), 0);
  EXPECT_EQ(high_multiply(kMost, kMost), kMost - 1);
  EXPECT_EQ(high_multiply(kLeast, kMost), -kMost);
  EXPECT_EQ(high_multiply(kLeast, kLeast), kMost);
}

TEST(RoundingShiftRight, RoundsHalfAwayFromZero) {
  EXPECT_EQ(rounding_shift_right(5, 0), 5);
  EXPECT_EQ(rounding_shift_right(3, 1), 2);
  EXPECT_EQ(rounding_shift_right(-3, 1), -2);
  EXPECT_EQ(rounding_shift_right(5, 2), 1);
  EXPECT_EQ(rounding_shift_right(-5, 2), -1);
  EXPECT_EQ(rounding_shift_right(kMost, 31), 1);
  EXPECT_EQ(rounding_shift_right(kLeast, 31), -1);
  EXPECT_EQ(rounding_shift_right(kMost, 32), 0);
  EXPECT_EQ(rounding_shift_right(kLeast, 40), 0);
}

TEST(SaturatingShiftLeft, StopsAtTheLimits) {
  EXPECT_EQ(saturating_shift_left(-3, 4), -48);
  EXPECT_EQ(saturating_shift_left(1 << 20, 11), kMost);
  EXPECT_EQ(saturating_shift_left(-(1 << 20), 11), kLeast);
  EXPECT_EQ(saturating_shift_left(-(1 << 20) - 1, 11), kLeast);
}

TEST(Rescale, OnceAndTwiceDifferOnHalves) {
  const FixedMultiplier quarter{kHalf, -1};
  EXPECT_EQ(rescale_rounding_twice(2, quarter), 1);  // 0.5
  EXPECT_EQ(rescale_rounding_once(2, quarter), 1);
  EXPECT_EQ(rescale_rounding_twice(-2, quarter), -1);  // -0.5: away from zero
  EXPECT_EQ(rescale_rounding_once(-2, quarter), 0);    // -0.5: up
  // 1 * 0.375 is rounded to 0 at once, and by way of 0.75 -> 1 -> 0.5 -> 1 in two steps.
  const FixedMultiplier three_eighths{3 << 29, -1};
  EXPECT_EQ(rescale_rounding_once(1, three_eighths), 0);
  EXPECT_EQ(rescale_rounding_twice(1, three_eighths), 1);
}

TEST(Rescale, ShiftsLeftBeforeTheMultiplication) {
  const FixedMultiplier three{3 << 29, 2};
  EXPECT_EQ(rescale_rounding_twice(-7, three), -21);
  EXPECT_EQ(rescale_rounding_once(-7, three), -21);
}

TEST(ActivationRange, FollowsScaleAndZeroPoint) {
  EXPECT_EQ(activation_range(Activation::kNone, DataType::kInt8, 0.1F, 5), (ValueRange{-128, 127}));
  EXPECT_EQ(activation_range(Activation::kNone, DataType::kUInt8, 0.1F, 5), (ValueRange{0, 255}));
  EXPECT_EQ(activation_range(Activation::kRelu, DataType::kInt8, 0.1F, 5), (ValueRange{5, 127}));
  EXPECT_EQ(activation_range(Activation::kRelu6, DataType::kInt8, 0.1F, -10),
            (ValueRange{-10, 50}));
  EXPECT_EQ(activation_range(Activation::kReluN1To1, DataType::kUInt8, 0.02F, 100),
            (ValueRange{50, 150}));
  // 6 / 0.01 steps are more than the type has.
  EXPECT_EQ(activation_range(Activation::kRelu6, DataType::kInt8, 0.01F, -128),
            (ValueRange{-128, 127}));
  EXPECT_EQ(activation_range(Activation::kRelu6, DataType::kInt8, 1e-38F, 0), (ValueRange{0, 127}));
}

TEST(ActivationRange, ExistsForClampsOnly) {
  EXPECT_TRUE(is_clamp(Activation::kRelu6));
  EXPECT_FALSE(is_clamp(Activation::kTanh));
  EXPECT_FALSE(is_clamp(Activation::kSignBit));
}

}  // namespace
}  // namespace boardless::workloads
