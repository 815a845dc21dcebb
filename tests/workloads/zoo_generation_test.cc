// Is a generated network the same for the same seed, valid, and another for another seed or
// setting?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/sha256.h"
#include "workloads/tflite/tflite.h"
#include "workloads/zoo/zoo.h"

namespace boardless::workloads {
namespace {

TEST(ZooGeneration, SameSeedSameBytesOtherSeedOtherBytes) {
  const auto bytes = [](std::uint64_t seed) {
    return write_tflite(make_zoo_model("kws", {{"width", "0.25"}}, seed));
  };
  const std::vector<std::uint8_t> first = bytes(7);
  EXPECT_EQ(first, bytes(7));
  EXPECT_NE(first, bytes(8));
}

// Pins the generator: every machine and build must come to these weights, biases and scales. A
// change here changes every network that anybody made from the zoo.
TEST(ZooGeneration, BytesAreTheSameOnEveryMachine) {
  const auto digest = [](const Graph& graph) {
    std::vector<std::uint8_t> bytes;
    for (const Tensor& tensor : graph.tensors) {
      bytes.insert(bytes.end(), tensor.data.begin(), tensor.data.end());
      for (const float scale : tensor.quantization.scale) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &scale, sizeof bits);
        for (int shift = 0; shift < 32; shift += 8) {
          bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
        }
      }
      for (const std::int64_t zero_point : tensor.quantization.zero_point) {
        bytes.push_back(static_cast<std::uint8_t>(zero_point));
      }
    }
    return sha256_hex(bytes);
  };
  EXPECT_EQ(digest(make_zoo_model("kws")),
            "c294e3b2645a50e6b0ae95053aee2f71bf6b013a78465510b0599e173976e264");
  EXPECT_EQ(digest(make_zoo_model("ic", {{"width", "0.5"}})),
            "7d60f0a72391a500e1707b284cb1e0ecbbe42f6d63bdc7c9041ddf867ae8f7bf");
}

TEST(ZooGeneration, EntriesAreSortedAndGiveTheirDefaults) {
  const std::vector<ZooEntry> entries = zoo_entries();
  std::vector<std::string> names;
  for (const ZooEntry& entry : entries) {
    names.push_back(entry.name);
    EXPECT_FALSE(entry.description.empty());
  }
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_THAT(names, testing::IsSupersetOf({"ad", "ic", "kws", "mnist_mlp", "mobilenet_v1",
                                            "mobilenet_v2", "resnet50_v1", "vgg16", "vww"}));
  EXPECT_THAT(names, testing::Not(testing::Contains("vgg")));  // a file of variants
  const auto vww = std::find_if(entries.begin(), entries.end(),
                                [](const ZooEntry& entry) { return entry.name == "vww"; });
  ASSERT_NE(vww, entries.end());
  EXPECT_THAT(vww->parameters,
              testing::ElementsAre(testing::Pair("classes", "2"), testing::Pair("resolution", "96"),
                                   testing::Pair("width", "0.25")));
}

TEST(ZooGeneration, SettingsChangeTheNetwork) {
  const Graph half = make_zoo_model("kws", {{"width", "0.5"}, {"classes", "4"}});
  EXPECT_EQ(half.tensors[static_cast<std::size_t>(half.outputs[0])].shape,
            (std::vector<std::int32_t>{1, 4}));
  EXPECT_EQ(half.tensors[static_cast<std::size_t>(half.operators[0].outputs[0])].shape,
            (std::vector<std::int32_t>{1, 25, 5, 32}));
  EXPECT_LT(macs(half), 2'656'768 / 2);
}

class ZooQuantisation : public testing::TestWithParam<std::string> {};

// What TFLite's int8 specification asks of scales, zero points and biases.
TEST_P(ZooQuantisation, FollowsTheInt8Rules) {
  const Graph graph = make_zoo_model(GetParam());
  const auto tensor = [&](int index) -> const Tensor& {
    return graph.tensors[static_cast<std::size_t>(index)];
  };
  for (const Operator& op : graph.operators) {
    const Tensor& output = tensor(op.outputs[0]);
    const Quantization& input = tensor(op.inputs[0]).quantization;
    if (output.type == DataType::kFloat32) {
      EXPECT_TRUE(output.quantization.scale.empty());
      continue;
    }
    ASSERT_EQ(output.quantization.scale.size(), 1U) << output.name;
    EXPECT_GT(output.quantization.scale[0], 0) << output.name;
    if (op.kind == OpKind::kReshape || op.kind == OpKind::kAveragePool2D) {
      EXPECT_EQ(output.quantization.scale, input.scale);
      EXPECT_EQ(output.quantization.zero_point, input.zero_point);
    }
    if (op.kind == OpKind::kSoftmax) {
      EXPECT_EQ(output.quantization.scale[0], 1.0F / 256);
      EXPECT_EQ(output.quantization.zero_point[0], -128);
    }
    const bool depthwise = op.kind == OpKind::kDepthwiseConv2D;
    const bool convolution = op.kind == OpKind::kConv2D || depthwise;
    if (!convolution && op.kind != OpKind::kFullyConnected) continue;
    const Quantization& weights = tensor(op.inputs[1]).quantization;
    const Quantization& bias = tensor(op.inputs[2]).quantization;
    const auto channels = static_cast<std::size_t>(output.shape.back());
    EXPECT_EQ(weights.scale.size(), convolution ? channels : 1U);
    EXPECT_EQ(weights.axis, depthwise ? 3 : 0);
    ASSERT_EQ(bias.scale.size(), weights.scale.size());
    EXPECT_THAT(weights.zero_point, testing::Each(0));
    EXPECT_THAT(bias.zero_point, testing::Each(0));
    for (std::size_t c = 0; c < weights.scale.size(); ++c) {
      EXPECT_FLOAT_EQ(bias.scale[c], input.scale[0] * weights.scale[c]);
    }
    // Symmetric weights use the whole range but -128.
    const std::vector<std::uint8_t>& data = tensor(op.inputs[1]).data;
    int largest = 0;
    for (const std::uint8_t byte : data) {
      const int weight = static_cast<std::int8_t>(byte);
      EXPECT_NE(weight, -128);
      largest = std::max(largest, std::abs(weight));
    }
    EXPECT_EQ(largest, 127);
  }
}

INSTANTIATE_TEST_SUITE_P(Networks, ZooQuantisation,
                         testing::Values("ic", "kws", "vww", "ad", "mnist_mlp", "micronet_kws_s",
                                         "mcunet_vww"));

// The file that TFLite would load says the same as the graph in memory.
TEST(ZooGeneration, SurvivesTheFileFormat) {
  const Graph graph = make_zoo_model("mnist_mlp");
  const std::vector<std::uint8_t> bytes = write_tflite(graph);
  const Graph read = read_tflite(bytes, "mnist_mlp");
  EXPECT_EQ(write_tflite(read), bytes);
  EXPECT_EQ(macs(read), macs(graph));
  ASSERT_EQ(read.operators.size(), graph.operators.size());
}

}  // namespace
}  // namespace boardless::workloads
