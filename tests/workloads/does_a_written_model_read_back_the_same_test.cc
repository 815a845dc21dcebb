// Does write_tflite keep everything read_tflite gives, and the same bytes every time?
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "base/error.h"
#include "tests/outside_data.h"
#include "tests/workloads/small_graphs.h"
#include "tests/workloads/subgraph_models.h"
#include "workloads/graph/graph.h"
#include "workloads/tflite/tflite.h"
#include "workloads/tflite/tflite_generated.h"
#include "workloads/zoo/zoo.h"

namespace boardless::workloads {
namespace {

using ::boardless::workloads::testing::every_operator_graph;
using ::boardless::workloads::testing::quantize_dequantize_graph;
using ::boardless::workloads::testing::uint8_graph;

struct SameAttributes {
  const Attributes& other;
  void operator()(const NoAttributes&) const {
    EXPECT_TRUE(std::holds_alternative<NoAttributes>(other));
  }
  void operator()(const ConvAttributes& a) const {
    const auto& b = std::get<ConvAttributes>(other);
    EXPECT_EQ(a.padding, b.padding);
    EXPECT_EQ(a.stride_h, b.stride_h);
    EXPECT_EQ(a.stride_w, b.stride_w);
    EXPECT_EQ(a.dilation_h, b.dilation_h);
    EXPECT_EQ(a.dilation_w, b.dilation_w);
    EXPECT_EQ(a.depth_multiplier, b.depth_multiplier);
    EXPECT_EQ(a.activation, b.activation);
  }
  void operator()(const PoolAttributes& a) const {
    const auto& b = std::get<PoolAttributes>(other);
    EXPECT_EQ(a.padding, b.padding);
    EXPECT_EQ(a.stride_h, b.stride_h);
    EXPECT_EQ(a.stride_w, b.stride_w);
    EXPECT_EQ(a.filter_h, b.filter_h);
    EXPECT_EQ(a.filter_w, b.filter_w);
    EXPECT_EQ(a.activation, b.activation);
  }
  void operator()(const FullyConnectedAttributes& a) const {
    const auto& b = std::get<FullyConnectedAttributes>(other);
    EXPECT_EQ(a.activation, b.activation);
    EXPECT_EQ(a.keep_num_dims, b.keep_num_dims);
  }
  void operator()(const ArithmeticAttributes& a) const {
    EXPECT_EQ(a.activation, std::get<ArithmeticAttributes>(other).activation);
  }
  void operator()(const SoftmaxAttributes& a) const {
    EXPECT_EQ(a.beta, std::get<SoftmaxAttributes>(other).beta);
  }
  void operator()(const ReduceAttributes& a) const {
    EXPECT_EQ(a.keep_dims, std::get<ReduceAttributes>(other).keep_dims);
  }
  void operator()(const ConcatenationAttributes& a) const {
    EXPECT_EQ(a.axis, std::get<ConcatenationAttributes>(other).axis);
    EXPECT_EQ(a.activation, std::get<ConcatenationAttributes>(other).activation);
  }
  void operator()(const ResizeAttributes& a) const {
    EXPECT_EQ(a.align_corners, std::get<ResizeAttributes>(other).align_corners);
    EXPECT_EQ(a.half_pixel_centers, std::get<ResizeAttributes>(other).half_pixel_centers);
  }
  void operator()(const LeakyReluAttributes& a) const {
    EXPECT_EQ(a.alpha, std::get<LeakyReluAttributes>(other).alpha);
  }
  void operator()(const TransposeConvAttributes& a) const {
    const auto& b = std::get<TransposeConvAttributes>(other);
    EXPECT_EQ(a.padding, b.padding);
    EXPECT_EQ(a.stride_h, b.stride_h);
    EXPECT_EQ(a.stride_w, b.stride_w);
    EXPECT_EQ(a.activation, b.activation);
  }
  void operator()(const BatchMatmulAttributes& a) const {
    const auto& b = std::get<BatchMatmulAttributes>(other);
    EXPECT_EQ(a.transpose_left, b.transpose_left);
    EXPECT_EQ(a.transpose_right, b.transpose_right);
  }
  void operator()(const SvdfAttributes& a) const {
    EXPECT_EQ(a.rank, std::get<SvdfAttributes>(other).rank);
    EXPECT_EQ(a.activation, std::get<SvdfAttributes>(other).activation);
  }
  void operator()(const LstmAttributes& a) const {
    const auto& b = std::get<LstmAttributes>(other);
    EXPECT_EQ(a.activation, b.activation);
    EXPECT_EQ(a.cell_clip, b.cell_clip);
    EXPECT_EQ(a.projection_clip, b.projection_clip);
    EXPECT_EQ(a.time_major, b.time_major);
  }
  void operator()(const StridedSliceAttributes& a) const {
    const auto& b = std::get<StridedSliceAttributes>(other);
    EXPECT_EQ(a.begin_mask, b.begin_mask);
    EXPECT_EQ(a.end_mask, b.end_mask);
    EXPECT_EQ(a.ellipsis_mask, b.ellipsis_mask);
    EXPECT_EQ(a.new_axis_mask, b.new_axis_mask);
    EXPECT_EQ(a.shrink_axis_mask, b.shrink_axis_mask);
  }
  void operator()(const SplitAttributes& a) const {
    EXPECT_EQ(a.parts, std::get<SplitAttributes>(other).parts);
  }
  void operator()(const PackAttributes& a) const {
    EXPECT_EQ(a.count, std::get<PackAttributes>(other).count);
    EXPECT_EQ(a.axis, std::get<PackAttributes>(other).axis);
  }
  void operator()(const SqueezeAttributes& a) const {
    EXPECT_EQ(a.axes, std::get<SqueezeAttributes>(other).axes);
  }
  void operator()(const GatherAttributes& a) const {
    EXPECT_EQ(a.axis, std::get<GatherAttributes>(other).axis);
    EXPECT_EQ(a.batch_dims, std::get<GatherAttributes>(other).batch_dims);
  }
  void operator()(const MirrorPadAttributes& a) const {
    EXPECT_EQ(a.is_symmetric, std::get<MirrorPadAttributes>(other).is_symmetric);
  }
  void operator()(const BlockAttributes& a) const {
    EXPECT_EQ(a.size, std::get<BlockAttributes>(other).size);
  }
  void operator()(const ArgMaxAttributes& a) const {
    EXPECT_EQ(a.output_type, std::get<ArgMaxAttributes>(other).output_type);
  }
  void operator()(const CumsumAttributes& a) const {
    EXPECT_EQ(a.exclusive, std::get<CumsumAttributes>(other).exclusive);
    EXPECT_EQ(a.reverse, std::get<CumsumAttributes>(other).reverse);
  }
  void operator()(const IfAttributes& a) const {
    EXPECT_EQ(a.then_subgraph, std::get<IfAttributes>(other).then_subgraph);
    EXPECT_EQ(a.else_subgraph, std::get<IfAttributes>(other).else_subgraph);
  }
  void operator()(const WhileAttributes& a) const {
    EXPECT_EQ(a.condition_subgraph, std::get<WhileAttributes>(other).condition_subgraph);
    EXPECT_EQ(a.body_subgraph, std::get<WhileAttributes>(other).body_subgraph);
  }
  void operator()(const CallOnceAttributes& a) const {
    EXPECT_EQ(a.subgraph, std::get<CallOnceAttributes>(other).subgraph);
  }
  void operator()(const VarHandleAttributes& a) const {
    EXPECT_EQ(a.container, std::get<VarHandleAttributes>(other).container);
    EXPECT_EQ(a.shared_name, std::get<VarHandleAttributes>(other).shared_name);
  }
  void operator()(const CustomAttributes& a) const {
    EXPECT_EQ(a.options, std::get<CustomAttributes>(other).options);
  }
};

// Operators on int8 tensors 1x4x4x8 with constants where their definition has them; each reads the
// graph's input, and only what write and read keep matters.
Graph further_operators_graph() {
  Graph graph;
  graph.name = "further_operators";
  const auto tensor = [&](std::string name, DataType type, std::vector<std::int32_t> shape) {
    Tensor added;
    added.name = std::move(name);
    added.type = type;
    added.shape = std::move(shape);
    if (type == DataType::kInt8) added.quantization = {{0.5F}, {3}, 0};
    graph.tensors.push_back(std::move(added));
    return static_cast<int>(graph.tensors.size()) - 1;
  };
  const auto int32s = [&](std::vector<std::int32_t> shape) {
    const int index = tensor("constant", DataType::kInt32, std::move(shape));
    Tensor& added = graph.tensors[static_cast<std::size_t>(index)];
    added.data.assign(static_cast<std::size_t>(added.bytes()), 1);
    return index;
  };
  const auto weights = [&](std::vector<std::int32_t> shape) {
    const int index = tensor("weights", DataType::kInt8, std::move(shape));
    Tensor& added = graph.tensors[static_cast<std::size_t>(index)];
    added.data.assign(static_cast<std::size_t>(added.bytes()), 2);
    return index;
  };
  const int input = tensor("input", DataType::kInt8, {1, 4, 4, 8});
  graph.inputs = {input};
  const auto add = [&](OpKind kind, std::vector<int> inputs, Attributes attributes,
                       std::vector<std::int32_t> shape = {1, 4, 4, 8},
                       DataType type = DataType::kInt8) {
    const int output = tensor(std::string(operator_name(kind)), type, std::move(shape));
    graph.operators.push_back({kind, "", std::move(inputs), {output}, std::move(attributes)});
    graph.outputs.push_back(output);
  };
  add(OpKind::kConcatenation, {input, input}, ConcatenationAttributes{-1, Activation::kRelu6},
      {1, 4, 4, 16});
  add(OpKind::kLogistic, {input}, NoAttributes{});
  add(OpKind::kTanh, {input}, NoAttributes{});
  add(OpKind::kHardSwish, {input}, NoAttributes{});
  add(OpKind::kLeakyRelu, {input}, LeakyReluAttributes{0.125F});
  add(OpKind::kPrelu, {input, weights({1, 1, 8})}, NoAttributes{});
  add(OpKind::kL2Normalization, {input}, ArithmeticAttributes{Activation::kNone});
  add(OpKind::kSub, {input, input}, ArithmeticAttributes{Activation::kRelu});
  add(OpKind::kBatchMatmul, {input, input}, BatchMatmulAttributes{true, false});
  add(OpKind::kMaximum, {input, input}, NoAttributes{});
  add(OpKind::kMinimum, {input, input}, NoAttributes{});
  add(OpKind::kResizeBilinear, {input, int32s({2})}, ResizeAttributes{true, false}, {1, 8, 8, 8});
  add(OpKind::kResizeNearestNeighbor, {input, int32s({2})}, ResizeAttributes{false, true},
      {1, 8, 8, 8});
  add(OpKind::kTransposeConv, {int32s({4}), weights({4, 3, 3, 8}), input},
      TransposeConvAttributes{Padding::kValid, 3, 2, Activation::kNone}, {1, 12, 9, 4});
  add(OpKind::kStridedSlice, {input, int32s({4}), int32s({4}), int32s({4})},
      StridedSliceAttributes{1, 2, 4, 8, 16});
  add(OpKind::kTranspose, {input, int32s({4})}, NoAttributes{});
  add(OpKind::kSpaceToBatchNd, {input, int32s({2}), int32s({2, 2})}, NoAttributes{}, {4, 2, 2, 8});
  add(OpKind::kBatchToSpaceNd, {input, int32s({2}), int32s({2, 2})}, NoAttributes{});
  add(OpKind::kPack, {input, input}, PackAttributes{2, 1}, {1, 2, 4, 4, 8});
  add(OpKind::kArgMax, {input, int32s({1})}, ArgMaxAttributes{DataType::kInt32}, {1, 4, 4},
      DataType::kInt32);
  add(OpKind::kSplit, {int32s({1}), input}, SplitAttributes{2}, {1, 4, 4, 4});
  graph.operators.back().outputs.push_back(tensor("SPLIT:1", DataType::kInt8, {1, 4, 4, 4}));
  add(OpKind::kSqueeze, {input}, SqueezeAttributes{{0, -4}}, {4, 4, 8});
  add(OpKind::kGather, {input, int32s({2})}, GatherAttributes{-1, 0}, {1, 4, 4, 2});
  add(OpKind::kMirrorPad, {input, int32s({4, 2})}, MirrorPadAttributes{true}, {3, 6, 6, 10});
  add(OpKind::kSpaceToDepth, {input}, BlockAttributes{2}, {1, 2, 2, 32});
  add(OpKind::kDepthToSpace, {input}, BlockAttributes{2}, {1, 8, 8, 2});
  add(OpKind::kUnpack, {input}, PackAttributes{1, -4}, {4, 4, 8});
  add(OpKind::kSplitV, {input, int32s({1}), int32s({1})}, SplitAttributes{1});
  add(OpKind::kArgMin, {input, int32s({1})}, ArgMaxAttributes{DataType::kInt32}, {1, 4, 4},
      DataType::kInt32);
  add(OpKind::kShape, {input}, NoAttributes{}, {4}, DataType::kInt32);
  add(OpKind::kCast, {input}, NoAttributes{}, {1, 4, 4, 8}, DataType::kInt32);
  add(OpKind::kSlice, {input, int32s({4}), int32s({4})}, NoAttributes{}, {1, 1, 1, 1});
  add(OpKind::kGatherNd, {input, int32s({1, 4})}, NoAttributes{}, {1});
  add(OpKind::kAddN, {input, input}, NoAttributes{});
  add(OpKind::kCumsum, {input, int32s({1})}, CumsumAttributes{true, true});
  add(OpKind::kDiv, {input, input}, ArithmeticAttributes{Activation::kRelu6});
  add(OpKind::kSum, {input, int32s({1})}, ReduceAttributes{true}, {1, 1, 4, 8});
  for (const OpKind kind : {OpKind::kSquaredDifference, OpKind::kEqual, OpKind::kLess}) {
    add(kind, {input, input}, NoAttributes{});
  }
  for (const OpKind kind : {OpKind::kAbs, OpKind::kRsqrt, OpKind::kElu, OpKind::kLogSoftmax,
                            OpKind::kExp, OpKind::kLog, OpKind::kSin, OpKind::kCos}) {
    add(kind, {input}, NoAttributes{});
  }
  for (const char* name : {"Detect", "Decode"}) {
    add(OpKind::kCustom, {input}, CustomAttributes{{1, 2, 3}});
    graph.operators.back().custom_name = name;
  }
  return graph;
}

void expect_same(const Graph& expected, const Graph& actual) {
  EXPECT_EQ(expected.inputs, actual.inputs);
  EXPECT_EQ(expected.outputs, actual.outputs);
  ASSERT_EQ(expected.tensors.size(), actual.tensors.size());
  for (std::size_t i = 0; i < expected.tensors.size(); ++i) {
    SCOPED_TRACE("tensor " + std::to_string(i));
    const Tensor& a = expected.tensors[i];
    const Tensor& b = actual.tensors[i];
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.type, b.type);
    EXPECT_EQ(a.shape, b.shape);
    EXPECT_EQ(a.quantization.scale, b.quantization.scale);
    EXPECT_EQ(a.quantization.zero_point, b.quantization.zero_point);
    EXPECT_EQ(a.quantization.axis, b.quantization.axis);
    EXPECT_EQ(a.data, b.data);
    EXPECT_EQ(a.is_variable, b.is_variable);
  }
  ASSERT_EQ(expected.subgraphs.size(), actual.subgraphs.size());
  for (std::size_t i = 0; i < expected.subgraphs.size(); ++i) {
    const Subgraph& a = expected.subgraphs[i];
    const Subgraph& b = actual.subgraphs[i];
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(std::tie(a.first_tensor, a.tensors, a.first_operator, a.operators),
              std::tie(b.first_tensor, b.tensors, b.first_operator, b.operators));
    EXPECT_EQ(a.inputs, b.inputs);
    EXPECT_EQ(a.outputs, b.outputs);
  }
  ASSERT_EQ(expected.operators.size(), actual.operators.size());
  for (std::size_t i = 0; i < expected.operators.size(); ++i) {
    SCOPED_TRACE("operator " + std::to_string(i));
    const Operator& a = expected.operators[i];
    const Operator& b = actual.operators[i];
    EXPECT_EQ(a.kind, b.kind);
    EXPECT_EQ(a.custom_name, b.custom_name);
    EXPECT_EQ(a.inputs, b.inputs);
    EXPECT_EQ(a.outputs, b.outputs);
    ASSERT_EQ(a.attributes.index(), b.attributes.index());
    std::visit(SameAttributes{b.attributes}, a.attributes);
  }
}

TEST(RoundTrip, SmallGraphsComeBackTheSame) {
  for (const Graph& graph : {every_operator_graph(), quantize_dequantize_graph(), uint8_graph(),
                             further_operators_graph(), testing::if_model(), testing::while_model(),
                             testing::running_sum_model()}) {
    SCOPED_TRACE(graph.name);
    const std::vector<std::uint8_t> bytes = write_tflite(graph);
    const Graph again = read_tflite(bytes, graph.name);
    expect_same(graph, again);
    EXPECT_EQ(again.name, graph.name);
    EXPECT_EQ(again.file_bytes, static_cast<std::int64_t>(bytes.size()));
  }
}

TEST(RoundTrip, TheSameGraphGivesTheSameBytes) {
  EXPECT_EQ(write_tflite(every_operator_graph()), write_tflite(every_operator_graph()));
}

TEST(RoundTrip, MisalignedBytesReadTheSame) {
  const std::vector<std::uint8_t> bytes = write_tflite(every_operator_graph());
  std::vector<std::uint8_t> shifted(bytes.size() + 1);
  std::copy(bytes.begin(), bytes.end(), shifted.begin() + 1);
  expect_same(every_operator_graph(), read_tflite(std::span(shifted).subspan(1), "every_operator"));
}

TEST(RoundTrip, ZooNetworksComeBackTheSame) {
  for (const char* name : {"kws", "ic", "vww", "ad", "mnist_mlp"}) {
    SCOPED_TRACE(name);
    const Graph graph = make_zoo_model(name);
    expect_same(graph, read_tflite(write_tflite(graph), name));
  }
}

TEST(RoundTrip, RealModelsComeBackTheSame) {
  const std::filesystem::path models = models_folder();
  if (!std::filesystem::exists(models / "kws_ref_model.tflite"))
    GTEST_SKIP() << needs("models", models);
  for (const char* name :
       {"hello_world_int8", "ic_pretrainedResnet_quant", "ic_pretrainedResnet_float",
        "kws_ref_model", "kws_ref_model_float32", "person_detect", "micro_speech_quantized",
        "vww_96_int8", "riot_mnist_mlp", "mobilenet_v1_0.25_128_quant"}) {
    SCOPED_TRACE(name);
    const Graph graph = read_tflite_file(models / (std::string(name) + ".tflite"));
    EXPECT_EQ(graph.name, name);
    expect_same(graph, read_tflite(write_tflite(graph), name));
  }
}

TEST(WrittenFile, ConstantsLieOnSixteenByteBoundariesAndBufferZeroIsEmpty) {
  const std::vector<std::uint8_t> bytes = write_tflite(every_operator_graph());
  const tflite::Model* model = tflite::GetModel(bytes.data());
  ASSERT_GT(model->buffers()->size(), 1U);
  EXPECT_EQ(model->buffers()->Get(0)->data(), nullptr);
  for (flatbuffers::uoffset_t i = 1; i < model->buffers()->size(); ++i) {
    const auto* data = model->buffers()->Get(i)->data();
    ASSERT_NE(data, nullptr);
    EXPECT_EQ((data->data() - bytes.data()) % 16, 0) << "buffer " << i;
  }
}

// Versions as TFLite's own converter gives them for these types.
TEST(WrittenFile, OperatorVersionsAreThoseOfTheTypes) {
  const auto versions = [](const Graph& graph) {
    const std::vector<std::uint8_t> bytes = write_tflite(graph);
    const tflite::Model* model = tflite::GetModel(bytes.data());
    std::vector<std::pair<int, int>> found;
    for (const auto* code : *model->operator_codes()) {
      EXPECT_EQ(code->deprecated_builtin_code(), code->builtin_code());
      found.emplace_back(code->builtin_code(), code->version());
    }
    return found;
  };
  using Versions = std::vector<std::pair<int, int>>;
  EXPECT_EQ(versions(every_operator_graph()), (Versions{{34, 2},
                                                        {3, 3},
                                                        {4, 3},
                                                        {19, 2},
                                                        {21, 2},
                                                        {0, 2},
                                                        {18, 2},
                                                        {17, 2},
                                                        {1, 2},
                                                        {40, 2},
                                                        {22, 1},
                                                        {9, 4},
                                                        {9, 5},
                                                        {114, 1},
                                                        {25, 2},
                                                        {6, 2}}));
  EXPECT_EQ(versions(quantize_dequantize_graph()), (Versions{{114, 1}, {9, 4}, {6, 2}}));
  EXPECT_EQ(versions(uint8_graph()), (Versions{{3, 1}, {1, 1}}));
}

TEST(WrittenFile, VersionsOfFurtherOperatorsAreThoseOfTheTypes) {
  const std::vector<std::uint8_t> bytes = write_tflite(further_operators_graph());
  const tflite::Model* model = tflite::GetModel(bytes.data());
  std::map<std::int32_t, std::vector<int>> versions;
  for (const auto* code : *model->operator_codes()) {
    versions[code->builtin_code()].push_back(code->version());
  }
  const std::map<std::int32_t, std::vector<int>> expected{
      {2, {2}},     {5, {2}},   {11, {2}},  {14, {2}},  {23, {2}},  {26, {2}},  {28, {2}},
      {32, {1, 1}}, {36, {2}},  {37, {2}},  {38, {2}},  {39, {2}},  {41, {2}},  {42, {1}},
      {43, {2}},    {45, {2}},  {47, {1}},  {49, {2}},  {50, {2}},  {53, {1}},  {54, {1}},
      {55, {2}},    {56, {2}},  {57, {2}},  {58, {2}},  {65, {2}},  {66, {2}},  {67, {2}},
      {71, {2}},    {73, {2}},  {74, {2}},  {76, {2}},  {77, {1}},  {79, {2}},  {83, {2}},
      {88, {2}},    {97, {3}},  {98, {2}},  {99, {2}},  {100, {2}}, {101, {2}}, {102, {2}},
      {106, {1}},   {107, {2}}, {108, {1}}, {111, {1}}, {117, {1}}, {126, {2}}, {128, {1}}};
  EXPECT_EQ(versions, expected);
}

TEST(WrittenFile, ConstantsWithoutContentsAreRefused) {
  Graph graph = quantize_dequantize_graph();
  Tensor& weights = graph.tensors[static_cast<std::size_t>(graph.operators[1].inputs[1])];
  weights.data.clear();
  weights.shape_only = true;
  EXPECT_TRUE(weights.is_constant());
  try {
    write_tflite(graph);
    FAIL() << "written";
  } catch (const InputError& error) {
    EXPECT_EQ(error.what(), "quantize_dequantize: constant '" + weights.name +
                                "' was made for its shape only and has no contents, which a file "
                                "needs");
  }
}

TEST(WrittenFile, OperatorsWhoseOptionsAreNotKeptAreRefused) {
  Graph graph = quantize_dequantize_graph();
  graph.operators[1].kind = OpKind::kLstm;
  try {
    write_tflite(graph);
    FAIL() << "written";
  } catch (const InputError& error) {
    EXPECT_STREQ(
        error.what(),
        "quantize_dequantize: operator 1 (LSTM) cannot be written: its options are not kept "
        "when a model is read");
  }
}

}  // namespace
}  // namespace boardless::workloads
