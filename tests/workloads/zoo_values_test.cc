// Do a generated network's tensors carry information: no layer faded, saturated or blind to its
// input?
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "workloads/operators/prepared_model.h"
#include "workloads/operators/reference_evaluator.h"
#include "workloads/zoo/seeded_random.h"
#include "workloads/zoo/zoo.h"

namespace boardless::workloads {
namespace {

struct Network {
  std::string name;
  std::map<std::string, std::string> settings;
};

// Bytes that calibration has not seen, uniform over the input's range.
std::vector<std::uint8_t> random_input(const Graph& graph, std::uint64_t seed) {
  const Tensor& input = graph.tensors[static_cast<std::size_t>(graph.inputs[0])];
  SeededRandom random(seed);
  std::vector<std::uint8_t> bytes;
  for (std::int64_t i = 0; i < input.elements(); ++i) {
    const std::int8_t value = random.int8();
    if (input.type == DataType::kInt8) {
      bytes.push_back(static_cast<std::uint8_t>(value));
      continue;
    }
    const float real = static_cast<float>(value + 128) / 255.0F;
    std::array<std::uint8_t, sizeof real> raw{};
    std::memcpy(raw.data(), &real, sizeof real);
    bytes.insert(bytes.end(), raw.begin(), raw.end());
  }
  return bytes;
}

struct Spread {
  int lowest = 127, highest = -128;
  double share_at_lowest = 0, share_at_highest = 0;  // of the type, not of what occurred
};

Spread spread_of(const std::vector<std::uint8_t>& bytes) {
  Spread spread;
  for (const std::uint8_t byte : bytes) {
    const int value = static_cast<std::int8_t>(byte);
    spread.lowest = std::min(spread.lowest, value);
    spread.highest = std::max(spread.highest, value);
    spread.share_at_lowest += value == -128 ? 1 : 0;
    spread.share_at_highest += value == 127 ? 1 : 0;
  }
  spread.share_at_lowest /= static_cast<double>(bytes.size());
  spread.share_at_highest /= static_cast<double>(bytes.size());
  return spread;
}

void PrintTo(const Network& network, std::ostream* out) { *out << network.name; }

using Tensors = std::vector<std::vector<std::uint8_t>>;

void expect_healthy_spread(const Graph& graph, const Tensors& values) {
  constexpr std::int64_t kEnoughToJudge = 64;
  for (const Operator& op : graph.operators) {
    const auto index = static_cast<std::size_t>(op.outputs[0]);
    const Tensor& tensor = graph.tensors[index];
    if (tensor.type != DataType::kInt8 || op.kind == OpKind::kSoftmax) continue;
    if (tensor.elements() < kEnoughToJudge) continue;
    const Spread spread = spread_of(values[index]);
    EXPECT_LT(spread.share_at_highest, 0.05) << tensor.name;
    const bool rectified = tensor.quantization.zero_point[0] == -128;
    EXPECT_LT(spread.share_at_lowest, rectified ? 0.75 : 0.05) << tensor.name;
    // Means over many positions cover less of the range that their input needs.
    const bool averaged = tensor.shape.size() < 4 || tensor.shape[1] * tensor.shape[2] == 1;
    EXPECT_GT(spread.highest - spread.lowest, averaged ? 16 : 100) << tensor.name;
  }
}

void expect_dependence_on_the_input(const Graph& graph, const Tensors& first,
                                    const Tensors& second) {
  for (const Operator& op : graph.operators) {
    if (op.kind == OpKind::kSoftmax || op.kind == OpKind::kDequantize) continue;
    const auto index = static_cast<std::size_t>(op.outputs[0]);
    EXPECT_NE(first[index], second[index]) << graph.tensors[index].name;
  }
}

// A softmax that is all one class, or the same for all, would hide every error before it.
void expect_competing_classes(const Graph& graph, const Tensors& values) {
  for (const Operator& op : graph.operators) {
    if (op.kind != OpKind::kSoftmax) continue;
    const Spread spread = spread_of(values[static_cast<std::size_t>(op.outputs[0])]);
    EXPECT_LT(spread.highest, 127);
    EXPECT_GT(spread.highest - spread.lowest, 1);
  }
}

class ZooValues : public testing::TestWithParam<Network> {};

TEST_P(ZooValues, AreNeitherFadedNorSaturatedNorBlindToTheInput) {
  const Graph graph = make_zoo_model(GetParam().name, GetParam().settings);
  const PreparedModel model = prepare(graph);
  const auto run = [&](std::uint64_t seed) {
    const Tensors inputs{random_input(graph, seed)};
    return evaluate(graph, model, inputs).tensors;
  };
  const Tensors first = run(1);
  const Tensors second = run(2);
  expect_healthy_spread(graph, first);
  expect_dependence_on_the_input(graph, first, second);
  expect_competing_classes(graph, first);
}

INSTANTIATE_TEST_SUITE_P(
    Networks, ZooValues,
    testing::Values(Network{"ic", {}}, Network{"kws", {}}, Network{"vww", {}}, Network{"ad", {}},
                    Network{"mnist_mlp", {}}, Network{"micronet_kws_s", {}},
                    Network{"mcunet_vww", {}},
                    Network{"mobilenet_v1", {{"width", "0.25"}, {"resolution", "64"}}},
                    Network{"mobilenet_v2", {{"width", "0.35"}, {"resolution", "64"}}}),
    [](const testing::TestParamInfo<Network>& instance) { return instance.param.name; });

}  // namespace
}  // namespace boardless::workloads
