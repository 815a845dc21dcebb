// Does the host compute convolutions and fully connected layers as their definitions say? Small
// cases by hand, and all window geometries against the plain sums.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/workloads/one_operator.h"

namespace boardless::workloads {
namespace {

using testing::Affine;
using ::testing::ElementsAre;
using testing::OneOperator;

constexpr ConvAttributes kValid{.padding = Padding::kValid};

TEST(Conv2D, WithOffsetsBiasAndRescaling) {
  // Input values less the zero point are 1 to 9; sums 39, 49, 69, 79 are quartered: 9.75, 12.25,
  // 17.25, 19.75. In two steps 12.25 is first 24.5 -> 25 halves, then 12.5 -> 13.
  OneOperator test(OpKind::kConv2D, kValid);
  test.input({1, 3, 3, 1}, {0.5F, 1}).filter({1, 2, 2, 1}, {1, 2, 3, 4}, {{0.5F}});
  test.integers({1}, {2}).output({1, 2, 2, 1}, {1.0F, -3});
  const std::vector<int> input = {2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_THAT(test.run({input}, Rounding::kDouble), ElementsAre(7, 10, 15, 17));
  EXPECT_THAT(test.run({input}, Rounding::kSingle), ElementsAre(7, 9, 14, 17));
}

TEST(Conv2D, RescalesEachChannelByItsOwnScale) {
  OneOperator test(OpKind::kConv2D, kValid);
  test.input({1, 1, 1, 2}).filter({2, 1, 1, 2}, {1, 2, 3, 4}, {{1.0F}, {0.5F}});
  test.absent().output({1, 1, 1, 2});
  EXPECT_THAT(test.run({{10, 20}}), ElementsAre(50, 55));
}

TEST(Conv2D, PaddingCountsAsZeroWhateverTheZeroPoint) {
  OneOperator test(OpKind::kConv2D, ConvAttributes{.padding = Padding::kSame});
  test.input({1, 2, 2, 1}, {1.0F, 50}).filter({1, 3, 3, 1}, std::vector<std::int8_t>(9, 1));
  test.output({1, 2, 2, 1});
  EXPECT_THAT(test.run({{51, 52, 53, 54}}), ElementsAre(10, 10, 10, 10));
}

TEST(Conv2D, RoundsHalvesByTheMode) {
  OneOperator test(OpKind::kConv2D, kValid);
  test.input({1, 1, 2, 1}).filter({1, 1, 1, 1}, {1}, {{0.25F}}).absent().output({1, 1, 2, 1});
  EXPECT_THAT(test.run({{2, -2}}, Rounding::kDouble), ElementsAre(1, -1));
  EXPECT_THAT(test.run({{2, -2}}, Rounding::kSingle), ElementsAre(1, 0));
}

TEST(Conv2D, ClampsToActivationAndType) {
  OneOperator test(OpKind::kConv2D,
                   ConvAttributes{.padding = Padding::kValid, .activation = Activation::kRelu6});
  test.input({1, 1, 3, 1}).filter({1, 1, 1, 1}, {1}).absent().output({1, 1, 3, 1}, {1.0F, 100});
  EXPECT_THAT(test.run({{-7, 5, 9}}), ElementsAre(100, 105, 106));
  test.op().attributes = kValid;
  EXPECT_THAT(test.run({{-7, 27, 28}}), ElementsAre(93, 127, 127));
}

TEST(Conv2D, OnUint8TakesTheFiltersZeroPointOff) {
  OneOperator test(OpKind::kConv2D, kValid);
  test.input({1, 1, 1, 2}, {1.0F, 128}, DataType::kUInt8);
  test.constant<std::uint8_t>(DataType::kUInt8, {1, 1, 1, 2}, {100, 103}, {Affine{1.0F, 101}});
  test.absent().output({1, 1, 1, 1}, {1.0F, 10}, DataType::kUInt8);
  EXPECT_EQ(test.prepared().kernel, "conv_2d_u8");
  EXPECT_THAT(test.run({{118, 228}}), ElementsAre(220));  // -10 * -1 + 100 * 2 + 10
  EXPECT_THAT(test.run({{255, 128}}), ElementsAre(0));    // -127 + 10
}

TEST(DepthwiseConv2D, MakesSeveralOutputsOfOneInput) {
  OneOperator test(OpKind::kDepthwiseConv2D,
                   ConvAttributes{.padding = Padding::kValid, .depth_multiplier = 2});
  test.input({1, 1, 2, 2})
      .filter({1, 1, 2, 4}, {1, 2, 3, 4, 5, 6, 7, 8}, {{1.0F}, {1.0F}, {1.0F}, {0.5F}}, 3);
  test.integers({4}, {0, 0, 0, 2}).output({1, 1, 1, 4});
  // Taps: channels (1, 2) and (3, 4).
  EXPECT_THAT(test.run({{1, 2, 3, 4}}), ElementsAre(16, 20, 34, 21));
}

TEST(FullyConnected, ForEachBatch) {
  OneOperator test(OpKind::kFullyConnected, FullyConnectedAttributes{});
  test.input({2, 3}, {0.5F, -1}).filter({2, 3}, {1, 2, 3, -1, 0, 1}, {{1.0F}});
  test.integers({2}, {10, -10}).output({2, 2}, {0.5F, 4});
  EXPECT_THAT(test.run({{0, 1, 2, -1, -1, -1}}), ElementsAre(28, -4, 14, -6));
}

TEST(FullyConnected, FlattensItsInputAndRescalesPerChannel) {
  OneOperator test(OpKind::kFullyConnected, FullyConnectedAttributes{});
  test.input({1, 2, 1, 2}).filter({2, 4}, {1, 1, 1, 1, 1, 1, 1, 1}, {{1.0F}, {0.5F}});
  test.absent().output({1, 2});
  EXPECT_THAT(test.run({{1, 2, 3, 4}}), ElementsAre(10, 5));
}

struct Geometry {
  int input_h, input_w, input_c, output_c, filter_h, filter_w, stride_h, stride_w, dilation_h,
      dilation_w;
  Padding padding;
};

int positions(int extent, int window, int stride, Padding padding) {
  return padding == Padding::kSame ? (extent + stride - 1) / stride
                                   : (extent - window + stride) / stride;
}

// The sums by definition, as the real multiplier is 1; depthwise where `multiplier` > 0.
std::vector<int> expected_sums(const Geometry& g, int batches, int multiplier, int output_h,
                               int output_w, const std::vector<int>& input,
                               const std::vector<std::int8_t>& filter) {
  const int pad_h =
      std::max(0, (output_h - 1) * g.stride_h + (g.filter_h - 1) * g.dilation_h + 1 - g.input_h) /
      2;
  const int pad_w =
      std::max(0, (output_w - 1) * g.stride_w + (g.filter_w - 1) * g.dilation_w + 1 - g.input_w) /
      2;
  const auto in = [&](int b, int y, int x, int c) {
    const bool inside = y >= 0 && y < g.input_h && x >= 0 && x < g.input_w;
    const int at = ((b * g.input_h + y) * g.input_w + x) * g.input_c + c;
    return inside ? input[static_cast<std::size_t>(at)] : 0;
  };
  std::vector<int> sums;
  for (int b = 0; b < batches; ++b) {
    for (int y = 0; y < output_h; ++y) {
      for (int x = 0; x < output_w; ++x) {
        for (int o = 0; o < g.output_c; ++o) {
          int sum = 0;
          for (int fy = 0; fy < g.filter_h; ++fy) {
            for (int fx = 0; fx < g.filter_w; ++fx) {
              const int iy = y * g.stride_h - pad_h + fy * g.dilation_h;
              const int ix = x * g.stride_w - pad_w + fx * g.dilation_w;
              if (multiplier > 0) {
                const int at = (fy * g.filter_w + fx) * g.output_c + o;
                sum += in(b, iy, ix, o / multiplier) * filter[static_cast<std::size_t>(at)];
                continue;
              }
              for (int c = 0; c < g.input_c; ++c) {
                const int at = ((o * g.filter_h + fy) * g.filter_w + fx) * g.input_c + c;
                sum += in(b, iy, ix, c) * filter[static_cast<std::size_t>(at)];
              }
            }
          }
          sums.push_back(std::clamp(sum, -128, 127));
        }
      }
    }
  }
  return sums;
}

class WindowGeometries : public ::testing::TestWithParam<bool> {};

TEST_P(WindowGeometries, GiveTheSumsByDefinition) {
  const bool depthwise = GetParam();
  std::mt19937 random(depthwise ? 1 : 2);
  const auto pick = [&](int low, int high) {
    return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1));
  };
  int run = 0;
  while (run < 60) {
    Geometry g{pick(1, 9),
               pick(1, 9),
               pick(1, 5),
               pick(1, 5),
               pick(1, 4),
               pick(1, 4),
               pick(1, 3),
               pick(1, 3),
               pick(1, 2),
               pick(1, 2),
               pick(0, 1) == 0 ? Padding::kSame : Padding::kValid};
    const int multiplier = depthwise ? pick(1, 3) : 0;
    if (depthwise) g.output_c = g.input_c * multiplier;
    const int output_h =
        positions(g.input_h, (g.filter_h - 1) * g.dilation_h + 1, g.stride_h, g.padding);
    const int output_w =
        positions(g.input_w, (g.filter_w - 1) * g.dilation_w + 1, g.stride_w, g.padding);
    if (output_h < 1 || output_w < 1) continue;
    const int batches = pick(1, 2);
    const int taps = g.filter_h * g.filter_w * (depthwise ? 1 : g.input_c);

    std::vector<std::int8_t> filter(static_cast<std::size_t>(taps * g.output_c));
    for (std::int8_t& value : filter) value = static_cast<std::int8_t>(pick(-3, 3));
    std::vector<int> input(static_cast<std::size_t>(batches * g.input_h * g.input_w * g.input_c));
    for (int& value : input) value = pick(-9, 9);

    const ConvAttributes attributes{g.padding,    g.stride_h, g.stride_w,       g.dilation_h,
                                    g.dilation_w, multiplier, Activation::kNone};
    OneOperator test(depthwise ? OpKind::kDepthwiseConv2D : OpKind::kConv2D, attributes);
    test.input({batches, g.input_h, g.input_w, g.input_c}, {1.0F, 7});
    if (depthwise) {
      test.filter({1, g.filter_h, g.filter_w, g.output_c}, filter);
    } else {
      test.filter({g.output_c, g.filter_h, g.filter_w, g.input_c}, filter);
    }
    test.absent().output({batches, output_h, output_w, g.output_c});
    std::vector<int> stored = input;
    for (int& value : stored) value += 7;
    EXPECT_EQ(test.run({stored}),
              expected_sums(g, batches, multiplier, output_h, output_w, input, filter))
        << "geometry " << run;
    ++run;
  }
}

INSTANTIATE_TEST_SUITE_P(Both, WindowGeometries, ::testing::Bool(),
                         [](const auto& name) { return name.param ? "Depthwise" : "Conv"; });

}  // namespace
}  // namespace boardless::workloads
