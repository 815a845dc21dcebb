// Are multiply-accumulates, parameters and operators of public models the ones listed beside them?
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>

#include "tests/outside_data.h"
#include "tests/workloads/small_graphs.h"
#include "workloads/graph/graph.h"
#include "workloads/tflite/tflite.h"

namespace boardless::workloads {
namespace {

struct Listed {
  const char* name;
  std::int64_t file_bytes, macs, parameters;
  std::map<std::string, int> operators;
};

std::string test_name(const ::testing::TestParamInfo<Listed>& info) {
  std::string name = info.param.name;
  for (char& c : name) {
    if (c == '.' || c == '-') c = '_';
  }
  return name;
}

void PrintTo(const Listed& listed, std::ostream* out) { *out << listed.name; }

class PublicModel : public ::testing::TestWithParam<Listed> {};

TEST_P(PublicModel, HasTheListedSizeMacsParametersAndOperators) {
  const std::filesystem::path file = models_folder() / (std::string(GetParam().name) + ".tflite");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << needs("models", file);
  const Graph graph = read_tflite_file(file);
  EXPECT_EQ(graph.name, GetParam().name);
  EXPECT_EQ(graph.file_bytes, GetParam().file_bytes);
  EXPECT_EQ(macs(graph), GetParam().macs);
  EXPECT_EQ(parameters(graph), GetParam().parameters);
  std::map<std::string, int> operators;
  for (const Operator& op : graph.operators) ++operators[std::string(operator_name(op.kind))];
  EXPECT_EQ(operators, GetParam().operators);
}

// The list in the models folder's README.md.
INSTANTIATE_TEST_SUITE_P(
    Listed, PublicModel,
    ::testing::Values(
        Listed{"kws_ref_model",
               53936,
               2656768,
               22604,
               {{"CONV_2D", 5},
                {"DEPTHWISE_CONV_2D", 4},
                {"FULLY_CONNECTED", 1},
                {"AVERAGE_POOL_2D", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"kws_ref_model_float32",
               43392,
               2656768,
               22604,
               {{"CONV_2D", 5},
                {"DEPTHWISE_CONV_2D", 4},
                {"FULLY_CONNECTED", 1},
                {"AVERAGE_POOL_2D", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"vww_96_int8",
               333288,
               7489664,
               210850,
               {{"CONV_2D", 14},
                {"DEPTHWISE_CONV_2D", 13},
                {"FULLY_CONNECTED", 1},
                {"AVERAGE_POOL_2D", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"vww_96_float",
               866284,
               7489664,
               210850,
               {{"CONV_2D", 14},
                {"DEPTHWISE_CONV_2D", 13},
                {"FULLY_CONNECTED", 1},
                {"AVERAGE_POOL_2D", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"ic_pretrainedResnet_quant",
               98496,
               12501632,
               77706,
               {{"CONV_2D", 9},
                {"FULLY_CONNECTED", 1},
                {"ADD", 3},
                {"AVERAGE_POOL_2D", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"ic_pretrainedResnet_float",
               318144,
               12501632,
               77706,
               {{"CONV_2D", 9},
                {"FULLY_CONNECTED", 1},
                {"ADD", 3},
                {"AVERAGE_POOL_2D", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"person_detect",
               300568,
               7157888,
               210706,
               {{"CONV_2D", 14},
                {"DEPTHWISE_CONV_2D", 14},
                {"AVERAGE_POOL_2D", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"micro_speech_quantized",
               18800,
               336000,
               16652,
               {{"DEPTHWISE_CONV_2D", 1}, {"FULLY_CONNECTED", 1}, {"RESHAPE", 1}, {"SOFTMAX", 1}}},
        Listed{"hello_world_int8", 2704, 288, 321, {{"FULLY_CONNECTED", 3}}},
        Listed{"mnist_lstm_int8",
               13952,
               113120,
               9530,
               {{"UNIDIRECTIONAL_SEQUENCE_LSTM", 1},
                {"FULLY_CONNECTED", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"keyword_scrambled_8bit",
               29632,
               21056,
               21474,
               {{"SVDF", 7}, {"FULLY_CONNECTED", 5}, {"QUANTIZE", 2}, {"SOFTMAX", 1}}},
        Listed{"riot_mnist_mlp",
               52920,
               50816,
               50890,
               {{"FULLY_CONNECTED", 2}, {"QUANTIZE", 1}, {"SOFTMAX", 1}, {"DEQUANTIZE", 1}}},
        Listed{"mobilenet_v2_1.0_224_quant",
               3610798,
               300775552,
               3489097,
               {{"CONV_2D", 36},
                {"DEPTHWISE_CONV_2D", 17},
                {"ADD", 10},
                {"AVERAGE_POOL_2D", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"mobilenet_v1_0.25_128_quant",
               525598,
               13570304,
               467593,
               {{"CONV_2D", 15},
                {"DEPTHWISE_CONV_2D", 13},
                {"AVERAGE_POOL_2D", 1},
                {"RESHAPE", 1},
                {"SOFTMAX", 1}}},
        Listed{"mobilenet_v1_1.0_224_quant_embedding_extractor",
               3251736,
               567716352,
               3196032,
               {{"CONV_2D", 14}, {"DEPTHWISE_CONV_2D", 13}, {"AVERAGE_POOL_2D", 1}}}),
    test_name);

TEST(Macs, OfASmallGraphAreThoseCountedByHand) {
  const Graph graph = testing::every_operator_graph();
  // Convolution 1x4x6x4 outputs, 3x3x2 taps; depthwise 1x2x4x8 outputs, 2x2 taps; dense 8x6, 6x3.
  EXPECT_EQ(macs(graph), 96 * 18 + 64 * 4 + 48 + 18);
  // Weights and biases of those four; the last has no bias.
  EXPECT_EQ(parameters(graph), (72 + 4) + (32 + 8) + (48 + 6) + 18);
}

TEST(Macs, OfABatchAreOncePerRow) {
  EXPECT_EQ(macs(testing::quantize_dequantize_graph()), 2 * 4 * 5);
  EXPECT_EQ(parameters(testing::quantize_dequantize_graph()), 20 + 5);
}

TEST(Parameters, OfWeightsThatTwoOperatorsShareCountOnce) {
  Graph graph = testing::quantize_dequantize_graph();
  const std::int64_t before = parameters(graph);
  Tensor second = graph.tensors[static_cast<std::size_t>(graph.operators[1].outputs[0])];
  graph.tensors.push_back(second);
  Operator op = graph.operators[1];
  op.outputs = {static_cast<int>(graph.tensors.size()) - 1};
  graph.operators.push_back(op);
  EXPECT_EQ(parameters(graph), before);
  EXPECT_EQ(parameters(graph, op), before);
  EXPECT_EQ(macs(graph), 2 * 2 * 4 * 5);
}

TEST(OperatorName, IsKnownForTheWholeFormatAndMadeUpBeyondIt) {
  EXPECT_EQ(operator_name(OpKind::kAdd), "ADD");
  EXPECT_EQ(operator_name(OpKind::kConv2D), "CONV_2D");
  EXPECT_EQ(operator_name(OpKind::kUnidirectionalSequenceLstm), "UNIDIRECTIONAL_SEQUENCE_LSTM");
  EXPECT_EQ(operator_name(OpKind::kQuantize), "QUANTIZE");
  EXPECT_EQ(operator_name(static_cast<OpKind>(208)), "STABLEHLO_CBRT");
  EXPECT_EQ(operator_name(static_cast<OpKind>(5000)), "OPERATOR_5000");
  EXPECT_EQ(operator_name(static_cast<OpKind>(-1)), "OPERATOR_-1");
}

TEST(ShapeText, JoinsExtents) {
  Tensor tensor;
  EXPECT_EQ(shape_text(tensor), "scalar");
  tensor.shape = {1, 25, 5, 64};
  EXPECT_EQ(shape_text(tensor), "1x25x5x64");
}

}  // namespace
}  // namespace boardless::workloads
