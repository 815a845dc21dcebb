// Are AVERAGE_POOL_2D and MAX_POOL_2D right, at the borders and in rounding?
#include <gtest/gtest.h>

#include "tests/kernels/call_kernel.h"

namespace boardless::kernels {
namespace {

bl_pool_2d_params window(int input, int output, int filter, int stride, int pad) {
  return {.batches = 1,
          .input_h = input,
          .input_w = input,
          .channels = 1,
          .output_h = output,
          .output_w = output,
          .filter_h = filter,
          .filter_w = filter,
          .stride_h = stride,
          .stride_w = stride,
          .pad_top = pad,
          .pad_left = pad,
          .activation_min = -128,
          .activation_max = 127};
}

Int8s pooled(Kernel* kernel, const bl_pool_2d_params& p, const Int8s& input) {
  Int8s output(static_cast<std::size_t>(p.batches * p.output_h * p.output_w * p.channels), 99);
  EXPECT_EQ(call(kernel, p, {operand(input), operand(output)}), 0);
  return output;
}

TEST(AveragePool, RoundsHalfAwayFromZero) {
  const bl_pool_2d_params p = window(2, 1, 2, 2, 0);
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {1, 2, 1, 2}), (Int8s{2}));  // 1.5
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {-1, -2, -1, -2}), (Int8s{-2}));
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {1, 1, 1, 2}), (Int8s{1}));  // 1.25
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {-1, -1, -1, -2}), (Int8s{-1}));
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {-128, 127, -1, 2}), (Int8s{0}));
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {-128, -128, -128, -128}), (Int8s{-128}));
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {127, 127, 127, 127}), (Int8s{127}));
}

TEST(AveragePool, PaddingIsLeftOutOfTheCount) {
  const bl_pool_2d_params p = window(3, 3, 3, 1, 1);
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {10, 10, 10, 10, 10, 10, 10, 10, 10}),
            Int8s(9, 10));
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {1, 2, 3, 4, 5, 6, 7, 8, 9}),
            (Int8s{3, 4, 4, 5, 5, 6, 6, 7, 7}));
}

TEST(MaxPool, PaddingNeverWins) {
  const bl_pool_2d_params p = window(3, 2, 2, 2, 1);
  EXPECT_EQ(pooled(reference_max_pool_2d_s8, p, {-128, -7, -3, -9, -100, -50, -1, -2, -120}),
            (Int8s{-128, -3, -1, -2}));
}

TEST(Pools, ClampToTheActivation) {
  bl_pool_2d_params p = window(2, 2, 1, 1, 0);
  p.activation_min = -5;
  p.activation_max = 20;
  EXPECT_EQ(pooled(reference_max_pool_2d_s8, p, {-100, -5, 20, 21}), (Int8s{-5, -5, 20, 20}));
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, {-100, -5, 20, 21}), (Int8s{-5, -5, 20, 20}));
}

TEST(Pools, KeepChannelsBatchesAndAxesApart) {
  const bl_pool_2d_params p = {.batches = 2,
                               .input_h = 2,
                               .input_w = 3,
                               .channels = 2,
                               .output_h = 1,
                               .output_w = 2,
                               .filter_h = 2,
                               .filter_w = 2,
                               .stride_h = 1,
                               .stride_w = 1,
                               .pad_top = 0,
                               .pad_left = 0,
                               .activation_min = -128,
                               .activation_max = 127};
  const Int8s input = {1, -1, 2, -2, 3, -3, 5, -5, 6, -6, 8,  -8,  //
                       0, 10, 0, 20, 0, 30, 4, 40, 8, 50, 12, 60};
  EXPECT_EQ(pooled(reference_max_pool_2d_s8, p, input), (Int8s{6, -1, 8, -2, 8, 50, 12, 60}));
  EXPECT_EQ(pooled(reference_average_pool_2d_s8, p, input), (Int8s{4, -4, 5, -5, 3, 30, 5, 40}));
}

}  // namespace
}  // namespace boardless::kernels
