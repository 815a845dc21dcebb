// Builds graphs and writes them.
#include "tests/cli/small_models.h"

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "workloads/graph/graph.h"
#include "workloads/tflite/tflite.h"
#include "workloads/zoo/zoo.h"

namespace boardless::cli {
namespace {

using namespace workloads;

std::string file_of(const Graph& graph) {
  const std::vector<std::uint8_t> bytes = write_tflite(graph);
  return {bytes.begin(), bytes.end()};
}

Tensor int8_tensor(const char* name, std::vector<std::int32_t> shape) {
  return {name, DataType::kInt8, std::move(shape), {{0.5F}, {0}, 0}, {}};
}

// int8 [1, 4] through RELU and RELU6.
Graph two_clamps() {
  Graph graph;
  graph.name = "clamps";
  for (const char* name : {"in", "middle", "out"}) {
    graph.tensors.push_back(int8_tensor(name, {1, 4}));
  }
  graph.operators.push_back({OpKind::kRelu, "", {0}, {1}, NoAttributes{}});
  graph.operators.push_back({OpKind::kRelu6, "", {1}, {2}, NoAttributes{}});
  graph.inputs = {0};
  graph.outputs = {2};
  return graph;
}

}  // namespace

std::string small_model() { return file_of(make_zoo_model("mnist_mlp", {{"hidden", "8"}})); }

std::string tanh_model() {
  Graph graph;
  graph.name = "tanh";
  for (const char* name : {"in", "out"}) {
    graph.tensors.push_back({name, DataType::kFloat32, {1, 4}, {}, {}});
  }
  graph.operators.push_back({OpKind::kTanh, "", {0}, {1}, NoAttributes{}});
  graph.inputs = {0};
  graph.outputs = {1};
  return file_of(graph);
}

std::string double_model() {
  Graph graph;
  graph.name = "double";
  graph.tensors = {{"in", DataType::kFloat64, {1, 4}, {}, {}},
                   {"weights", DataType::kFloat64, {2, 4}, {}, std::vector<std::uint8_t>(64)},
                   {"out", DataType::kFloat64, {1, 2}, {}, {}}};
  graph.operators.push_back(
      {OpKind::kFullyConnected, "", {0, 1, -1}, {2}, FullyConnectedAttributes{}});
  graph.inputs = {0};
  graph.outputs = {2};
  return file_of(graph);
}

std::string model_with_operator(int builtin_code) {
  std::string bytes = file_of(two_clamps());
  const auto little_endian = [](int value) {
    std::string text;
    for (int shift = 0; shift < 32; shift += 8) text += static_cast<char>(value >> shift & 0xff);
    return text;
  };
  const std::string old_code = little_endian(static_cast<int>(OpKind::kRelu6));
  const std::size_t at = bytes.find(old_code);
  if (at == std::string::npos || bytes.find(old_code, at + 1) != std::string::npos) {
    throw std::runtime_error("the operator's code is not the only such number in the file");
  }
  return bytes.replace(at, 4, little_endian(builtin_code));
}

std::string constant_output_model() {
  Graph graph = two_clamps();
  Tensor constant = int8_tensor("constant", {1, 4});
  constant.data = {1, 2, 3, 4};
  graph.tensors.push_back(constant);
  graph.outputs = {3};
  return file_of(graph);
}

std::string half_precision_output_model() {
  Graph graph = two_clamps();
  graph.tensors.push_back({"index", DataType::kFloat16, {1}, {}, {}});
  graph.inputs.push_back(3);
  graph.outputs = {3};
  return file_of(graph);
}

std::string model_with_hostile_names() {
  Graph graph = two_clamps();
  graph.tensors[1].name = "=HYPERLINK(\"http://x\")";
  graph.tensors[2].name =
      "\x1b]0;owned\x07\x9b"
      "2J\xff\u202e";
  return file_of(graph);
}

std::string huge_model() {
  Graph graph = two_clamps();
  for (Tensor& tensor : graph.tensors) tensor.shape = {1, 0x7fffffff};
  return file_of(graph);
}

std::string empty_model() {
  Graph graph = two_clamps();
  graph.operators.clear();
  graph.outputs = {0};
  return file_of(graph);
}

}  // namespace boardless::cli
