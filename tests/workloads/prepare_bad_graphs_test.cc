// What does a graph get that cannot be run? One line that names the operator and what is accepted;
// and never undefined behaviour, whatever the graph holds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <random>

#include "base/error.h"
#include "tests/outside_data.h"
#include "tests/workloads/one_operator.h"
#include "tests/workloads/small_graphs.h"
#include "workloads/tflite/tflite.h"

namespace boardless::workloads {
namespace {

using testing::Affine;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::OneOperator;
using testing::refusal;

// Of a sound graph that nobody can be blamed for.
std::string not_modelled(const Graph& graph) {
  try {
    (void)prepare(graph);
  } catch (const InputError& error) {
    return std::string("bad input: ") + error.what();
  } catch (const NotModelled& error) {
    return error.what();
  }
  return "accepted";
}
std::string not_modelled(const OneOperator& test) { return not_modelled(test.graph); }

OneOperator conv(ConvAttributes attributes = {.padding = Padding::kValid}) {
  OneOperator test(OpKind::kConv2D, attributes);
  test.input({1, 4, 4, 2}).filter({3, 2, 2, 2}, std::vector<std::int8_t>(24, 1));
  test.integers({3}, {1, 2, 3}).output({1, 3, 3, 3});
  return test;
}

OneOperator softmax() {
  OneOperator test(OpKind::kSoftmax, SoftmaxAttributes{});
  test.input({1, 4}, {0.1F}).output({1, 4}, {1.0F / 256.0F, -128});
  return test;
}

TEST(Refused, OperatorsWithoutAKernel) {
  OneOperator test(OpKind::kLstm);
  test.input({1, 4}).output({1, 4});
  EXPECT_EQ(not_modelled(test), "test: operator LSTM (1)");
  test.op().kind = OpKind::kCustom;
  test.op().custom_name = "Detect\n";
  EXPECT_EQ(not_modelled(test), "test: operator CUSTOM Detect? (1)");
  test.op().custom_name.clear();
  test.op().kind = OpKind::kTile;
  EXPECT_EQ(not_modelled(test), "test: operator TILE (1)");
  test.op().kind = static_cast<OpKind>(123456);
  EXPECT_EQ(not_modelled(test), "test: operator OPERATOR_123456 (1)");
}

// A chain of operators on tensors of one type; only kinds and types matter.
Graph chain(const std::vector<OpKind>& kinds, DataType type) {
  OneOperator test(kinds[0]);
  test.input({1, 4}, {}, type).output({1, 4}, {}, type);
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    Operator op = test.op();
    op.kind = kinds[i];
    test.graph.operators.push_back(op);
  }
  return test.graph;
}

TEST(Refused, AllThatBlocksAtOnceTheMostFrequentFirst) {
  const std::vector<OpKind> kinds{OpKind::kRnn,  OpKind::kPow,  OpKind::kLstm, OpKind::kRelu,
                                  OpKind::kLstm, OpKind::kPow,  OpKind::kLstm, OpKind::kRelu,
                                  OpKind::kTile, OpKind::kRelu, OpKind::kRelu};
  EXPECT_EQ(not_modelled(chain(kinds, DataType::kInt8)),
            "test: operators LSTM (3), POW (2), RNN (1), TILE (1)");
  Graph graph = chain(kinds, DataType::kFloat64);
  EXPECT_EQ(not_modelled(graph),
            "test: operators LSTM (3), POW (2), RNN (1), TILE (1); type float64");
  // One of the operators is on 16 bits, and one makes floats of 8 bits where no kernel does.
  graph.tensors.push_back(graph.tensors[0]);
  graph.tensors.back().type = DataType::kUInt16;
  graph.operators[3].inputs = {2};
  graph.tensors.push_back(graph.tensors[0]);
  graph.tensors.back().type = DataType::kInt8;
  graph.operators[7].inputs = {3};
  EXPECT_EQ(not_modelled(graph),
            "test: operators LSTM (3), POW (2), RNN (1), TILE (1); types float64, int8 to "
            "float64, uint16");
}

// Supporting the operator would not make such a model run: the type has to come as well.
TEST(Refused, TypesOfOperatorsWithoutAKernelCountWhereTheyStandForRealValues) {
  EXPECT_EQ(not_modelled(chain({OpKind::kLstm}, DataType::kFloat64)),
            "test: operator LSTM (1); type float64");
  EXPECT_EQ(not_modelled(chain({OpKind::kLstm}, DataType::kUInt16)),
            "test: operator LSTM (1); type uint16");
  Graph indices = chain({OpKind::kPow}, DataType::kInt32);
  for (Tensor& tensor : indices.tensors) tensor.quantization = {};
  EXPECT_EQ(not_modelled(indices), "test: operator POW (1)");
}

TEST(Refused, AGraphOfShapesOnly) {
  OneOperator test = conv();
  test.input_tensor(1).data.clear();
  test.input_tensor(1).shape_only = true;
  EXPECT_THAT(refusal(test), HasSubstr("has no contents, which a run needs"));
}

TEST(Refused, TypesWithoutAKernel) {
  OneOperator test = conv();
  test.input_tensor().type = DataType::kFloat32;
  EXPECT_EQ(not_modelled(test), "test: type float32 to int8");
  test.output_tensor().type = DataType::kFloat32;
  EXPECT_EQ(not_modelled(test), "test: type float32 with int8 weights");
  test.input_tensor().type = DataType::kFloat64;
  EXPECT_EQ(not_modelled(test), "test: type float64");
  test = conv();
  test.output_tensor().type = DataType::kUInt8;
  EXPECT_EQ(not_modelled(test), "test: type int8 to uint8");
  test = conv();
  test.input_tensor(1).type = DataType::kUInt8;
  EXPECT_EQ(not_modelled(test), "test: type int8 with uint8 weights");
  test = conv();
  test.input_tensor(2).type = DataType::kFloat32;
  EXPECT_THAT(not_modelled(test), HasSubstr("bias type float32; supported here: int32"));
  OneOperator reshape(OpKind::kReshape);
  reshape.input({2}, {}, DataType::kFloat64).output({2}, {}, DataType::kFloat64);
  EXPECT_EQ(not_modelled(reshape), "test: type float64");
  OneOperator quantize(OpKind::kQuantize);
  quantize.input({2}, {}, DataType::kFloat32).output({2}, {}, DataType::kInt32);
  EXPECT_EQ(not_modelled(quantize), "test: type float32 to int32");
  OneOperator dequantize(OpKind::kDequantize);
  dequantize.input({2}).output({2}, {}, DataType::kFloat16);
  EXPECT_EQ(not_modelled(dequantize), "test: type int8 to float16");
}

TEST(Refused, OptionsOfAnotherOperator) {
  OneOperator test = conv();
  test.op().attributes = NoAttributes{};
  EXPECT_THAT(refusal(test), HasSubstr("operator 0 (CONV_2D): its options are missing"));
}

TEST(Refused, WindowsThatMakeNoSense) {
  EXPECT_THAT(refusal(conv()), "accepted");
  EXPECT_THAT(refusal(conv({.padding = Padding::kValid, .stride_h = 0})),
              HasSubstr("stride_h is 0; it must be at least 1"));
  EXPECT_THAT(refusal(conv({.padding = Padding::kValid, .stride_w = -1})),
              HasSubstr("stride_w is -1"));
  EXPECT_THAT(refusal(conv({.padding = Padding::kValid, .dilation_h = 0})),
              HasSubstr("dilation_h is 0"));
  EXPECT_THAT(refusal(conv({.padding = Padding::kValid, .dilation_w = 4})),
              HasSubstr("the 2x5 window does not fit in the 4x4 input"));
  EXPECT_THAT(not_modelled(
                  conv({.padding = Padding::kSame, .dilation_w = std::numeric_limits<int>::max()})),
              HasSubstr("dilation_w is 2147483647; supported: 1 to 65535"));
  EXPECT_THAT(refusal(conv({.padding = Padding::kSame})),
              HasSubstr("output shape 1x3x3x3; its definition gives 1x4x4x3"));
  EXPECT_THAT(not_modelled(conv({.padding = Padding::kValid, .activation = Activation::kTanh})),
              HasSubstr("fused activation 4; supported: none, RELU, RELU_N1_TO_1, RELU6"));
}

TEST(Refused, PoolsThatMakeNoSense) {
  OneOperator test(OpKind::kAveragePool2D, PoolAttributes{.filter_h = 0});
  test.input({1, 2, 2, 1}).output({1, 3, 2, 1});
  EXPECT_THAT(refusal(test), HasSubstr("dilated filter height is 0"));
  test.op().attributes = PoolAttributes{};
  test.output_tensor().shape = {1, 2, 2, 1};
  EXPECT_EQ(refusal(test), "accepted");
  test.output_tensor().quantization.zero_point = {1};
  EXPECT_THAT(refusal(test), HasSubstr("must be the same"));
}

TEST(Refused, FiltersThatContradictTheirInput) {
  OneOperator test = conv();
  test.input_tensor().shape = {1, 4, 4, 3};
  EXPECT_THAT(refusal(test),
              HasSubstr("filter 3x2x2x2 takes 2 input channels, the input 1x4x4x3 has 3"));
  OneOperator depthwise(OpKind::kDepthwiseConv2D, ConvAttributes{});
  depthwise.input({1, 1, 1, 2}).filter({1, 1, 1, 3}, {1, 1, 1}).absent().output({1, 1, 1, 3});
  EXPECT_THAT(refusal(depthwise), HasSubstr("no multiple of the input's 2"));
  OneOperator stated(OpKind::kDepthwiseConv2D, ConvAttributes{.depth_multiplier = 2});
  stated.input({1, 1, 1, 2}).filter({1, 1, 1, 2}, {1, 1}).absent().output({1, 1, 1, 2});
  EXPECT_THAT(refusal(stated), HasSubstr("depth_multiplier is 2, filter and input give 1"));
  OneOperator dense(OpKind::kFullyConnected, FullyConnectedAttributes{});
  dense.input({1, 3}).filter({2, 2}, {1, 1, 1, 1}).absent().output({1, 2});
  EXPECT_THAT(refusal(dense), HasSubstr("does not divide the input 1x3"));
  dense.input_tensor().shape = {1, 2};
  EXPECT_EQ(refusal(dense), "accepted");
  dense.output_tensor().shape = {2, 1};
  EXPECT_THAT(refusal(dense), HasSubstr("its definition gives 1x2"));
}

TEST(Refused, GroupsOfUnequalSize) {
  OneOperator test(OpKind::kConv2D, ConvAttributes{});
  test.input({1, 4, 4, 8}).filter({6, 1, 1, 4}, std::vector<std::int8_t>(24, 1)).absent();
  test.output({1, 4, 4, 6});
  EXPECT_EQ(refusal(test), "accepted");
  test.input_tensor(1).shape = {3, 1, 2, 4};  // 3 output channels do not make 2 groups
  EXPECT_THAT(refusal(test), HasSubstr("takes 4 input channels"));
}

TEST(Refused, BiasesOfAnotherLength) {
  OneOperator test = conv();
  test.input_tensor(2).shape = {2};
  test.input_tensor(2).data.resize(8);
  EXPECT_THAT(refusal(test), HasSubstr("bias has 2 elements; it needs one for each of the 3"));
}

TEST(Refused, QuantisationThatMakesNoSense) {
  OneOperator test = conv();
  test.input_tensor().quantization = {};
  EXPECT_THAT(refusal(test), HasSubstr("input has no quantisation scale"));
  test = conv();
  test.input_tensor(1).quantization = {};
  EXPECT_THAT(refusal(test), HasSubstr("filter has no quantisation scale"));
  test = conv();
  test.input_tensor(1).quantization = {{1.0F, 1.0F}, {0, 0}, 1};
  EXPECT_THAT(not_modelled(test), HasSubstr("quantised along dimension 1; supported: 0"));
  test = conv();
  test.input_tensor(1).quantization.zero_point = {1};
  EXPECT_THAT(not_modelled(test), HasSubstr("int8 filter has a zero point other than 0"));
  test = conv();
  test.output_tensor().quantization.scale = {std::numeric_limits<float>::denorm_min()};
  EXPECT_THAT(not_modelled(test), HasSubstr("rescaling by"));
  test = conv();
  test.output_tensor().quantization.scale = {1e-7F};
  EXPECT_THAT(not_modelled(test), HasSubstr("can leave 32 bits"));
}

TEST(Refused, AccumulatorsThatCanOverflow) {
  OneOperator test = conv();
  test.input_tensor(2).data = testing::as_bytes<std::int32_t>({1, 2, 2147483647});
  EXPECT_THAT(not_modelled(test),
              HasSubstr("sums up to 2147485695 rescaled by 1 can leave 32 bits"));
  test.input_tensor(2).data =
      testing::as_bytes<std::int32_t>({1, 2, std::numeric_limits<std::int32_t>::min()});
  EXPECT_THAT(not_modelled(test), HasSubstr("can leave 32 bits"));
}

TEST(Refused, AccumulatorsCountedByChannel) {
  constexpr std::int32_t kMostBias = 2147483647 - 512;
  const auto depthwise = [&](const std::vector<std::int8_t>& filter) {
    OneOperator test(OpKind::kDepthwiseConv2D, ConvAttributes{});
    test.input({1, 1, 1, 2}).filter({1, 1, 1, 2}, filter).integers({2}, {kMostBias, 0});
    test.output({1, 1, 1, 2}, {4.0F});
    return not_modelled(test);
  };
  EXPECT_EQ(depthwise({0, 127}), "accepted");
  EXPECT_THAT(depthwise({1, 0}), HasSubstr("can leave 32 bits"));
}

OneOperator int16_conv(OpKind kind, DataType bias) {
  OneOperator test(kind, ConvAttributes{});
  test.input({1, 1, 1, 2}, {}, DataType::kInt16);
  test.filter({2, 1, 1, 2}, {1, 2, 3, 4});
  if (kind == OpKind::kDepthwiseConv2D) test.input_tensor(1).shape = {1, 2, 1, 2};
  if (bias == DataType::kInt64) test.constant<std::int64_t>(bias, {2}, {1, 2});
  if (bias == DataType::kInt32) test.constant<std::int32_t>(bias, {2}, {1, 2});
  test.output({1, 1, 1, 2}, {}, DataType::kInt16);
  return test;
}

TEST(Refused, Int16ConvolutionsOutsideTheirDefinition) {
  EXPECT_EQ(refusal(int16_conv(OpKind::kConv2D, DataType::kInt64)), "accepted");
  EXPECT_EQ(refusal(int16_conv(OpKind::kConv2D, DataType::kInt32)), "accepted");
  EXPECT_EQ(refusal(int16_conv(OpKind::kDepthwiseConv2D, DataType::kInt64)), "accepted");
  EXPECT_THAT(not_modelled(int16_conv(OpKind::kDepthwiseConv2D, DataType::kInt32)),
              HasSubstr("bias type int32; supported here: int64"));
  OneOperator test = int16_conv(OpKind::kConv2D, DataType::kInt64);
  test.input_tensor().quantization.zero_point = {3};
  EXPECT_THAT(refusal(test), HasSubstr("int16 data has zero points 3 (input) and 0 (output)"));
  test = int16_conv(OpKind::kConv2D, DataType::kInt64);
  test.output_tensor().quantization.scale = {1e-3F};
  EXPECT_THAT(not_modelled(test), HasSubstr("can leave 32 bits"));
}

TEST(Refused, ScalesBelowZeroWhereOneServesAllOutputs) {
  OneOperator test(OpKind::kFullyConnected, FullyConnectedAttributes{});
  test.input({1, 2}).filter({2, 2}, {1, 1, 1, 1}, {{-1.0F}}).absent().output({1, 2});
  EXPECT_THAT(refusal(test), HasSubstr("filter has scale -1; it must not be below 0"));
}

TEST(Refused, SoftmaxOutputsOfAnotherScale) {
  EXPECT_EQ(refusal(softmax()), "accepted");
  OneOperator test = softmax();
  test.output_tensor().quantization.scale = {0.1F};
  EXPECT_THAT(refusal(test), HasSubstr("its definition gives 0.00390625 and -128"));
  test = softmax();
  test.output_tensor().quantization.zero_point = {0};
  EXPECT_THAT(refusal(test), HasSubstr("its definition gives 0.00390625 and -128"));
  test = softmax();
  test.op().attributes = SoftmaxAttributes{.beta = std::numeric_limits<float>::quiet_NaN()};
  EXPECT_THAT(not_modelled(test), HasSubstr("too small for 26 fraction bits"));
  test = softmax();
  test.input_tensor().shape = test.output_tensor().shape = {1, 4096};
  EXPECT_THAT(not_modelled(test), HasSubstr("has 4096 elements a row; supported: up to 4095"));
}

TEST(Refused, ShapesThatContradictTheOperator) {
  OneOperator reshape(OpKind::kReshape);
  reshape.input({2, 3}).output({5});
  EXPECT_THAT(refusal(reshape), HasSubstr("output 5 has 5 elements, the input 2x3 has 6"));
  OneOperator add(OpKind::kAdd, ArithmeticAttributes{});
  add.input({2, 3}).input({2}).output({2, 3});
  EXPECT_THAT(refusal(add), HasSubstr("inputs 2x3 and 2 cannot be broadcast together"));
  OneOperator five(OpKind::kMul, ArithmeticAttributes{});
  five.input({2, 1, 2, 1, 2}).input({1, 2, 1, 2, 1}).output({2, 2, 2, 2, 2});
  EXPECT_THAT(not_modelled(five), HasSubstr("along 5 runs of dimensions; supported: up to 4"));
  OneOperator mean(OpKind::kMean, ReduceAttributes{.keep_dims = true});
  mean.input({2, 3}).integers({1}, {2}).output({2, 1});
  EXPECT_THAT(refusal(mean), HasSubstr("axis 2; supported: -2 to 1 for the input 2x3"));
  OneOperator pad(OpKind::kPad);
  pad.input({2}).integers({1, 2}, {-1, 1}).output({2});
  EXPECT_THAT(refusal(pad), HasSubstr("pads dimension 0 by -1 and 1; it must be 0 or more"));
  OneOperator relu(OpKind::kRelu);
  relu.input({2}).output({3});
  EXPECT_THAT(refusal(relu), HasSubstr("output shape 3; its definition gives 2"));
}

TEST(Refused, AxesKnownOnlyAtRunTime) {
  OneOperator mean(OpKind::kMean, ReduceAttributes{.keep_dims = true});
  mean.input({2, 3}).input({1}, {}, DataType::kInt32).output({2, 1});
  EXPECT_THAT(not_modelled(mean), HasSubstr("axis is computed at run time; supported: a constant"));
}

TEST(Refused, RealModelsWithWeightsOfAnotherKind) {
  const std::string folder = models_folder();
  if (!std::filesystem::exists(folder + "/kws_ref_model_float32.tflite")) {
    GTEST_SKIP() << needs("models", folder);
  }
  const auto without_kernel = [&](const std::string& file) {
    return not_modelled(read_tflite_file(folder + "/" + file));
  };
  EXPECT_THAT(without_kernel("kws_ref_model_float32.tflite"),
              HasSubstr("float32 with int8 weights"));
}

// One field of a good graph is changed at a time.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  void mutate(Graph& graph) {
    if (pick(3) == 0) {
      mutate(graph.operators[pick(graph.operators.size())], graph.tensors.size());
    } else {
      mutate(graph.tensors[pick(graph.tensors.size())]);
    }
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }
  int number() {
    constexpr int kNumbers[] = {-2147483647 - 1, -128,      -1, 0, 1, 2, 3, 4, 7, 100,
                                65536,           2147483647};
    return kNumbers[pick(std::size(kNumbers))];
  }
  float real() {
    constexpr float kReals[] = {0.0F, -1.0F, 1e-38F, 1e-20F, 1e-4F, 0.5F, 3.0F, 1e9F, 3e38F};
    return kReals[pick(std::size(kReals))];
  }
  Activation activation() { return static_cast<Activation>(pick(6)); }
  Padding padding() { return static_cast<Padding>(pick(2)); }

  void mutate(Tensor& tensor) {
    switch (pick(6)) {
      case 0:
        tensor.type = static_cast<DataType>(pick(18));
        break;
      case 1:
        if (!tensor.shape.empty()) tensor.shape[pick(tensor.shape.size())] = number();
        break;
      case 2:
        tensor.shape.resize(pick(6), 1);
        break;
      case 3:
        tensor.quantization.scale.assign(1 + pick(3), real());
        break;
      case 4:
        tensor.quantization.zero_point.assign(1, number());
        break;
      default:
        for (std::uint8_t& byte : tensor.data) byte = static_cast<std::uint8_t>(random_());
        break;
    }
    if (pick(2) == 0) tensor.quantization.zero_point.resize(tensor.quantization.scale.size());
  }

  void mutate(Operator& op, std::size_t tensors) {
    switch (pick(4)) {
      case 0:
        if (!op.inputs.empty()) op.inputs[pick(op.inputs.size())] = static_cast<int>(pick(tensors));
        break;
      case 1:
        op.inputs.resize(pick(4), -1);
        break;
      case 2:
        op.kind = static_cast<OpKind>(pick(45));
        break;
      default:
        mutate(op.attributes);
        break;
    }
  }

  void mutate(Attributes& attributes) {
    if (auto* conv_attributes = std::get_if<ConvAttributes>(&attributes)) {
      *conv_attributes = {padding(), number(), number(),    number(),
                          number(),  number(), activation()};
    } else if (auto* pool = std::get_if<PoolAttributes>(&attributes)) {
      *pool = {padding(), number(), number(), number(), number(), activation()};
    } else if (auto* beta = std::get_if<SoftmaxAttributes>(&attributes)) {
      beta->beta = real();
    } else {
      attributes = ArithmeticAttributes{activation()};
    }
  }

  std::mt19937 random_;
};

