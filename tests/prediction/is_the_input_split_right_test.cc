// Do a file's bytes become the model's inputs, by the tensors' bytes or as pixels, and only where
// their number is right?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "prediction/model_input.h"

namespace boardless::prediction {
namespace {

using testing::ElementsAre;
using workloads::DataType;
using workloads::Graph;

using Bytes = std::vector<std::uint8_t>;

Graph graph_with(std::vector<std::pair<DataType, std::vector<std::int32_t>>> inputs) {
  Graph graph;
  graph.name = "net";
  for (auto& [type, shape] : inputs) {
    workloads::Tensor tensor;
    tensor.type = type;
    tensor.shape = std::move(shape);
    graph.inputs.push_back(static_cast<int>(graph.tensors.size()));
    graph.tensors.push_back(std::move(tensor));
  }
  return graph;
}

std::vector<float> floats(const Bytes& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

std::string refusal(const Graph& graph, std::size_t bytes, int invocations = 1) {
  try {
    (void)inputs_from_file(graph, Bytes(bytes), invocations);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

workloads::Inputs inputs_of_one(const Graph& graph, const Bytes& file) {
  const std::vector<workloads::Inputs> sequence = inputs_from_file(graph, file, 1);
  EXPECT_EQ(sequence.size(), 1U);
  return sequence.front();
}

TEST(InputsFromFile, AreTheTensorsBytes) {
  const Graph graph = graph_with({{DataType::kInt8, {1, 3}}});
  EXPECT_THAT(inputs_of_one(graph, Bytes{1, 0, 255}), ElementsAre(Bytes{1, 0, 255}));
}

TEST(InputsFromFile, SeveralInputsFollowOneAnother) {
  const Graph graph = graph_with(
      {{DataType::kInt8, {2}}, {DataType::kFloat32, {1}}, {DataType::kUInt8, {1, 1, 1}}});
  EXPECT_THAT(inputs_of_one(graph, Bytes{1, 2, 3, 4, 5, 6, 7}),
              ElementsAre(Bytes{1, 2}, Bytes{3, 4, 5, 6}, Bytes{7}));
}

TEST(InputsFromFile, FloatsMayComeAsFloats) {
  const Graph graph = graph_with({{DataType::kFloat32, {1, 2}}});
  const std::vector<float> values{-1.5F, 1e9F};
  Bytes file(8);
  std::memcpy(file.data(), values.data(), 8);
  EXPECT_EQ(floats(inputs_of_one(graph, file).at(0)), values);
}

TEST(InputsFromFile, FloatsMayComeAsPixels) {
  const Graph graph = graph_with({{DataType::kFloat32, {1, 4}}});
  EXPECT_THAT(floats(inputs_of_one(graph, Bytes{0, 255, 51, 128}).at(0)),
              ElementsAre(0.0F, 1.0F, 51.0F / 255.0F, 128.0F / 255.0F));
}

TEST(InputsFromFile, AWrongSizeIsRefusedWithTheRightOnes) {
  const Graph bytes = graph_with({{DataType::kInt8, {1, 10}}});
  for (const std::size_t size : {0, 9, 11, 40}) {
    EXPECT_EQ(refusal(bytes, size),
              "the input file has " + std::to_string(size) + " bytes; net takes 10");
  }
  const Graph pixels = graph_with({{DataType::kFloat32, {1, 10}}});
  EXPECT_EQ(refusal(pixels, 11), "the input file has 11 bytes; net takes 40 (or 10 pixels)");
  // Pixels of which input would be unclear.
  const Graph two = graph_with({{DataType::kFloat32, {10}}, {DataType::kFloat32, {10}}});
  EXPECT_EQ(refusal(two, 20), "the input file has 20 bytes; net takes 80");
}

TEST(InputsFromFile, OfSeveralInvocationsFollowOneAnother) {
  const Graph graph = graph_with({{DataType::kInt8, {2}}, {DataType::kInt8, {1}}});
  EXPECT_THAT(inputs_from_file(graph, Bytes{1, 2, 3, 4, 5, 6}, 2),
              ElementsAre(ElementsAre(Bytes{1, 2}, Bytes{3}), ElementsAre(Bytes{4, 5}, Bytes{6})));
  EXPECT_THAT(inputs_from_file(graph, Bytes{1, 2, 3}, 2),
              ElementsAre(ElementsAre(Bytes{1, 2}, Bytes{3})));
  EXPECT_EQ(refusal(graph, 9, 2), "the input file has 9 bytes; net takes 3, or 2 times that");
  const Graph pixels = graph_with({{DataType::kFloat32, {1, 2}}});
  EXPECT_THAT(inputs_from_file(pixels, Bytes{0, 255, 51, 0, 0, 51}, 3), testing::SizeIs(3));
}

TEST(RandomInputs, AreTheSameEachTimeAndNotConstant) {
  const Graph graph = graph_with({{DataType::kInt8, {1, 4096}}, {DataType::kFloat32, {1, 1000}}});
  const std::vector<Bytes> inputs = random_inputs(graph);
  EXPECT_EQ(inputs, random_inputs(graph));
  ASSERT_EQ(inputs.size(), 2U);
  ASSERT_EQ(inputs[0].size(), 4096U);
  std::vector<int> seen(256);
  for (const std::uint8_t byte : inputs[0]) ++seen[byte];
  EXPECT_THAT(seen, testing::Each(testing::AllOf(testing::Gt(0), testing::Lt(50))));
  const std::vector<float> values = floats(inputs[1]);
  ASSERT_EQ(values.size(), 1000U);
  EXPECT_THAT(values, testing::Each(testing::AllOf(testing::Ge(0.0F), testing::Lt(1.0F))));
  EXPECT_LT(*std::ranges::min_element(values), 0.01F);
  EXPECT_GT(*std::ranges::max_element(values), 0.99F);
}

}  // namespace
}  // namespace boardless::prediction
