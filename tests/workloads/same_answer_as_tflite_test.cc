// Is the host evaluator's answer TFLite's, bit for bit? Every case of the models folder's
// expected.json, in both rounding modes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/data_files.h"
#include "base/sha256.h"
#include "tests/outside_data.h"
#include "workloads/operators/prepared_model.h"
#include "workloads/operators/reference_evaluator.h"
#include "workloads/tflite/tflite.h"

namespace boardless::workloads {
namespace {

using nlohmann::json;
using Bytes = std::vector<std::uint8_t>;

const std::filesystem::path kModels = models_folder();

json read_cases() {
  std::ifstream file(kModels / "inputs" / "expected.json");
  return file ? json::parse(file) : json::array();
}

bool has_models() { return std::filesystem::exists(kModels / "inputs" / "expected.json"); }

Bytes case_bytes(const json& row) {
  const std::string input = row.at("input");
  const std::string literal = "literal int8 ";
  if (input.starts_with(literal)) {
    return {static_cast<std::uint8_t>(std::stoi(input.substr(literal.size())))};
  }
  return read_file(kModels / "inputs" / input);
}

// The model's input tensor, by the case's `to_tensor` rule.
Bytes to_tensor(const json& row) {
  const std::string rule = row.at("to_tensor");
  Bytes bytes = case_bytes(row);
  if (rule == "int8 as stored" || rule == "uint8 as stored") return bytes;
  if (rule.starts_with("int8 = bytes reinterpreted")) return bytes;
  if (rule == "int8 = u8 - 128") {
    for (std::uint8_t& byte : bytes) byte ^= 0x80U;
    return bytes;
  }
  if (rule == "float32 = u8 / 255") {
    Bytes result(bytes.size() * sizeof(float));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const float value = static_cast<float>(bytes[i]) / 255.0F;
      std::memcpy(result.data() + i * sizeof value, &value, sizeof value);
    }
    return result;
  }
  throw std::runtime_error("expected.json has a rule this test does not know: " + rule);
}

// The tensor's values, whichever of the three types it has.
std::vector<double> values(const Tensor& tensor, std::span<const std::uint8_t> bytes) {
  std::vector<double> result;
  if (tensor.type == DataType::kFloat32) {
    for (std::size_t i = 0; i + sizeof(float) <= bytes.size(); i += sizeof(float)) {
      float value = 0;
      std::memcpy(&value, bytes.data() + i, sizeof value);
      result.push_back(value);
    }
    return result;
  }
  for (const std::uint8_t byte : bytes) {
    result.push_back(tensor.type == DataType::kInt8 ? static_cast<std::int8_t>(byte) : byte);
  }
  return result;
}

// `expected` are integers, or floats written with six digits.
void expect_values(const Tensor& tensor, std::span<const std::uint8_t> bytes,
                   const json& expected) {
  const std::vector<double> actual = values(tensor, bytes);
  ASSERT_EQ(actual.size(), expected.size());
  const double tolerance = tensor.type == DataType::kFloat32 ? 1e-6 : 0.0;
  for (std::size_t i = 0; i < actual.size(); ++i) {
    EXPECT_NEAR(actual[i], expected[i].get<double>(), tolerance) << "element " << i;
  }
}

std::optional<int> softmax_input(const Graph& graph) {
  for (const Operator& op : graph.operators) {
    if (op.kind == OpKind::kSoftmax) return op.inputs[0];
  }
  return std::nullopt;
}

void expect_outputs(const Graph& graph, const Evaluation& evaluation, const json& expected) {
  const Tensor& output = graph.tensors[static_cast<std::size_t>(graph.outputs[0])];
  int compared = 0;
  if (expected.contains("logits") || expected.contains("logits_sha256")) {
    const std::optional<int> index = softmax_input(graph);
    ASSERT_TRUE(index.has_value());
    const Tensor& logits = graph.tensors[static_cast<std::size_t>(*index)];
    const Bytes& bytes = evaluation.tensors[static_cast<std::size_t>(*index)];
    SCOPED_TRACE("logits");
    if (expected.contains("logits")) {
      expect_values(logits, bytes, expected["logits"]);
    } else {
      EXPECT_EQ(sha256_hex(bytes), expected["logits_sha256"].get<std::string>());
    }
    ++compared;
  }
  SCOPED_TRACE("output");
  if (expected.contains("output")) {
    expect_values(output, evaluation.output(graph), expected["output"]);
    ++compared;
  }
  if (expected.contains("output_sha256")) {
    EXPECT_EQ(sha256_hex(evaluation.output(graph)), expected["output_sha256"].get<std::string>());
    ++compared;
  }
  EXPECT_GT(compared, 0) << "expected.json has nothing to compare with";
}

class SameAnswerAsTflite : public ::testing::TestWithParam<json> {
 protected:
  void SetUp() override {
    graph_ = read_tflite_file(kModels / std::string(GetParam().at("model")));
#ifndef NDEBUG
    constexpr std::int64_t kMostMacs = 50'000'000;
    if (macs(graph_) > kMostMacs)
      GTEST_SKIP() << "needs an optimised build: it takes minutes in this one";
#endif
    model_ = prepare(graph_);
    inputs_ = {to_tensor(GetParam())};
  }

  Graph graph_;
  PreparedModel model_;
  std::vector<Bytes> inputs_;
};

TEST_P(SameAnswerAsTflite, RoundingTwice) {
  const Evaluation evaluation = evaluate(graph_, model_, inputs_, Rounding::kDouble);
  expect_outputs(graph_, evaluation, GetParam().at("tflm_double_rounding"));
}

TEST_P(SameAnswerAsTflite, RoundingOnce) {
  const Evaluation evaluation = evaluate(graph_, model_, inputs_, Rounding::kSingle);
  expect_outputs(graph_, evaluation, GetParam().at("tflite_single_rounding"));
  if (GetParam().contains("stored_tflite_output")) {
    SCOPED_TRACE("the output TensorFlow Lite itself gave");
    const Tensor& output = graph_.tensors[static_cast<std::size_t>(graph_.outputs[0])];
    expect_values(output, evaluation.output(graph_), GetParam()["stored_tflite_output"]);
  }
}

std::string case_name(const ::testing::TestParamInfo<json>& info) {
  std::string name = std::to_string(info.index) + "_" + std::string(info.param.at("model")) + "_" +
                     std::string(info.param.at("input"));
  std::ranges::replace_if(name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SameAnswerAsTflite);
INSTANTIATE_TEST_SUITE_P(Cases, SameAnswerAsTflite, ::testing::ValuesIn(read_cases()), case_name);

TEST(SameAnswerAsTfliteCases, AreThere) {
  if (!has_models()) GTEST_SKIP() << needs("models", kModels / "inputs" / "expected.json");
  EXPECT_GE(read_cases().size(), 36U);
}

}  // namespace
}  // namespace boardless::workloads