// Either an InputError, NotModelled or an answer; anything else stops the test under the
// sanitizers.
TEST(MutatedGraphs, AreRefusedOrRun) {
  int accepted = 0;
  int refused = 0;
  int without_kernel = 0;
  for (std::uint32_t seed = 0; seed < 6000; ++seed) {
    Graph graph = seed % 3 == 0   ? testing::every_operator_graph()
                  : seed % 3 == 1 ? testing::quantize_dequantize_graph()
                                  : testing::uint8_graph();
    Mutator mutator(seed);
    mutator.mutate(graph);
    if (seed % 2 == 0) mutator.mutate(graph);
    try {
      const PreparedModel model = prepare(graph);
      std::vector<std::vector<std::uint8_t>> inputs;
      for (const int index : graph.inputs) {
        const Tensor& tensor = graph.tensors[static_cast<std::size_t>(index)];
        inputs.emplace_back(static_cast<std::size_t>(tensor.bytes()), std::uint8_t{0x93});
      }
      const Rounding rounding = seed % 4 < 2 ? Rounding::kDouble : Rounding::kSingle;
      EXPECT_EQ(evaluate(graph, model, inputs, rounding).tensors.size(), graph.tensors.size());
      ++accepted;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
      ++refused;
    } catch (const NotModelled& error) {
      EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
      ++without_kernel;
    }
  }
  EXPECT_GT(without_kernel, 50);
  EXPECT_GT(accepted, 500);
  EXPECT_GT(refused, 500);
}

}  // namespace
}  // namespace boardless::workloads
