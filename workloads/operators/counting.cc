// Counts by shapes alone.
#include "workloads/operators/counting.h"

#include "workloads/graph/saturating.h"

namespace boardless::workloads {
namespace {

// Elements of `tensor` for each step along dimension `axis`.
std::int64_t elements_per(const Tensor& tensor, std::size_t axis) {
  return axis < tensor.shape.size() && tensor.shape[axis] > 0
             ? tensor.elements() / tensor.shape[axis]
             : 0;
}

}  // namespace

const Tensor* tensor_at(const Graph& graph, const std::vector<int>& indices, std::size_t position) {
  if (position >= indices.size() || indices[position] < 0) return nullptr;
  const auto index = static_cast<std::size_t>(indices[position]);
  return index < graph.tensors.size() ? &graph.tensors[index] : nullptr;
}

std::int64_t filter_macs(const Graph& graph, const Operator& op, const Tensor* swept,
                         std::size_t channel_axis) {
  const Tensor* filter = tensor_at(graph, op.inputs, 1);
  if (swept == nullptr || filter == nullptr) return 0;
  return saturating_multiply(swept->elements(), elements_per(*filter, channel_axis));
}

std::int64_t matrix_macs(const Graph& graph, const Operator& op, bool only_input_1) {
  const Tensor* input = tensor_at(graph, op.inputs, 0);
  if (input == nullptr) return 0;
  std::int64_t depth = 0;
  std::int64_t weights = 0;
  for (std::size_t i = 1; i < op.inputs.size(); ++i) {
    const Tensor* matrix = tensor_at(graph, op.inputs, i);
    const bool is_weight = only_input_1 ? i == 1 : matrix != nullptr && matrix->is_constant();
    if (!is_weight || matrix == nullptr || matrix->shape.size() != 2) continue;
    if (depth == 0) depth = matrix->shape[1];
    weights = saturating_add(weights, matrix->elements());
  }
  return depth > 0 ? saturating_multiply(input->elements() / depth, weights) : 0;
}

}  // namespace boardless::workloads
