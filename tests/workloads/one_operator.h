// Builds a graph of a single operator and runs it on the host, for tests whose answers are worked
// out by hand.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "workloads/graph/graph.h"
#include "workloads/operators/prepared_model.h"
#include "workloads/operators/reference_evaluator.h"

namespace boardless::workloads::testing {

struct Affine {
  float scale = 1.0F;
  std::int64_t zero_point = 0;
};

template <class T>
std::vector<std::uint8_t> as_bytes(const std::vector<T>& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(T));
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

// Bytes as int8 or uint8 values.
inline std::vector<int> as_values(DataType type, std::span<const std::uint8_t> bytes) {
  std::vector<int> values;
  for (const std::uint8_t byte : bytes) {
    values.push_back(type == DataType::kInt8 ? static_cast<std::int8_t>(byte) : byte);
  }
  return values;
}

class OneOperator {
 public:
  explicit OneOperator(OpKind kind, Attributes attributes = NoAttributes{}) {
    graph.name = "test";
    graph.operators.push_back({kind, "", {}, {}, std::move(attributes)});
  }

  OneOperator& input(std::vector<std::int32_t> shape, Affine affine = {},
                     DataType type = DataType::kInt8) {
    graph.inputs.push_back(add(tensor(type, std::move(shape), {affine})));
    op().inputs.push_back(graph.inputs.back());
    return *this;
  }

  template <class T>
  OneOperator& constant(DataType type, std::vector<std::int32_t> shape,
                        const std::vector<T>& values, const std::vector<Affine>& affines = {},
                        int axis = 0) {
    Tensor result = tensor(type, std::move(shape), affines);
    result.quantization.axis = axis;
    result.data = as_bytes(values);
    op().inputs.push_back(add(std::move(result)));
    return *this;
  }
  OneOperator& filter(std::vector<std::int32_t> shape, const std::vector<std::int8_t>& values,
                      const std::vector<Affine>& affines = {{}}, int axis = 0) {
    return constant(DataType::kInt8, std::move(shape), values, affines, axis);
  }
  OneOperator& integers(std::vector<std::int32_t> shape, const std::vector<std::int32_t>& values) {
    return constant(DataType::kInt32, std::move(shape), values);
  }
  OneOperator& absent() {
    op().inputs.push_back(-1);
    return *this;
  }

  OneOperator& output(std::vector<std::int32_t> shape, Affine affine = {},
                      DataType type = DataType::kInt8) {
    graph.outputs.push_back(add(tensor(type, std::move(shape), {affine})));
    op().outputs.push_back(graph.outputs.back());
    return *this;
  }

  Operator& op() { return graph.operators[0]; }
  Tensor& input_tensor(std::size_t i = 0) {
    return graph.tensors[static_cast<std::size_t>(op().inputs[i])];
  }
  Tensor& output_tensor() { return graph.tensors[static_cast<std::size_t>(op().outputs[0])]; }

  PreparedOperator prepared() const { return prepare(graph).operators.at(0); }

  std::vector<std::uint8_t> run_bytes(std::vector<std::vector<std::uint8_t>> inputs,
                                      Rounding rounding = Rounding::kDouble) const {
    const Evaluation evaluation = evaluate(graph, prepare(graph), inputs, rounding);
    const std::span<const std::uint8_t> output = evaluation.output(graph);
    return {output.begin(), output.end()};
  }

  // 8-bit values in, 8-bit values out.
  std::vector<int> run(const std::vector<std::vector<int>>& inputs,
                       Rounding rounding = Rounding::kDouble) {
    std::vector<std::vector<std::uint8_t>> bytes;
    for (const std::vector<int>& values : inputs) bytes.emplace_back(values.begin(), values.end());
    return as_values(output_tensor().type, run_bytes(std::move(bytes), rounding));
  }

  Graph graph;

 private:
  static Tensor tensor(DataType type, std::vector<std::int32_t> shape,
                       const std::vector<Affine>& affines) {
    Tensor result;
    result.name = "t";
    result.type = type;
    result.shape = std::move(shape);
    if (type == DataType::kFloat32) return result;
    for (const Affine& affine : affines) {
      result.quantization.scale.push_back(affine.scale);
      result.quantization.zero_point.push_back(affine.zero_point);
    }
    return result;
  }

  int add(Tensor tensor_to_add) {
    graph.tensors.push_back(std::move(tensor_to_add));
    return static_cast<int>(graph.tensors.size()) - 1;
  }
};

// What a graph is refused with, or "accepted". Of one that contradicts itself; other refusals say
// so first.
inline std::string refusal(const Graph& graph) {
  try {
    (void)prepare(graph);
  } catch (const InputError& error) {
    return error.what();
  } catch (const NotModelled& error) {
    return std::string("not modelled: ") + error.what();
  }
  return "accepted";
}
inline std::string refusal(const OneOperator& test) { return refusal(test.graph); }

}  // namespace boardless::workloads::testing
