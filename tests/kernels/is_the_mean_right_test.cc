// Is MEAN right over any set of dimensions, with offsets and rounding, and is its scratch declared?
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>

#include "tests/kernels/call_kernel.h"

namespace boardless::kernels {
namespace {

// Input and output of one scale and zero point; the rescale is 1 / count.
bl_mean_params mean_params(const std::array<std::int32_t, 4>& extent,
                           const std::array<std::int32_t, 4>& reduce, std::int32_t zero_point) {
  bl_mean_params p{};
  p.count = 1;
  for (std::size_t i = 0; i < 4; ++i) {
    p.extent[i] = extent[i];
    p.reduce[i] = reduce[i];
    if (reduce[i] != 0) p.count *= extent[i];
  }
  int exponent = 0;
  const double mantissa = std::frexp(1.0 / p.count, &exponent);
  p.output_multiplier = static_cast<std::int32_t>(std::lround(std::ldexp(mantissa, 31)));
  p.output_shift = exponent;
  p.input_offset = -zero_point;
  p.output_offset = zero_point;
  return p;
}

Int8s mean(const bl_mean_params& p, const Int8s& input) {
  const std::int32_t bytes = reference_mean_s8_scratch_bytes(&p);
  Int8s output(static_cast<std::size_t>(bytes) / 4, 99);
  // Exactly as large as declared, so that a sanitizer sees a write beyond it; not zeroed.
  Int32s scratch(static_cast<std::size_t>(bytes) / 4, 12345);
  EXPECT_EQ(call(reference_mean_s8, p, {operand(input), operand(output)}, scratch.data()), 0);
  return output;
}

TEST(Mean, OverHeightAndWidthByHand) {
  const bl_mean_params p = mean_params({1, 2, 2, 2}, {0, 1, 1, 0}, 0);
  EXPECT_EQ(reference_mean_s8_scratch_bytes(&p), 8);
  EXPECT_EQ(mean(p, {1, 10, 2, 20, 3, 30, 4, 40}), (Int8s{3, 25}));  // 2.5 and 25
  // Rounded twice: -101 / 4 -> -50.5 -> -50 -> -25, and 101 / 4 -> 50.5 -> 51 -> 25.5 -> 26.
  EXPECT_EQ(mean(p, {-1, 10, -20, 20, -30, 30, -50, 41}), (Int8s{-25, 26}));
  EXPECT_EQ(mean(p, {-128, 127, -128, 127, -128, 127, -128, 127}), (Int8s{-128, 127}));
}

TEST(Mean, OffsetsCountOncePerElement) {
  bl_mean_params p = mean_params({1, 2, 2, 1}, {0, 1, 1, 0}, -128);
  EXPECT_EQ(mean(p, {-128, -126, -124, -122}), (Int8s{-125}));
  p.output_offset = 0;
  EXPECT_EQ(mean(p, {-128, -126, -124, -122}), (Int8s{3}));
  p.output_offset = -200;
  EXPECT_EQ(mean(p, {-128, -126, -124, -122}), (Int8s{-128}));
}

TEST(Mean, AnySetOfDimensions) {
  std::mt19937 random(11);
  const std::array<std::int32_t, 4> extent = {2, 3, 4, 5};
  const Int8s input = random_int8s(120, random);
  for (int set = 0; set < 16; ++set) {
    const std::array<std::int32_t, 4> reduce = {set & 1, set & 2, set & 4, set & 8};
    // Sums keyed by what is kept of the index; the map's order is the output's memory order.
    std::map<std::array<std::size_t, 4>, int> sums;
    for (std::size_t i = 0; i < 120; ++i) {
      std::array<std::size_t, 4> key = {i / 60, i / 20 % 3, i / 5 % 4, i % 5};
      for (std::size_t d = 0; d < 4; ++d) {
        if (reduce[d] != 0) key[d] = 0;
      }
      sums[key] += input[i];
    }
    const bl_mean_params p = mean_params(extent, reduce, 0);
    const Int8s output = mean(p, input);
    ASSERT_EQ(output.size(), sums.size()) << set;
    std::size_t at = 0;
    for (const auto& [key, sum] : sums) {
      // Two roundings: at most a step of a half and a small part beside the exact mean.
      ASSERT_NEAR(output[at++], static_cast<double>(sum) / p.count, 0.76) << set;
    }
  }
}

}  // namespace
}  // namespace boardless::kernels
