// Are CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED right: small cases by hand, then random ones
// against a convolution that scatters each input value to the outputs it belongs to.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/kernels/call_kernel.h"

namespace boardless::kernels {
namespace {

// A convolution with unit scales: rescaling is tested on its own.
struct Convolution {
  bl_depthwise_conv_2d_params params{};
  Int8s input, filter;
  Int32s bias, multiplier, shift;

  bl_conv_2d_params& conv() { return params.conv; }
  std::size_t output_size() const {
    const bl_conv_2d_params& p = params.conv;
    return static_cast<std::size_t>(p.batches * p.output_h * p.output_w * p.output_c);
  }
  void unit_scales() {
    multiplier.assign(static_cast<std::size_t>(params.conv.output_c), kUnitMultiplier);
    shift.assign(static_cast<std::size_t>(params.conv.output_c), kUnitShift);
  }
  Int8s run(bool depthwise) const {
    Int8s output(output_size(), 99);
    void* bias_operand = bias.empty() ? nullptr : operand(bias);
    const auto operands = {operand(input),      operand(filter), bias_operand,
                           operand(multiplier), operand(shift),  operand(output)};
    const std::int32_t status = depthwise ? call(reference_depthwise_conv_2d_s8, params, operands)
                                          : call(reference_conv_2d_s8, params.conv, operands);
    EXPECT_EQ(status, 0);
    return output;
  }
};

// One channel, 3x3 input 1..9, filter of ones, everything else neutral.
Convolution three_by_three() {
  Convolution c;
  c.conv() = {.batches = 1,
              .input_h = 3,
              .input_w = 3,
              .input_c = 1,
              .output_h = 3,
              .output_w = 3,
              .output_c = 1,
              .filter_h = 3,
              .filter_w = 3,
              .stride_h = 1,
              .stride_w = 1,
              .dilation_h = 1,
              .dilation_w = 1,
              .pad_top = 1,
              .pad_left = 1,
              .input_offset = 0,
              .filter_offset = 0,
              .output_offset = 0,
              .activation_min = -128,
              .activation_max = 127};
  c.params.depth_multiplier = 1;
  c.input = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  c.filter.assign(9, 1);
  c.unit_scales();
  return c;
}

class ByHand : public testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Kernels, ByHand, testing::Bool(), [](const auto& instance) {
  return instance.param ? "Depthwise" : "Conv";
});

TEST_P(ByHand, SamePaddingLeavesOutTapsOutside) {
  EXPECT_EQ(three_by_three().run(GetParam()), (Int8s{12, 21, 16, 27, 45, 33, 24, 39, 28}));
}

TEST_P(ByHand, PaddingIsTheZeroPointNotTheValueZero) {
  Convolution c = three_by_three();
  c.conv().input_offset = 1;  // each of the 4, 6 or 9 taps inside counts one more
  EXPECT_EQ(c.run(GetParam()), (Int8s{16, 27, 20, 33, 54, 39, 28, 45, 32}));
}

TEST_P(ByHand, ValidPaddingWithStride) {
  Convolution c = three_by_three();
  c.conv().pad_top = c.conv().pad_left = 0;
  c.conv().output_h = c.conv().output_w = 2;
  c.conv().filter_h = c.conv().filter_w = 1;
  c.conv().stride_h = c.conv().stride_w = 2;
  c.filter = {-2};
  EXPECT_EQ(c.run(GetParam()), (Int8s{-2, -6, -14, -18}));
}

TEST_P(ByHand, DilationSpreadsTheTaps) {
  Convolution c = three_by_three();
  c.conv().filter_h = c.conv().filter_w = 2;
  c.conv().dilation_h = c.conv().dilation_w = 2;
  c.conv().pad_top = c.conv().pad_left = 0;
  c.conv().output_h = c.conv().output_w = 1;
  c.filter = {1, 10, 3, -4};  // taps on 1, 3, 7, 9
  EXPECT_EQ(c.run(GetParam()), (Int8s{1 + 30 + 21 - 36}));
}

TEST_P(ByHand, BiasOffsetAndClamp) {
  Convolution c = three_by_three();
  c.bias = {-30};
  c.conv().output_offset = 5;
  c.conv().activation_min = -6;
  c.conv().activation_max = 10;
  EXPECT_EQ(c.run(GetParam()), (Int8s{-6, -4, -6, 2, 10, 8, -1, 10, 3}));
}

TEST_P(ByHand, ExtremeValuesSaturateTheOutputOnly) {
  Convolution c = three_by_three();
  c.input.assign(9, -128);
  c.filter.assign(9, -127);
  c.conv().input_offset = -127;  // value -255 at each tap: 9 * 32385 in the middle
  EXPECT_EQ(c.run(GetParam()), Int8s(9, 127));
  c.filter.assign(9, 127);
  EXPECT_EQ(c.run(GetParam()), Int8s(9, -128));
  c.multiplier = {1 << 30};
  c.shift = {-13};  // / 2^14: corners -129540 -> -7.9, edges -194310 -> -11.9, middle -17.8
  EXPECT_EQ(c.run(GetParam()), (Int8s{-8, -12, -8, -12, -18, -12, -8, -12, -8}));
}

// Adds each input value to every output it contributes to.
Int8s scattered(const Convolution& c, bool depthwise) {
  const bl_conv_2d_params& p = c.params.conv;
  Int32s sums(c.output_size());
  const auto output_at = [&](int b, int y, int x, int channel) {
    return static_cast<std::size_t>(((b * p.output_h + y) * p.output_w + x) * p.output_c + channel);
  };
  const auto scatter = [&](int b, int y, int x, int in_c, int value) {
    for (int ty = 0; ty < p.filter_h; ++ty) {
      for (int tx = 0; tx < p.filter_w; ++tx) {
        const int oy = y + p.pad_top - ty * p.dilation_h;
        const int ox = x + p.pad_left - tx * p.dilation_w;
        if (oy < 0 || ox < 0 || oy % p.stride_h != 0 || ox % p.stride_w != 0) continue;
        if (oy / p.stride_h >= p.output_h || ox / p.stride_w >= p.output_w) continue;
        for (int oc = 0; oc < p.output_c; ++oc) {
          if (depthwise && oc / c.params.depth_multiplier != in_c) continue;
          const int tap = ty * p.filter_w + tx;
          const int weight_at = depthwise ? tap * p.output_c + oc
                                          : (oc * p.filter_h * p.filter_w + tap) * p.input_c + in_c;
          sums[output_at(b, oy / p.stride_h, ox / p.stride_w, oc)] +=
              value * c.filter[static_cast<std::size_t>(weight_at)];
        }
      }
    }
  };
  std::size_t at = 0;
  for (int b = 0; b < p.batches; ++b) {
    for (int y = 0; y < p.input_h; ++y) {
      for (int x = 0; x < p.input_w; ++x) {
        for (int in_c = 0; in_c < p.input_c; ++in_c) {
          scatter(b, y, x, in_c, c.input[at++] + p.input_offset);
        }
      }
    }
  }
  Int8s result;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::size_t oc = i % static_cast<std::size_t>(p.output_c);
    const std::int32_t sum = sums[i] + (c.bias.empty() ? 0 : c.bias[oc]);
    // multiplier 2^30 and shift -s: a half, rounded up, then 2^-s, rounded half away from zero.
    const std::int32_t halved = (sum + 1) >> 1;
    const double scaled = std::round(std::ldexp(halved, c.shift[oc])) + p.output_offset;
    result.push_back(static_cast<std::int8_t>(std::clamp(
        scaled, static_cast<double>(p.activation_min), static_cast<double>(p.activation_max))));
  }
  return result;
}

