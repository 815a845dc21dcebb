// Does prepare() give kernels the parameters and operands the ABI names?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "kernels/abi.h"
#include "tests/workloads/one_operator.h"
#include "tests/workloads/small_graphs.h"
#include "workloads/operators/quantization.h"

namespace boardless::workloads {
namespace {

using testing::Affine;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using testing::OneOperator;

constexpr std::int32_t kHalf = 1 << 30;

std::vector<std::int32_t> constant_values(const PreparedModel& model, const Operand& operand) {
  EXPECT_EQ(operand.kind, Operand::Kind::kConstant);
  const std::vector<std::uint8_t>& bytes =
      model.constants.at(static_cast<std::size_t>(operand.index));
  std::vector<std::int32_t> values(bytes.size() / sizeof(std::int32_t));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

TEST(PrepareConv2D, FillsEveryField) {
  OneOperator test(OpKind::kConv2D, ConvAttributes{.padding = Padding::kSame,
                                                   .stride_h = 2,
                                                   .stride_w = 1,
                                                   .dilation_h = 1,
                                                   .dilation_w = 2,
                                                   .activation = Activation::kRelu});
  test.input({2, 8, 5, 3}, {0.5F, -7})
      .filter({2, 3, 2, 3}, std::vector<std::int8_t>(36, 1), {{0.5F}, {0.125F}});
  test.integers({2}, {5, -5}).output({2, 4, 5, 2}, {1.0F, 11});
  const PreparedModel model = prepare(test.graph);
  const PreparedOperator& op = model.operators.at(0);
  EXPECT_EQ(op.kernel, "conv_2d_s8");
  const auto p = op.params_as<bl_conv_2d_params>();
  EXPECT_THAT((std::vector{p.batches, p.input_h, p.input_w, p.input_c}), ElementsAre(2, 8, 5, 3));
  EXPECT_THAT((std::vector{p.output_h, p.output_w, p.output_c}), ElementsAre(4, 5, 2));
  EXPECT_THAT((std::vector{p.filter_h, p.filter_w}), ElementsAre(3, 2));
  EXPECT_THAT((std::vector{p.stride_h, p.stride_w, p.dilation_h, p.dilation_w}),
              ElementsAre(2, 1, 1, 2));
  // 3 + 3 * 2 = 9 rows are needed, one more than there is: it goes below. Columns: 3 + 4 = 7, two
  // more, one on each side.
  EXPECT_THAT((std::vector{p.pad_top, p.pad_left}), ElementsAre(0, 1));
  EXPECT_THAT((std::vector{p.input_offset, p.filter_offset, p.output_offset}),
              ElementsAre(7, 0, 11));
  EXPECT_THAT((std::vector{p.activation_min, p.activation_max}), ElementsAre(11, 127));

  ASSERT_EQ(op.operands.size(), 6U);
  for (const std::size_t i : {0U, 1U, 2U}) {
    EXPECT_EQ(op.operands[i].kind, Operand::Kind::kTensor);
    EXPECT_EQ(op.operands[i].index, test.op().inputs[i]);
  }
  EXPECT_THAT(constant_values(model, op.operands[3]), ElementsAre(kHalf, kHalf));
  EXPECT_THAT(constant_values(model, op.operands[4]), ElementsAre(-1, -3));
  EXPECT_EQ(op.operands[5].kind, Operand::Kind::kTensor);
  EXPECT_EQ(op.operands[5].index, test.op().outputs[0]);
}

TEST(PrepareConv2D, RepeatsAPerTensorScaleForEachChannel) {
  OneOperator test(OpKind::kConv2D, ConvAttributes{});
  test.input({1, 1, 1, 1}).filter({3, 1, 1, 1}, {1, 2, 3}).absent().output({1, 1, 1, 3});
  const PreparedModel model = prepare(test.graph);
  const PreparedOperator& op = model.operators.at(0);
  EXPECT_EQ(op.operands[2].kind, Operand::Kind::kAbsent);
  EXPECT_THAT(constant_values(model, op.operands[3]), ElementsAre(kHalf, kHalf, kHalf));
  EXPECT_THAT(constant_values(model, op.operands[4]), ElementsAre(1, 1, 1));
}

TEST(PrepareConv2D, AcceptsAChannelOfZerosWithScaleZero) {
  OneOperator test(OpKind::kConv2D, ConvAttributes{});
  test.input({1, 1, 1, 1}).filter({2, 1, 1, 1}, {0, 1}, {{0.0F}, {1.0F}}).absent();
  test.output({1, 1, 1, 2}, {1.0F, 3});
  EXPECT_THAT(test.run({{9}}), ElementsAre(3, 12));
}

TEST(PrepareDepthwiseConv2D, WorksOutTheDepthMultiplier) {
  OneOperator test(OpKind::kDepthwiseConv2D, ConvAttributes{.depth_multiplier = 0});
  test.input({1, 1, 1, 2}).filter({1, 1, 1, 6}, {1, 1, 1, 1, 1, 1}).absent().output({1, 1, 1, 6});
  const auto p = test.prepared().params_as<bl_depthwise_conv_2d_params>();
  EXPECT_EQ(p.depth_multiplier, 3);
  EXPECT_EQ(p.conv.output_c, 6);
}

TEST(PrepareFullyConnected, HasOneMultiplierOrOnePerOutput) {
  for (const bool per_channel : {false, true}) {
    OneOperator test(OpKind::kFullyConnected, FullyConnectedAttributes{});
    const std::vector<Affine> scales =
        per_channel ? std::vector<Affine>{{0.5F}, {0.25F}} : std::vector<Affine>{{0.5F}};
    test.input({1, 3}).filter({2, 3}, {1, 2, 3, 4, 5, 6}, scales).absent().output({1, 2});
    const PreparedModel model = prepare(test.graph);
    const PreparedOperator& op = model.operators.at(0);
    EXPECT_EQ(op.params_as<bl_fully_connected_params>().per_channel, per_channel ? 1 : 0);
    EXPECT_EQ(constant_values(model, op.operands[3]).size(), per_channel ? 2U : 1U);
  }
}

TEST(PrepareFullyConnected, MultipliesASingleScaleInFloat) {
  // 0.1f * 0.3f differs between float and double; the multiplier shows which was used.
  constexpr float kInput = 0.1F;
  constexpr float kFilter = 0.3F;
  OneOperator test(OpKind::kFullyConnected, FullyConnectedAttributes{});
  test.input({1, 1}, {kInput}).filter({1, 1}, {1}, {{kFilter}}).absent().output({1, 1});
  const PreparedModel model = prepare(test.graph);
  const FixedMultiplier in_float = quantize_multiplier(static_cast<double>(kInput * kFilter));
  ASSERT_NE(in_float, quantize_multiplier(static_cast<double>(kInput) * kFilter));
  EXPECT_THAT(constant_values(model, model.operators[0].operands[3]),
              ElementsAre(in_float.multiplier));
}

TEST(PrepareAdd, ScalesInputsByTwiceTheLarger) {
  OneOperator test(OpKind::kAdd, ArithmeticAttributes{});
  test.input({1, 2, 1, 3}, {0.5F, 4}).input({2, 1}, {0.125F, -4}).output({1, 2, 2, 3}, {2.0F, 1});
  const auto p = test.prepared().params_as<bl_add_params>();
  EXPECT_EQ(p.left_shift, 20);
  EXPECT_THAT((std::vector{p.input1_offset, p.input2_offset, p.output_offset}),
              ElementsAre(-4, 4, 1));
  EXPECT_THAT((std::vector{p.input1_multiplier, p.input2_multiplier, p.output_multiplier}),
              ElementsAre(kHalf, kHalf, kHalf));
  EXPECT_THAT((std::vector{p.input1_shift, p.input2_shift, p.output_shift}),
              ElementsAre(0, -2, -20));
  EXPECT_THAT(p.broadcast.extent, ElementsAre(1, 2, 2, 3));
  EXPECT_THAT(p.broadcast.stride1, ElementsAre(0, 3, 0, 1));
  EXPECT_THAT(p.broadcast.stride2, ElementsAre(0, 0, 1, 0));
  EXPECT_EQ(p.broadcast.same_shape, 0);
}

TEST(PrepareMul, MarksEqualShapes) {
  OneOperator test(OpKind::kMul, ArithmeticAttributes{});
  test.input({2, 3}).input({2, 3}).output({2, 3});
  const auto p = test.prepared().params_as<bl_mul_params>();
  EXPECT_EQ(p.broadcast.same_shape, 1);
  EXPECT_THAT(p.broadcast.stride1, ElementsAre(0, 0, 3, 1));
}

TEST(PrepareSoftmax, BringsDifferencesTo26FractionBits) {
  OneOperator test(OpKind::kSoftmax, SoftmaxAttributes{});
  test.input({3, 2, 5}, {0.25F}).output({3, 2, 5}, {1.0F / 256.0F, -128});
  const auto p = test.prepared().params_as<bl_softmax_params>();
  EXPECT_EQ(p.rows, 6);
  EXPECT_EQ(p.depth, 5);
  // 0.25 * 2^26 = 2^24 = 0.5 * 2^25; 31 * 2^26 / 2^25 = 62.
  EXPECT_EQ(p.input_multiplier, kHalf);
  EXPECT_EQ(p.input_left_shift, 25);
  EXPECT_EQ(p.diff_min, -62);
}

TEST(PrepareMean, FoldsTheCountIntoTheMultiplier) {
  OneOperator test(OpKind::kMean, ReduceAttributes{.keep_dims = false});
  test.input({2, 3, 4}, {1.0F, 6}).integers({2}, {-1, 0}).output({3}, {0.5F, 7});
  const auto p = test.prepared().params_as<bl_mean_params>();
  EXPECT_THAT(p.extent, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(p.reduce, ElementsAre(0, 1, 0, 1));
  EXPECT_EQ(p.count, 8);
  EXPECT_EQ(p.input_offset, -6);
  EXPECT_EQ(p.output_offset, 7);
  EXPECT_EQ(p.output_multiplier, kHalf);  // 2 / 8
  EXPECT_EQ(p.output_shift, -1);
}

TEST(PrepareMean, TakesAxesAsInt64Too) {
  OneOperator test(OpKind::kMean, ReduceAttributes{.keep_dims = true});
  test.input({2, 3}).constant<std::int64_t>(DataType::kInt64, {1}, {1}).output({2, 1});
  EXPECT_EQ(test.prepared().params_as<bl_mean_params>().count, 3);
}

TEST(PreparePad, PutsUnitDimensionsInFront) {
  OneOperator test(OpKind::kPad);
  test.input({2, 3}, {1.0F, -9}).integers({2, 2}, {1, 2, 3, 4}).output({5, 10}, {1.0F, -9});
  const auto p = test.prepared().params_as<bl_pad_params>();
  EXPECT_THAT(p.input_extent, ElementsAre(1, 1, 2, 3));
  EXPECT_THAT(p.before, ElementsAre(0, 0, 1, 3));
  EXPECT_THAT(p.after, ElementsAre(0, 0, 2, 4));
  EXPECT_EQ(p.pad_value, -9);
}

TEST(PrepareQuantize, KeepsTheScaleAsItIs) {
  OneOperator test(OpKind::kQuantize);
  test.input({2, 3}, {}, DataType::kFloat32).output({2, 3}, {0.3F, 4});
  const PreparedOperator op = test.prepared();
  EXPECT_EQ(op.kernel, "quantize_f32_s8");
  const auto p = op.params_as<bl_quantize_params>();
  EXPECT_EQ(p.count, 6);
  EXPECT_EQ(p.scale, 0.3F);
  EXPECT_EQ(p.zero_point, 4);
}

TEST(Prepare, GivesTheSameBytesEachTime) {
  const Graph graph = testing::every_operator_graph();
  const PreparedModel first = prepare(graph);
  const PreparedModel second = prepare(graph);
  ASSERT_EQ(first.operators.size(), graph.operators.size());
  EXPECT_EQ(first.constants, second.constants);
  for (std::size_t i = 0; i < first.operators.size(); ++i) {
    EXPECT_EQ(first.operators[i].operator_index, static_cast<int>(i));
    EXPECT_EQ(first.operators[i].kernel, second.operators[i].kernel);
    EXPECT_THAT(first.operators[i].params, ElementsAreArray(second.operators[i].params));
  }
}

}  // namespace
}  // namespace boardless::workloads
