// Do the layer kinds that no bundled network uses have the right shapes, and do names, blocks and
// repetition wire them as written?
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/workloads/zoo_file.h"
#include "workloads/operators/prepared_model.h"
#include "workloads/operators/reference_evaluator.h"
#include "workloads/zoo/calibration.h"

namespace boardless::workloads {
namespace {

using Shape = std::vector<std::int32_t>;

Shape output_shape(const Graph& graph, std::size_t op) {
  return graph.tensors[static_cast<std::size_t>(graph.operators.at(op).outputs[0])].shape;
}

TEST(ZooLayers, CoverPaddingPoolingArithmeticAndReduction) {
  const Graph graph = zoo_file_topology(R"(description: d
source: s
input: {shape: [9, 7, 4], scale: 0.05, zero_point: 3}
layers:
  - pad: {height: [1, 2], width: [0, 1], name: padded}
  - max_pool: {kernel: [3, 2]}
  - average_pool: {kernel: 3, stride: 2, padding: same, activation: relu}
  - depthwise_conv: {kernel: 2, multiplier: 3, padding: valid, name: a}
  - conv: {filters: {times_input: 1}, kernel: 1, name: b}
  - mul: {inputs: [a, b]}
  - relu6
  - mean
  - reshape: {shape: [3, 4]}
  - flatten
)")
                          .graph;
  ASSERT_EQ(graph.operators.size(), 10U);
  EXPECT_EQ(output_shape(graph, 0), (Shape{1, 12, 8, 4}));
  EXPECT_EQ(output_shape(graph, 1), (Shape{1, 4, 4, 4}));
  EXPECT_EQ(output_shape(graph, 2), (Shape{1, 2, 2, 4}));
  EXPECT_EQ(output_shape(graph, 3), (Shape{1, 1, 1, 12}));
  EXPECT_EQ(output_shape(graph, 4), (Shape{1, 1, 1, 12}));
  EXPECT_EQ(graph.operators[5].inputs,
            (std::vector<int>{graph.operators[3].outputs[0], graph.operators[4].outputs[0]}));
  EXPECT_EQ(graph.operators[6].kind, OpKind::kRelu6);
  EXPECT_EQ(output_shape(graph, 7), (Shape{1, 12}));
  EXPECT_EQ(output_shape(graph, 8), (Shape{1, 3, 4}));
  EXPECT_EQ(output_shape(graph, 9), (Shape{1, 12}));
}

TEST(ZooLayers, BlocksRepeatWithTheirArgumentsAndAddWhereShapesAgree) {
  const Graph graph = zoo_file_topology(R"(description: d
source: s
input: {shape: [8, 8, 16], scale: 0.05, zero_point: 3}
blocks:
  unit:
    arguments: {filters: ~, stride: 1}
    layers:
      - conv: {filters: $filters, kernel: 3, stride: $stride}
      - add: {inputs: [previous, block_input], when: same_shape}
layers:
  - unit: {filters: 16, repeat: 2}
  - unit: {filters: 16, stride: 2}
  - unit: {filters: 24}
)")
                          .graph;
  std::vector<OpKind> kinds;
  for (const Operator& op : graph.operators) kinds.push_back(op.kind);
  EXPECT_EQ(kinds, (std::vector<OpKind>{OpKind::kConv2D, OpKind::kAdd, OpKind::kConv2D,
                                        OpKind::kAdd, OpKind::kConv2D, OpKind::kConv2D}));
  EXPECT_EQ(graph.operators[3].inputs,
            (std::vector<int>{graph.operators[2].outputs[0], graph.operators[1].outputs[0]}));
  EXPECT_EQ(output_shape(graph, 5), (Shape{1, 4, 4, 24}));
}

TEST(ZooLayers, BranchesAreJoinedAndDefaultsGiveWay) {
  const Graph graph = zoo_file_topology(R"(description: d
source: s
parameters:
  half: {default: 6, minimum: 1, maximum: 8}
defaults:
  conv: {kernel: 3, activation: relu}
input: {shape: [8, 8, 4], scale: 0.05, zero_point: 3}
layers:
  - concat:
      - [conv: {filters: 2 * $half - 1}, conv: {filters: (1 + 2) * 3, kernel: 1}]
      - []
      - - conv: {filters: {round_up: $half / 4}, activation: none, repeat: 2}
      - [conv: {filters: 4, repeat: $half - 6}]
  - split: {parts: 1, names: [whole]}
  - resize_nearest: {factor: 2, name: large}
  - resize_bilinear: {from: whole, size: [5, 3]}
outputs: [large, previous]
)")
                          .graph;
  ASSERT_EQ(graph.operators.size(), 8U);
  EXPECT_EQ(output_shape(graph, 0), (Shape{1, 8, 8, 11}));
  EXPECT_EQ(output_shape(graph, 1), (Shape{1, 8, 8, 9}));
  EXPECT_EQ(output_shape(graph, 2), (Shape{1, 8, 8, 2}));
  EXPECT_EQ(std::get<ConvAttributes>(graph.operators[1].attributes).activation, Activation::kRelu);
  EXPECT_EQ(std::get<ConvAttributes>(graph.operators[2].attributes).activation, Activation::kNone);
  EXPECT_EQ(graph.operators[4].kind, OpKind::kConcatenation);
  EXPECT_EQ(graph.operators[4].inputs,
            (std::vector<int>{graph.operators[1].outputs[0], 0, graph.operators[3].outputs[0], 0}));
  EXPECT_EQ(output_shape(graph, 4), (Shape{1, 8, 8, 9 + 4 + 2 + 4}));
  EXPECT_EQ(graph.operators[5].kind, OpKind::kSplit);
  EXPECT_EQ(output_shape(graph, 6), (Shape{1, 16, 16, 19}));
  EXPECT_EQ(output_shape(graph, 7), (Shape{1, 5, 3, 19}));
  EXPECT_EQ(graph.outputs,
            (std::vector<int>{graph.operators[6].outputs[0], graph.operators[7].outputs[0]}));
}

// TFLite's int8 concatenation takes and gives one scale.
TEST(ZooLayers, WhatAConcatenationTiesTogetherIsQuantisedAlike) {
  const Graph graph = calibrate(zoo_file_topology(R"(description: d
source: s
input: {shape: [8, 8, 4], scale: 0.05, zero_point: 3}
layers:
  - conv: {filters: 4, kernel: 3, activation: relu}
  - concat:
      - [max_pool: {kernel: 2}]
      - [conv: {filters: 4, kernel: 3, stride: 2}]
  - split: {parts: 2, names: [a, b]}
  - logistic
  - batch_norm: {activation: relu}
)"),
                                5);
  const auto quantization = [&](int tensor) -> const Quantization& {
    return graph.tensors[static_cast<std::size_t>(tensor)].quantization;
  };
  const Quantization& joined = quantization(graph.operators[3].outputs[0]);
  EXPECT_FLOAT_EQ(joined.scale.at(0), 12.0F / 255);  // one branch goes below zero
  for (std::size_t op = 0; op < 5; ++op) {
    for (const int output : graph.operators[op].outputs) {
      EXPECT_EQ(quantization(output).scale, joined.scale) << op;
      EXPECT_EQ(quantization(output).zero_point, joined.zero_point) << op;
    }
  }
  EXPECT_EQ(quantization(graph.operators[5].outputs[0]).scale, std::vector<float>{1.0F / 256});
  // The normalisation's constants have contents now, and a scale.
  for (std::size_t op = 6; op < 8; ++op) {
    const Tensor& constant = graph.tensors[static_cast<std::size_t>(graph.operators[op].inputs[1])];
    EXPECT_EQ(constant.data.size(), 4U);
    EXPECT_EQ(constant.quantization.scale.size(), 1U);
  }
}

// As streaming models have it: the newest frames are assigned behind the layers that read the old
// ones, and the first value is real zero.
TEST(ZooLayers, AStateIsReadAssignedAndFirstZero) {
  const Graph graph = calibrate(zoo_file_topology(R"(description: d
source: s
input: {shape: [3, 1, 2], scale: 0.05, zero_point: 3}
layers:
  - conv: {filters: 4, kernel: 1, activation: relu, name: new}
  - state: {shape: [2, 1, 4], name: kept}
  - concat: {inputs: [kept, new], axis: 1, name: joined}
  - slice: {axis: 1, last: 2, name: newest}
  - assign: {from: joined, state: kept, value: newest}
  - conv: {filters: 1, kernel: [5, 1], padding: valid}
)"),
                                5);
  std::vector<OpKind> kinds;
  for (const Operator& op : graph.operators) kinds.push_back(op.kind);
  EXPECT_EQ(kinds,
            (std::vector<OpKind>{OpKind::kCallOnce, OpKind::kConv2D, OpKind::kVarHandle,
                                 OpKind::kReadVariable, OpKind::kConcatenation,
                                 OpKind::kStridedSlice, OpKind::kAssignVariable, OpKind::kConv2D,
                                 OpKind::kVarHandle, OpKind::kAssignVariable}));
  ASSERT_EQ(graph.subgraphs.size(), 1U);
  EXPECT_EQ(graph.subgraphs[0].first_operator, 8);
  EXPECT_EQ(graph.subgraphs[0].operators, 2);
  EXPECT_EQ(std::get<VarHandleAttributes>(graph.operators[2].attributes).shared_name,
            std::get<VarHandleAttributes>(graph.operators[8].attributes).shared_name);
  const auto tensor = [&](int index) { return graph.tensors[static_cast<std::size_t>(index)]; };
  const Tensor& first = tensor(graph.operators[9].inputs[1]);
  EXPECT_EQ(first.data, std::vector<std::uint8_t>(8, 0x80));
  for (const int index : {graph.operators[1].outputs[0], graph.operators[3].outputs[0],
                          graph.operators[6].inputs[1]}) {
    EXPECT_EQ(tensor(index).quantization.scale, first.quantization.scale);
    EXPECT_EQ(tensor(index).quantization.zero_point, std::vector<std::int64_t>{-128});
  }
  EXPECT_FLOAT_EQ(first.quantization.scale[0], 6.0F / 255);

  const PreparedModel model = prepare(graph);
  ReferenceRun run(graph, model);
  const auto invoke = [&](std::uint8_t value) {
    run.begin({std::vector<std::uint8_t>(6, value)});
    while (run.step()) {
    }
    const auto at = static_cast<std::size_t>(graph.operators[4].outputs[0]);
    return run.evaluation().tensors[at];
  };
  const std::vector<std::uint8_t> one = invoke(100), two = invoke(200);
  EXPECT_EQ(std::vector(one.begin(), one.begin() + 8), std::vector<std::uint8_t>(8, 0x80));
  EXPECT_EQ(std::vector(two.begin(), two.begin() + 8), std::vector(one.begin() + 12, one.end()));
}

// What calibration takes a layer's values for is what the operator gives: a layer whose range was
// measured on other values would clip them, or use a part of the range.
TEST(ZooLayers, RangesAreThoseThatTheOperatorsNeed) {
  const Graph graph = calibrate(zoo_file_topology(R"(description: d
source: s
input: {shape: [6, 4, 8], scale: 0.02, zero_point: -20}
layers:
  - transpose: {order: [2, 1, 3], name: turned}
  - batch_matmul: {inputs: [turned, turned], transpose_right: true, name: products}
  - scale: {by: 0.25}
  - softmax
  - batch_matmul: {inputs: [previous, turned]}
  - slice: {axis: 1, first: 3, name: part}
  - mean: {axes: [3], name: mean}
  - sub: {inputs: [part, mean], name: centred}
  - squared_difference: {inputs: [part, mean]}
  - mean: {axes: [3]}
  - rsqrt
  - mul: {inputs: [centred, previous]}
  - leaky_relu: {slope: 0.25}
  - requantize
  - one_minus
)"),
                                5);
  const PreparedModel model = prepare(graph);
  std::vector<std::uint8_t> input;
  for (int i = 0; i < 6 * 4 * 8; ++i) input.push_back(static_cast<std::uint8_t>(i * 89));
  const Evaluation evaluation = evaluate(graph, model, {input});
  for (const Operator& op : graph.operators) {
    const std::vector<std::uint8_t>& bytes =
        evaluation.tensors[static_cast<std::size_t>(op.outputs[0])];
    int lowest = 127, highest = -128, at_an_end = 0;
    for (const std::uint8_t byte : bytes) {
      const int value = static_cast<std::int8_t>(byte);
      lowest = std::min(lowest, value);
      highest = std::max(highest, value);
      at_an_end += value == -128 || value == 127 ? 1 : 0;
    }
    EXPECT_GT(highest, lowest) << operator_name(op.kind);
    // Squares, their means and roots lie near one end; the scale of shares is the format's.
    if (op.kind == OpKind::kSquaredDifference || op.kind == OpKind::kMean ||
        op.kind == OpKind::kRsqrt || op.kind == OpKind::kSoftmax) {
      continue;
    }
    EXPECT_GT(highest - lowest, 96) << operator_name(op.kind);
    EXPECT_LT(at_an_end, 0.05 * static_cast<double>(bytes.size())) << operator_name(op.kind);
  }
}

// Padding, pooling, reshaping keep the input's quantisation; the others measure their own.
TEST(ZooLayers, KeepOrMeasureQuantisationAsTheFormatRequires) {
  const Graph graph = calibrate(zoo_file_topology(R"(description: d
source: s
input: {shape: [6, 6, 4], scale: 0.05, zero_point: 3}
layers:
  - pad: {height: 1, width: 1}
  - max_pool: {kernel: 2}
  - average_pool: {kernel: 2, stride: 1, padding: same}
  - relu
  - mul: {inputs: [previous, previous]}
  - mean
  - softmax
)"),
                                5);
  const auto quantization = [&](std::size_t op) -> const Quantization& {
    return graph.tensors[static_cast<std::size_t>(graph.operators[op].outputs[0])].quantization;
  };
  for (std::size_t op = 0; op < 3; ++op) {
    EXPECT_EQ(quantization(op).scale, std::vector<float>{0.05F});
    EXPECT_EQ(quantization(op).zero_point, std::vector<std::int64_t>{3});
  }
  // The largest real input is 0.05 * (127 - 3) = 6.2.
  EXPECT_EQ(quantization(3).zero_point[0], -128);
  EXPECT_LE(quantization(3).scale[0] * 255, 6.2F + 1e-4F);
  EXPECT_GT(quantization(3).scale[0] * 255, 2.0F);
  const float root = quantization(3).scale[0] * 255;
  EXPECT_NEAR(quantization(4).scale[0] * 255, root * root, 1e-3F * root * root);
  EXPECT_LT(quantization(5).scale[0], quantization(4).scale[0]);
  EXPECT_EQ(quantization(6).scale, std::vector<float>{1.0F / 256});
  EXPECT_EQ(quantization(6).zero_point, std::vector<std::int64_t>{-128});
}

}  // namespace
}  // namespace boardless::workloads
