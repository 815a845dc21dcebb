// Does the host compute TRANSPOSE_CONV and BATCH_MATMUL as their definitions say? Small cases by
// hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workloads/one_operator.h"

namespace boardless::workloads {
namespace {

using testing::as_bytes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::OneOperator;
using testing::refusal;

OneOperator transpose_conv(Padding padding, std::vector<std::int32_t> output) {
  OneOperator test(OpKind::kTransposeConv,
                   TransposeConvAttributes{.padding = padding, .stride_h = 1, .stride_w = 2});
  test.integers({4}, output).filter({1, 1, 3, 1}, {1, 2, 3});
  test.input({1, 1, 2, 1}, {1.0F, 5});
  return std::move(test.output(output));
}

TEST(TransposeConv, SpreadsEachValueByTheFilter) {
  // Values less the zero point are 1 and 10: 1 2 3 from the first, 10 20 30 two places on.
  OneOperator test = transpose_conv(Padding::kValid, {1, 1, 5, 1});
  EXPECT_THAT(test.run({{6, 15}}), ElementsAre(1, 2, 13, 20, 30));
}

TEST(TransposeConv, CutsThePaddingOffTheOutput) {
  // A convolution of 4 values at stride 2 has one value too few: none before, one behind.
  OneOperator test = transpose_conv(Padding::kSame, {1, 1, 4, 1});
  EXPECT_THAT(test.run({{6, 15}}), ElementsAre(1, 2, 13, 20));
}

TEST(TransposeConv, RefusesWhatContradictsItself) {
  EXPECT_EQ(refusal(transpose_conv(Padding::kValid, {1, 1, 5, 1})), "accepted");
  EXPECT_THAT(refusal(transpose_conv(Padding::kValid, {1, 1, 2, 1})),
              HasSubstr("filter extent 3 on an output extent of 2 (padding VALID)"));
  OneOperator test = transpose_conv(Padding::kValid, {1, 1, 5, 1});
  test.output_tensor().shape = {1, 1, 6, 1};
  EXPECT_THAT(refusal(test), HasSubstr("is not of the shape that input 0 holds"));
  test = transpose_conv(Padding::kValid, {1, 1, 5, 1});
  test.input_tensor(1).shape = {1, 1, 1, 3};
  EXPECT_THAT(refusal(test), HasSubstr("takes 3 input channels, the input 1x1x2x1 has 1"));
}

OneOperator int16_transpose_conv() {
  OneOperator test(
      OpKind::kTransposeConv,
      TransposeConvAttributes{.padding = Padding::kValid, .stride_h = 1, .stride_w = 2});
  test.integers({4}, {1, 1, 5, 1}).filter({1, 1, 3, 1}, {1, 2, 3});
  test.input({1, 1, 2, 1}, {}, DataType::kInt16).output({1, 1, 5, 1}, {}, DataType::kInt16);
  return test;
}

TEST(TransposeConv, TakesABiasOfInt16OrInt64BesideInt16) {
  const std::vector<std::int16_t> expected{-999, -998, -987, -980, -970};
  OneOperator narrow = int16_transpose_conv();
  narrow.constant<std::int16_t>(DataType::kInt16, {1}, {-1000});
  EXPECT_EQ(narrow.run_bytes({as_bytes<std::int16_t>({1, 10})}), as_bytes(expected));
  OneOperator wide = int16_transpose_conv();
  wide.constant<std::int64_t>(DataType::kInt64, {1}, {-1000});
  EXPECT_EQ(wide.run_bytes({as_bytes<std::int16_t>({1, 10})}), as_bytes(expected));
  OneOperator other = int16_transpose_conv();
  other.constant<std::int32_t>(DataType::kInt32, {1}, {-1000});
  EXPECT_THAT(refusal(other), HasSubstr("bias type int32; supported here: int64"));
}

OneOperator batch_matmul(BatchMatmulAttributes attributes) {
  OneOperator test(OpKind::kBatchMatmul, attributes);
  test.input({2, 3}, {1.0F, 1}).input({3, 2}, {0.5F, 0});
  return std::move(test.output({2, 2}, {0.5F, -1}));
}

TEST(BatchMatmul, MultipliesRowsWithColumns) {
  // Less the zero point: (1 2 3) and (4 5 6), times columns (1 0 2) and (0 1 -1).
  OneOperator test = batch_matmul({});
  EXPECT_THAT(test.run({{2, 3, 4, 5, 6, 7}, {1, 0, 0, 1, 2, -1}}), ElementsAre(6, -2, 15, -2));
}

TEST(BatchMatmul, TakesEitherOperandTransposed) {
  OneOperator test = batch_matmul({.transpose_left = true, .transpose_right = true});
  test.input_tensor(0).shape = {3, 2};
  test.input_tensor(1).shape = {2, 3};
  EXPECT_THAT(test.run({{2, 5, 3, 6, 4, 7}, {1, 0, 2, 0, 1, -1}}), ElementsAre(6, -2, 15, -2));
}

TEST(BatchMatmul, UsesOneMatrixForAllOfABatch) {
  OneOperator test(OpKind::kBatchMatmul, BatchMatmulAttributes{});
  test.input({2, 1, 2}).input({2, 1}).output({2, 1, 1});
  EXPECT_THAT(test.run({{1, 2, 3, 4}, {10, 1}}), ElementsAre(12, 34));
  test.input_tensor(1).shape = {2, 2, 1};
  EXPECT_THAT(test.run({{1, 2, 3, 4}, {10, 1, 1, 10}}), ElementsAre(12, 43));
}

TEST(BatchMatmul, RefusesWhatContradictsItself) {
  EXPECT_EQ(refusal(batch_matmul({})), "accepted");
  EXPECT_THAT(refusal(batch_matmul({.transpose_left = true})),
              HasSubstr("2x3 and 3x2 do not agree in the dimension that is summed over"));
  OneOperator test = batch_matmul({});
  test.output_tensor().shape = {2, 1};
  EXPECT_THAT(refusal(test), HasSubstr("output shape 2x1; its definition gives 2x2"));
  test = batch_matmul({});
  test.input_tensor(0).shape = {3, 2, 3};
  test.input_tensor(1).shape = {2, 3, 2};
  EXPECT_THAT(refusal(test), HasSubstr("3x2x3 and 2x3x2 cannot be broadcast"));
  test = batch_matmul({});
  test.input_tensor(1).type = DataType::kUInt8;
  EXPECT_THAT(refusal(test), HasSubstr("input 1 type uint8; supported here: int8"));
}

}  // namespace
}  // namespace boardless::workloads
