// Is SOFTMAX right: against stored outputs of a real network, against exact arithmetic, at
// extremes?
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "tests/kernels/call_kernel.h"

namespace boardless::kernels {
namespace {

// The parameters TFLite derives for beta 1: the scale to Q5.26 as multiplier and left shift, and
// the distance from which the exponential's argument would leave Q5.26.
bl_softmax_params softmax_params(int rows, int depth, double scale) {
  int left_shift = 0;
  const double mantissa = std::frexp(
      std::min(std::ldexp(scale, 26), static_cast<double>(std::numeric_limits<int>::max())),
      &left_shift);
  return {.rows = rows,
          .depth = depth,
          .input_multiplier = static_cast<std::int32_t>(std::lround(std::ldexp(mantissa, 31))),
          .input_left_shift = left_shift,
          .diff_min = -static_cast<std::int32_t>(std::floor(std::ldexp(31, 26 - left_shift)))};
}

Int8s softmax(const bl_softmax_params& p, const Int8s& input) {
  Int8s output(input.size(), 99);
  EXPECT_EQ(call(reference_softmax_s8, p, {operand(input), operand(output)}), 0);
  return output;
}

TEST(Softmax, GivesTheOutputsOfARealNetwork) {
  // Logits and outputs of the MLPerf Tiny image classification network (ResNet-8), by TFLite.
  const Int8s logits = {-9, -7,  -60, -19, -21, -67, -31, -55, 15,  11,   //
                        23, -33, 7,   7,   -22, -26, -1,  -31, -19, -18,  //
                        18, -54, 29,  -42, -19, -47, -26, -28, -60, -53,  //
                        22, -59, 2,   26,  8,   0,   -33, -6,  -62, -43};
  const Int8s outputs = {-125, -124, -128, -128, -128, -128, -128, -128, 37,   -45,   //
                         95,   -128, -114, -114, -128, -128, -124, -128, -128, -128,  //
                         -94,  -128, 94,   -128, -128, -128, -128, -128, -128, -128,  //
                         -47,  -128, -125, 34,   -121, -126, -128, -127, -128, -128};
  EXPECT_EQ(softmax(softmax_params(4, 10, 0.17185351252555847), logits), outputs);
}

TEST(Softmax, EqualLogitsShareEqually) {
  for (const int depth : {1, 2, 4, 10, 256, 1000}) {
    const auto count = static_cast<std::size_t>(depth);
    const double share = std::round(256.0 / depth) - 128;
    const Int8s expected(count, static_cast<std::int8_t>(std::min(share, 127.0)));
    for (const std::int8_t logit : Int8s{-128, 0, 127}) {
      EXPECT_EQ(softmax(softmax_params(1, depth, 0.1), Int8s(count, logit)), expected) << depth;
    }
  }
}

TEST(Softmax, WhatLiesTooFarBelowGetsNothing) {
  EXPECT_EQ(softmax(softmax_params(1, 3, 0.5), {127, -128, -100}), (Int8s{127, -128, -128}));
  EXPECT_EQ(softmax(softmax_params(1, 2, 8.0), {0, -1}), (Int8s{127, -128}));
}

TEST(Softmax, IsWithinOneStepOfExactArithmetic) {
  std::mt19937 random(5);
  for (const double scale : {0.001, 0.0125, 0.05, 0.1447, 0.388, 1.0}) {
    for (const int depth : {2, 3, 12, 100}) {
      const Int8s logits = random_int8s(static_cast<std::size_t>(depth), random);
      const Int8s output = softmax(softmax_params(1, depth, scale), logits);
      double sum = 0;
      for (const std::int8_t logit : logits) sum += std::exp(scale * logit);
      for (std::size_t i = 0; i < logits.size(); ++i) {
        const double exact = std::min(256 * std::exp(scale * logits[i]) / sum - 128, 127.0);
        ASSERT_NEAR(output[i], exact, 0.51) << scale << " " << depth;
      }
    }
  }
}

}  // namespace
}  // namespace boardless::kernels