TEST(Random, ConvolutionsEqualTheScatteredOnes) {
  std::mt19937 random(7);
  const auto pick = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  for (int round = 0; round < 200; ++round) {
    const bool depthwise = round % 2 == 1;
    Convolution c;
    bl_conv_2d_params& p = c.conv();
    p = {.batches = pick(1, 2),
         .input_h = pick(1, 9),
         .input_w = pick(1, 9),
         .input_c = pick(1, 6),
         .output_h = 0,
         .output_w = 0,
         .output_c = pick(1, 6),
         .filter_h = pick(1, 4),
         .filter_w = pick(1, 4),
         .stride_h = pick(1, 3),
         .stride_w = pick(1, 3),
         .dilation_h = pick(1, 2),
         .dilation_w = pick(1, 2),
         .pad_top = pick(0, 2),
         .pad_left = pick(0, 2),
         .input_offset = pick(-127, 128),
         .filter_offset = 0,
         .output_offset = pick(-128, 127),
         .activation_min = pick(-128, -1),
         .activation_max = pick(0, 127)};
    c.params.depth_multiplier = pick(1, 3);
    if (depthwise) p.output_c = p.input_c * c.params.depth_multiplier;
    // Any output size is legal: taps outside the input do not count.
    p.output_h = pick(1, 7);
    p.output_w = pick(1, 7);
    const int filter_c = depthwise ? 1 : p.input_c;
    c.input = random_int8s(static_cast<std::size_t>(p.batches * p.input_h * p.input_w * p.input_c),
                           random);
    c.filter = random_int8s(
        static_cast<std::size_t>(p.output_c * p.filter_h * p.filter_w * filter_c), random);
    c.unit_scales();
    for (std::int32_t& shift : c.shift) shift = -pick(0, 14);
    if (pick(0, 3) != 0) {
      for (int i = 0; i < p.output_c; ++i) c.bias.push_back(pick(-100000, 100000));
    }
    ASSERT_EQ(c.run(depthwise), scattered(c, depthwise)) << "round " << round;
  }
}

