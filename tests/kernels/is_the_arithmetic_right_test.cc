// Are the element-wise operators right: ADD and MUL with broadcasting, QUANTIZE in all directions?
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

#include "tests/kernels/call_kernel.h"

namespace boardless::kernels {
namespace {

constexpr std::int32_t kHalf = 1 << 30;

bl_broadcast same_shape(std::int32_t count) {
  return {.extent = {1, 1, 1, count}, .stride1 = {}, .stride2 = {}, .same_shape = 1};
}

// Both inputs and the output of scale 1; the left shift is TFLite's for int8.
bl_add_params plain_add(const bl_broadcast& broadcast) {
  return {.broadcast = broadcast,
          .left_shift = 20,
          .input1_offset = 0,
          .input1_multiplier = kHalf,
          .input1_shift = 0,
          .input2_offset = 0,
          .input2_multiplier = kHalf,
          .input2_shift = 0,
          .output_offset = 0,
          .output_multiplier = kHalf,
          .output_shift = -18,
          .activation_min = -128,
          .activation_max = 127};
}

bl_mul_params plain_mul(const bl_broadcast& broadcast) {
  return {.broadcast = broadcast,
          .input1_offset = 0,
          .input2_offset = 0,
          .output_offset = 0,
          .output_multiplier = kUnitMultiplier,
          .output_shift = kUnitShift,
          .activation_min = -128,
          .activation_max = 127};
}

template <class Params>
Int8s combined(Kernel* kernel, const Params& p, const Int8s& input1, const Int8s& input2) {
  const std::int32_t* n = p.broadcast.extent;
  Int8s output(static_cast<std::size_t>(n[0] * n[1] * n[2] * n[3]), 99);
  EXPECT_EQ(call(kernel, p, {operand(input1), operand(input2), operand(output)}), 0);
  return output;
}

TEST(Add, SaturatesAtTheClamp) {
  const Int8s a = {1, -1, 127, -128, 100, -100, 0};
  const Int8s b = {2, -5, 127, -128, -100, 28, 0};
  bl_add_params p = plain_add(same_shape(7));
  EXPECT_EQ(combined(reference_add_s8, p, a, b), (Int8s{3, -6, 127, -128, 0, -72, 0}));
  p.activation_min = 0;
  p.activation_max = 6;
  EXPECT_EQ(combined(reference_add_s8, p, a, b), (Int8s{3, 0, 6, 0, 0, 0, 0}));
}

TEST(Add, AppliesOffsetsAndScales) {
  bl_add_params p = plain_add(same_shape(4));
  p.input1_offset = 128;
  p.input2_offset = -10;
  p.input2_shift = -1;  // half of input 2
  p.output_offset = -100;
  const Int8s a = {-128, -28, 0, -100};
  const Int8s b = {10, 10, 30, 15};  // the last: 28 + 2.5 = 30.5 -> 31
  EXPECT_EQ(combined(reference_add_s8, p, a, b), (Int8s{-100, 0, 38, -69}));
}

TEST(Add, RoundsANegativeHalfAwayFromZero) {
  bl_add_params p = plain_add(same_shape(4));
  p.input1_shift = p.input2_shift = -1;
  EXPECT_EQ(combined(reference_add_s8, p, {-1, 1, -3, 3}, {0, 0, 0, 0}), (Int8s{-1, 1, -2, 2}));
}

TEST(Mul, AppliesOffsetsAndSaturates) {
  bl_mul_params p = plain_mul(same_shape(5));
  EXPECT_EQ(combined(reference_mul_s8, p, {2, -3, 127, -128, 5}, {3, 7, 127, 127, 0}),
            (Int8s{6, -21, 127, -128, 0}));
  p.input1_offset = 3;
  p.input2_offset = -1;
  p.output_offset = 7;
  EXPECT_EQ(combined(reference_mul_s8, p, {2, -3, 0, 1, -4}, {3, 100, 0, 2, 11}),
            (Int8s{17, 7, 4, 11, -3}));
  p = plain_mul(same_shape(4));
  p.output_shift = 0;  // a half, rounded up
  EXPECT_EQ(combined(reference_mul_s8, p, {3, -3, 1, -1}, {1, 1, 1, 1}), (Int8s{2, -1, 1, 0}));
  p.output_shift = -1;  // a half rounded up, then a half rounded away from zero
  EXPECT_EQ(combined(reference_mul_s8, p, {3, -3, 1, -1}, {1, 1, 1, 1}), (Int8s{1, -1, 1, 0}));
}

// Shapes of two inputs, 1 where an input is broadcast.
struct Shapes {
  std::array<std::int32_t, 4> first, second;
};

class Broadcast : public testing::TestWithParam<Shapes> {
 protected:
  static std::int32_t count(const std::array<std::int32_t, 4>& n) {
    return n[0] * n[1] * n[2] * n[3];
  }
  bl_broadcast space() const {
    bl_broadcast space{};
    std::int32_t dense1 = 1;
    std::int32_t dense2 = 1;
    for (std::size_t i = 4; i-- > 0;) {
      const std::int32_t n1 = GetParam().first[i];
      const std::int32_t n2 = GetParam().second[i];
      space.extent[i] = std::max(n1, n2);
      space.stride1[i] = n1 == 1 ? 0 : dense1;
      space.stride2[i] = n2 == 1 ? 0 : dense2;
      dense1 *= n1;
      dense2 *= n2;
    }
    return space;
  }
  // The input repeated to the output's shape, from the innermost dimension outwards.
  Int8s repeated(const std::array<std::int32_t, 4>& shape, const Int8s& input) const {
    const bl_broadcast to = space();
    Int8s result = input;
    std::size_t inner = 1;
    for (std::size_t i = 4; i-- > 0;) {
      if (shape[i] == 1) {
        Int8s wider;
        for (std::size_t at = 0; at < result.size(); at += inner) {
          for (int k = 0; k < to.extent[i]; ++k) {
            wider.insert(wider.end(), result.begin() + static_cast<std::ptrdiff_t>(at),
                         result.begin() + static_cast<std::ptrdiff_t>(at + inner));
          }
        }
        result = wider;
      }
      inner *= static_cast<std::size_t>(to.extent[i]);
    }
    return result;
  }
};
INSTANTIATE_TEST_SUITE_P(
    Shapes, Broadcast,
    testing::Values(Shapes{{2, 3, 4, 5}, {1, 1, 1, 1}}, Shapes{{1, 1, 1, 1}, {2, 3, 4, 5}},
                    Shapes{{2, 3, 4, 5}, {1, 1, 1, 5}}, Shapes{{2, 1, 4, 1}, {1, 3, 1, 5}},
                    Shapes{{2, 3, 1, 1}, {2, 3, 4, 5}}, Shapes{{2, 3, 4, 5}, {2, 3, 4, 5}}));

TEST_P(Broadcast, EqualsRepeatingTheInputs) {
  std::mt19937 random(3);
  const Int8s a = random_int8s(static_cast<std::size_t>(count(GetParam().first)), random);
  const Int8s b = random_int8s(static_cast<std::size_t>(count(GetParam().second)), random);
  const Int8s wide_a = repeated(GetParam().first, a);
  const Int8s wide_b = repeated(GetParam().second, b);
  Int8s sum;
  Int8s product;
  for (std::size_t i = 0; i < wide_a.size(); ++i) {
    sum.push_back(static_cast<std::int8_t>(std::clamp(wide_a[i] + wide_b[i], -128, 127)));
    product.push_back(static_cast<std::int8_t>(std::clamp(wide_a[i] * wide_b[i], -128, 127)));
  }
  EXPECT_EQ(combined(reference_add_s8, plain_add(space()), a, b), sum);
  EXPECT_EQ(combined(reference_mul_s8, plain_mul(space()), a, b), product);
}

Int8s requantized(const bl_requantize_params& p, const Int8s& input) {
  Int8s output(input.size());
  EXPECT_EQ(call(reference_requantize_s8_s8, p, {operand(input), operand(output)}), 0);
  return output;
}

TEST(Requantize, RoundsSaturatesAndClamps) {
  bl_requantize_params p = {.count = 6,
                            .input_offset = 0,
                            .output_offset = 0,
                            .output_multiplier = kHalf,
                            .output_shift = -1,
                            .activation_min = -128,
                            .activation_max = 127};
  // A quarter, rounded twice: -6 -> -3 -> -2; -5 -> -2 -> -1; 6 -> 3 -> 2; 5 -> 3 -> 2.
  EXPECT_EQ(requantized(p, {-6, -5, 6, 5, -128, 127}), (Int8s{-2, -1, 2, 2, -32, 32}));
  p.output_shift = 3;  // times four
  EXPECT_EQ(requantized(p, {-6, -5, 31, 32, -32, -33}), (Int8s{-24, -20, 124, 127, -128, -128}));
  p.output_shift = 1;
  p.input_offset = 128;
  p.output_offset = -128;
  EXPECT_EQ(requantized(p, {-128, -1, 0, 1, 50, 127}), (Int8s{-128, -1, 0, 1, 50, 127}));
  p.activation_min = -128 + 6;
  p.activation_max = 40;
  EXPECT_EQ(requantized(p, {-128, -122, -121, 1, 50, 127}), (Int8s{-122, -122, -121, 1, 40, 40}));
}

TEST(Quantize, RoundsHalfAwayFromZeroAndSaturates) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const std::vector<float> input = {0.0F,  0.25F,     -0.25F,     0.24F,  -0.74F,
                                    1e30F, kInfinity, -kInfinity, -1e30F, NAN};
  bl_quantize_params p = {.count = 10, .scale = 0.5F, .zero_point = 0};
  Int8s output(10);
  call(reference_quantize_f32_s8, p, {operand(input), operand(output)});
  EXPECT_EQ(output, (Int8s{0, 1, -1, 0, -1, 127, 127, -128, -128, -128}));
  p.zero_point = -128;
  call(reference_quantize_f32_s8, p, {operand(input), operand(output)});
  EXPECT_EQ(output, (Int8s{-128, -127, -128, -128, -128, 127, 127, -128, -128, -128}));
  p.zero_point = 127;
  call(reference_quantize_f32_s8, p, {operand(input), operand(output)});
  EXPECT_EQ(output, (Int8s{127, 127, 126, 127, 126, 127, 127, -128, -128, -128}));
}

TEST(Dequantize, IsScaleTimesDistanceToTheZeroPoint) {
  const bl_dequantize_params p = {.count = 4, .scale = 0.1F, .zero_point = -3};
  const Int8s input = {-128, -3, 0, 127};
  std::vector<float> output(4);
  call(reference_dequantize_s8_f32, p, {operand(input), operand(output)});
  EXPECT_EQ(output, (std::vector<float>{-125 * 0.1F, 0.0F, 3 * 0.1F, 130 * 0.1F}));
}

TEST(QuantizeAndDequantize, AreInverse) {
  const bl_dequantize_params back = {.count = 256, .scale = 0.0173F, .zero_point = 41};
  const bl_quantize_params there = {.count = 256, .scale = 0.0173F, .zero_point = 41};
  Int8s input;
  for (int i = -128; i < 128; ++i) input.push_back(static_cast<std::int8_t>(i));
  std::vector<float> real(256);
  Int8s output(256);
  call(reference_dequantize_s8_f32, back, {operand(input), operand(real)});
  call(reference_quantize_f32_s8, there, {operand(real), operand(output)});
  EXPECT_EQ(output, input);
}

}  // namespace
}  // namespace boardless::kernels
