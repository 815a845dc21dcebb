// Does write_tflite keep everything read_tflite gives, and the same bytes every time?
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "tests/workloads/small_graphs.h"
#include "workloads/graph.h"
#include "workloads/tflite.h"
#include "workloads/tflite_generated.h"

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
};

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
  }
  ASSERT_EQ(expected.operators.size(), actual.operators.size());
  for (std::size_t i = 0; i < expected.operators.size(); ++i) {
    SCOPED_TRACE("operator " + std::to_string(i));
    const Operator& a = expected.operators[i];
    const Operator& b = actual.operators[i];
    EXPECT_EQ(a.kind, b.kind);
    EXPECT_EQ(a.inputs, b.inputs);
    EXPECT_EQ(a.outputs, b.outputs);
    ASSERT_EQ(a.attributes.index(), b.attributes.index());
    std::visit(SameAttributes{b.attributes}, a.attributes);
  }
}

TEST(RoundTrip, SmallGraphsComeBackTheSame) {
  for (const Graph& graph : {every_operator_graph(), quantize_dequantize_graph(), uint8_graph()}) {
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

TEST(RoundTrip, RealModelsComeBackTheSame) {
  const std::filesystem::path models = BOARDLESS_MODELS_DIR;
  if (!std::filesystem::is_directory(models)) GTEST_SKIP() << "no models at " << models;
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

TEST(WrittenFile, OperatorsWhoseOptionsAreNotKeptAreRefused) {
  Graph graph = quantize_dequantize_graph();
  graph.operators[1].kind = OpKind::kSvdf;
  try {
    write_tflite(graph);
    FAIL() << "written";
  } catch (const InputError& error) {
    EXPECT_STREQ(
        error.what(),
        "quantize_dequantize: operator 1 (SVDF) cannot be written: its options are not kept "
        "when a model is read");
  }
}

}  // namespace
}  // namespace boardless::workloads
