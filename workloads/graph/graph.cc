// Sizes, multiply-accumulates and parameters of a graph.
#include "workloads/graph/graph.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

#include "base/error.h"

namespace boardless::workloads {
namespace {

const Tensor* tensor_at(const Graph& graph, const std::vector<int>& indices, std::size_t position) {
  if (position >= indices.size() || indices[position] < 0) return nullptr;
  return &graph.tensors[static_cast<std::size_t>(indices[position])];
}

// Sums of counts from a hostile file stay defined.
std::int64_t saturating_add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

std::int64_t saturating_multiply(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::int64_t>::max()
                                                : product;
}

// Elements of `tensor` for each step along dimension `axis`.
std::int64_t elements_per(const Tensor& tensor, std::size_t axis) {
  return axis < tensor.shape.size() && tensor.shape[axis] > 0
             ? tensor.elements() / tensor.shape[axis]
             : 0;
}

// CONV_2D, CONV_3D and TRANSPOSE_CONV have filters of [output channel][tap]…[input channel],
// DEPTHWISE_CONV_2D of [1][tap]…[output channel]: every element of `swept` uses each tap of one
// filter once.
std::int64_t filter_macs(const Tensor* swept, const Tensor* filter, std::size_t channel_axis) {
  if (swept == nullptr || filter == nullptr) return 0;
  return saturating_multiply(swept->elements(), elements_per(*filter, channel_axis));
}

// FULLY_CONNECTED, SVDF and the recurrent operators multiply each weight matrix (a constant of rank
// 2; the first one's rows have the input's depth) with a vector once per batch and time step.
std::int64_t matrix_macs(const Graph& graph, const Operator& op) {
  const Tensor* input = tensor_at(graph, op.inputs, 0);
  if (input == nullptr) return 0;
  std::int64_t depth = 0;
  std::int64_t weights = 0;
  for (std::size_t i = 1; i < op.inputs.size(); ++i) {
    const Tensor* matrix = tensor_at(graph, op.inputs, i);
    // A matrix computed at run time is a weight where the definition has one: FULLY_CONNECTED's.
    const bool is_weight =
        op.kind == OpKind::kFullyConnected ? i == 1 : matrix != nullptr && matrix->is_constant();
    if (!is_weight || matrix == nullptr || matrix->shape.size() != 2) continue;
    if (depth == 0) depth = matrix->shape[1];
    weights = saturating_add(weights, matrix->elements());
  }
  return depth > 0 ? saturating_multiply(input->elements() / depth, weights) : 0;
}

// Elements of the operator's weights and biases that `counted` (by tensor) does not have yet.
std::int64_t uncounted_parameters(const Graph& graph, const Operator& op,
                                  std::vector<bool>& counted) {
  if (macs(graph, op) == 0) return 0;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < op.inputs.size(); ++i) {
    const Tensor* tensor = tensor_at(graph, op.inputs, i);
    if (tensor == nullptr || !tensor->is_constant()) continue;
    const auto index = static_cast<std::size_t>(op.inputs[i]);
    if (!counted[index]) sum += tensor->elements();
    counted[index] = true;
  }
  return sum;
}

}  // namespace

std::string_view data_type_name(DataType type) {
  switch (type) {
    case DataType::kFloat32:
      return "float32";
    case DataType::kFloat16:
      return "float16";
    case DataType::kInt32:
      return "int32";
    case DataType::kUInt8:
      return "uint8";
    case DataType::kInt64:
      return "int64";
    case DataType::kString:
      return "string";
    case DataType::kBool:
      return "bool";
    case DataType::kInt16:
      return "int16";
    case DataType::kComplex64:
      return "complex64";
    case DataType::kInt8:
      return "int8";
    case DataType::kFloat64:
      return "float64";
    case DataType::kComplex128:
      return "complex128";
    case DataType::kUInt64:
      return "uint64";
    case DataType::kResource:
      return "resource";
    case DataType::kVariant:
      return "variant";
    case DataType::kUInt32:
      return "uint32";
    case DataType::kUInt16:
      return "uint16";
    case DataType::kInt4:
      return "int4";
  }
  return "unknown";
}

int data_type_size(DataType type) {
  switch (type) {
    case DataType::kInt8:
    case DataType::kUInt8:
    case DataType::kBool:
    case DataType::kInt4:
      return 1;
    case DataType::kInt16:
    case DataType::kUInt16:
    case DataType::kFloat16:
      return 2;
    case DataType::kInt32:
    case DataType::kUInt32:
    case DataType::kFloat32:
      return 4;
    case DataType::kInt64:
    case DataType::kUInt64:
    case DataType::kFloat64:
    case DataType::kComplex64:
      return 8;
    case DataType::kComplex128:
      return 16;
    case DataType::kString:
    case DataType::kResource:
    case DataType::kVariant:
      return 0;
  }
  return 0;
}

std::int64_t Tensor::elements() const {
  std::int64_t product = 1;
  for (const std::int32_t extent : shape) {
    if (extent <= 0) return 0;
    product *= extent;
  }
  return product;
}

std::string shape_text(const Tensor& tensor) {
  return tensor.shape.empty() ? "scalar" : fmt::format("{}", fmt::join(tensor.shape, "x"));
}

void require_contents(const Graph& graph, std::string_view purpose) {
  for (const Tensor& tensor : graph.tensors) {
    if (!tensor.shape_only) continue;
    throw InputError(
        fmt::format("{}: constant '{}' was made for its shape only and has no contents, which {} "
                    "needs",
                    graph.name, tensor.name, purpose));
  }
}

std::int64_t macs(const Graph& graph, const Operator& op) {
  const Tensor* second = tensor_at(graph, op.inputs, 1);
  const Tensor* output = tensor_at(graph, op.outputs, 0);
  switch (op.kind) {
    case OpKind::kConv2D:
      return filter_macs(output, second, 0);
    case OpKind::kDepthwiseConv2D:
      return filter_macs(output, second, 3);
    case OpKind::kConv3D:  // its filter is [depth][height][width][input channel][output channel]
      return filter_macs(output, second, 4);
    case OpKind::kTransposeConv:  // input 0 is the output shape; each input element is spread
      return filter_macs(tensor_at(graph, op.inputs, 2), second, 3);
    case OpKind::kFullyConnected:
    case OpKind::kSvdf:
    case OpKind::kLstm:
    case OpKind::kRnn:
    case OpKind::kUnidirectionalSequenceRnn:
    case OpKind::kUnidirectionalSequenceLstm:
    case OpKind::kBidirectionalSequenceRnn:
    case OpKind::kBidirectionalSequenceLstm:
      return matrix_macs(graph, op);
    default:
      return 0;
  }
}

std::int64_t macs(const Graph& graph) {
  std::int64_t sum = 0;
  for (const Operator& op : graph.operators) sum = saturating_add(sum, macs(graph, op));
  return sum;
}

std::int64_t parameters(const Graph& graph, const Operator& op) {
  std::vector<bool> counted(graph.tensors.size());
  return uncounted_parameters(graph, op, counted);
}

std::int64_t parameters(const Graph& graph) {
  std::vector<bool> counted(graph.tensors.size());
  std::int64_t sum = 0;
  for (const Operator& op : graph.operators) sum += uncounted_parameters(graph, op, counted);
  return sum;
}

}  // namespace boardless::workloads