TEST(FullyConnected, PerTensorAndPerChannelScales) {
  bl_fully_connected_params p = {.batches = 2,
                                 .input_depth = 3,
                                 .output_depth = 2,
                                 .input_offset = 1,
                                 .filter_offset = 0,
                                 .output_offset = -3,
                                 .per_channel = 0,
                                 .activation_min = -128,
                                 .activation_max = 127};
  const Int8s input = {1, -1, 9, 0, 2, -128};
  const Int8s filter = {1, 2, 3, -4, 5, 1};
  const Int32s bias = {10, -20};
  const Int32s multiplier = {kUnitMultiplier, kUnitMultiplier};
  const Int32s shift = {kUnitShift, kUnitShift - 2};
  Int8s output(4);
  const auto operands = {operand(input),      operand(filter), operand(bias),
                         operand(multiplier), operand(shift),  operand(output)};
  // Sums with bias: 2+0+30+10 = 42, -8+0+10-20 = -18; 1+6-381+10 = -364, -4+15-127-20 = -136.
  EXPECT_EQ(call(reference_fully_connected_s8, p, operands), 0);
  EXPECT_EQ(output, (Int8s{39, -21, -128, -128}));
  p.per_channel = 1;  // the second output is a quarter: -9 then -4.5 -> -5; -68 then -34
  EXPECT_EQ(call(reference_fully_connected_s8, p, operands), 0);
  EXPECT_EQ(output, (Int8s{39, -8, -128, -37}));
}

TEST(FullyConnected, FilterOffsetAndNoBias) {
  const bl_fully_connected_params p = {.batches = 1,
                                       .input_depth = 2,
                                       .output_depth = 1,
                                       .input_offset = 0,
                                       .filter_offset = 2,
                                       .output_offset = 0,
                                       .per_channel = 0,
                                       .activation_min = 0,
                                       .activation_max = 50};
  const Int8s input = {3, 4};
  const Int8s filter = {1, 5};
  const Int32s multiplier = {kUnitMultiplier};
  const Int32s shift = {kUnitShift};
  Int8s output(1);
  call(reference_fully_connected_s8, p,
       {operand(input), operand(filter), nullptr, operand(multiplier), operand(shift),
        operand(output)});
  EXPECT_EQ(output, (Int8s{37}));
}

}  // namespace
}  // namespace boardless::kernels
