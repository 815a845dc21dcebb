// Do the zoo's networks have the published size, and operator for operator the reference's
// topology?
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/outside_data.h"
#include "workloads/tflite/tflite.h"
#include "workloads/zoo/network.h"
#include "workloads/zoo/topology.h"

namespace boardless::workloads {
namespace {

using Settings = std::map<std::string, std::string>;

Graph topology(const std::string& name, const Settings& settings = {}) {
  const ZooNetwork network = find_zoo_network(name);
  return build_zoo_topology(network, parameter_values(network, settings)).graph;
}

struct Size {
  std::string name;
  Settings settings;
  std::int64_t macs;
  std::int64_t parameters;
};

class ZooSize : public testing::TestWithParam<Size> {};

TEST_P(ZooSize, IsThePublishedOne) {
  const Graph graph = topology(GetParam().name, GetParam().settings);
  EXPECT_EQ(macs(graph), GetParam().macs);
  EXPECT_EQ(parameters(graph), GetParam().parameters);
}

INSTANTIATE_TEST_SUITE_P(
    Networks, ZooSize,
    testing::Values(
        Size{"ic", {}, 12'501'632, 77'706}, Size{"vww", {}, 7'489'664, 210'850},
        Size{"kws", {}, 2'656'768, 22'604}, Size{"ad", {}, 264'192, 265'864},
        Size{"mnist_mlp", {}, 50'816, 50'890},
        Size{"mobilenet_v1", {{"width", "0.25"}, {"resolution", "128"}}, 13'570'304, 467'593},
        // 567,716,352 and 3,196,032 without the classifier, which adds 1024 * 1001 (+ 1001 biases).
        Size{"mobilenet_v1", {}, 568'741'376, 4'222'057},
        Size{"mobilenet_v2", {}, 300'775'552, 3'489'097},
        // As the files hold them that the networks' sources name. Two layers of microWakeWord's
        // share their biases.
        Size{"dtln", {}, 361'088, 362'369}, Size{"rnnoise", {}, 86'952, 88'007},
        Size{"svdf_kws", {}, 21'056, 21'474}, Size{"microwakeword", {}, 24'096, 24'577 + 32},
        Size{"mcunet_vww", {}, 5'958'400, 363'858}),
    [](const testing::TestParamInfo<Size>& instance) {
      return fmt::format("{}_{}", instance.param.name, instance.index);
    });

std::string attributes_text(const Attributes& attributes) {
  if (const auto* conv = std::get_if<ConvAttributes>(&attributes)) {
    return fmt::format("padding {} stride {}x{} dilation {}x{} multiplier {} activation {}",
                       static_cast<int>(conv->padding), conv->stride_h, conv->stride_w,
                       conv->dilation_h, conv->dilation_w, conv->depth_multiplier,
                       static_cast<int>(conv->activation));
  }
  if (const auto* pool = std::get_if<PoolAttributes>(&attributes)) {
    return fmt::format("padding {} stride {}x{} filter {}x{} activation {}",
                       static_cast<int>(pool->padding), pool->stride_h, pool->stride_w,
                       pool->filter_h, pool->filter_w, static_cast<int>(pool->activation));
  }
  if (const auto* dense = std::get_if<FullyConnectedAttributes>(&attributes)) {
    return fmt::format("activation {} keep {}", static_cast<int>(dense->activation),
                       dense->keep_num_dims);
  }
  if (const auto* sum = std::get_if<ArithmeticAttributes>(&attributes)) {
    return fmt::format("activation {}", static_cast<int>(sum->activation));
  }
  if (const auto* softmax = std::get_if<SoftmaxAttributes>(&attributes)) {
    return fmt::format("beta {}", softmax->beta);
  }
  return "";
}

// One line per operator: kind, attributes, where each input comes from, and every shape.
std::vector<std::string> describe(const Graph& graph) {
  std::map<int, std::string> origin;
  for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
    origin[graph.inputs[i]] = fmt::format("input {}", i);
  }
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const Operator& op = graph.operators[i];
    std::string line =
        fmt::format("{} {} {}:", i, operator_name(op.kind), attributes_text(op.attributes));
    for (const int input : op.inputs) {
      if (input < 0) continue;
      const Tensor& tensor = graph.tensors[static_cast<std::size_t>(input)];
      if (tensor.is_variable) origin.emplace(input, "variable");
      line +=
          fmt::format(" {} {}", tensor.is_constant() ? "constant" : origin.at(input), tensor.shape);
    }
    for (const int output : op.outputs) {
      line += fmt::format(" -> {}", graph.tensors[static_cast<std::size_t>(output)].shape);
      origin[output] = fmt::format("operator {}", i);
    }
    lines.push_back(line);
  }
  for (const int output : graph.outputs) lines.push_back("output of " + origin.at(output));
  return lines;
}

struct Reference {
  std::string name;
  Settings settings;
  std::string file;
};

class ZooReference : public testing::TestWithParam<Reference> {};

TEST_P(ZooReference, HasTheSameOperatorsShapesAndStrides) {
  const std::filesystem::path file = models_folder() / GetParam().file;
  if (!std::filesystem::exists(file)) GTEST_SKIP() << needs("models", file);
  const std::vector<std::string> expected = describe(read_tflite_file(file));
  const std::vector<std::string> actual = describe(topology(GetParam().name, GetParam().settings));
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) EXPECT_EQ(actual[i], expected[i]);
}

INSTANTIATE_TEST_SUITE_P(
    Networks, ZooReference,
    testing::Values(Reference{"ic", {}, "ic_pretrainedResnet_quant.tflite"},
                    Reference{"vww", {}, "vww_96_int8.tflite"},
                    Reference{"kws", {}, "kws_ref_model.tflite"},
                    Reference{"mnist_mlp", {}, "riot_mnist_mlp.tflite"},
                    Reference{"dtln", {}, "tflm_dtln_noise_suppression.tflite"},
                    Reference{"mobilenet_v1",
                              {{"width", "0.25"}, {"resolution", "128"}},
                              "mobilenet_v1_0.25_128_quant.tflite"},
                    Reference{"mobilenet_v2", {}, "mobilenet_v2_1.0_224_quant.tflite"}),
    [](const testing::TestParamInfo<Reference>& instance) { return instance.param.name; });

// No .tflite of this one is at hand, so its ten layers stand here.
TEST(ZooTopology, AdIsTheMlperfAutoencoder) {
  const Graph graph = topology("ad");
  const std::vector<int> units{128, 128, 128, 128, 8, 128, 128, 128, 128, 640};
  ASSERT_EQ(graph.operators.size(), units.size());
  int depth = 640;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Operator& op = graph.operators[i];
    EXPECT_EQ(op.kind, OpKind::kFullyConnected);
    EXPECT_EQ(graph.tensors[static_cast<std::size_t>(op.inputs[1])].shape,
              (std::vector<std::int32_t>{units[i], depth}));
    EXPECT_EQ(std::get<FullyConnectedAttributes>(op.attributes).activation,
              i + 1 < units.size() ? Activation::kRelu : Activation::kNone);
    depth = units[i];
  }
}

TEST(ZooTopology, ScalingRoundsToMultiplesOfEightButNotBelowNineTenths) {
  const Graph graph = topology("mobilenet_v2", {{"width", "0.35"}, {"resolution", "96"}});
  std::vector<std::int32_t> projections;
  for (const Operator& op : graph.operators) {
    const auto* conv = std::get_if<ConvAttributes>(&op.attributes);
    if (op.kind != OpKind::kConv2D || conv->activation != Activation::kNone) continue;
    projections.push_back(graph.tensors[static_cast<std::size_t>(op.outputs[0])].shape[3]);
  }
  // 0.35 times 16, 24, 32 (thrice), 64 (4), 96 (3), 160 (3), 320, then the classifier.
  EXPECT_EQ(projections, (std::vector<std::int32_t>{8, 8, 8, 16, 16, 16, 24, 24, 24, 24, 32, 32, 32,
                                                    56, 56, 56, 112, 1001}));
  // The layer before the classifier does not shrink.
  EXPECT_EQ(
      graph
          .tensors[static_cast<std::size_t>(graph.operators[graph.operators.size() - 5].outputs[0])]
          .shape,
      (std::vector<std::int32_t>{1, 3, 3, 1280}));
}

}  // namespace
}  // namespace boardless::workloads
