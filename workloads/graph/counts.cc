// Multiply-accumulates and parameters of a graph, by its operators' records.
#include "workloads/graph/graph.h"
#include "workloads/graph/saturating.h"
#include "workloads/operators/counting.h"
#include "workloads/operators/operator_record.h"

namespace boardless::workloads {
namespace {

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

std::int64_t macs(const Graph& graph, const Operator& op) {
  const OperatorRecord* record = find_operator(op);
  return record == nullptr || record->macs == nullptr ? 0 : record->macs(graph, op);
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
