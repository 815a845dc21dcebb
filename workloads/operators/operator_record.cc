// Collects the families' records and finds one by kind or a kernel by name.
#include "workloads/operators/operator_record.h"

#include <map>
#include <utility>

#include "base/error.h"
#include "workloads/operators/counting.h"
#include "workloads/operators/families.h"

namespace boardless::workloads {
namespace {

std::vector<const OperatorRecord*> collect() {
  std::vector<const OperatorRecord*> all;
  for (const std::span<const OperatorRecord> family :
       {convolution_operators(), matrix_operators(),          pooling_operators(),
        reduction_operators(),   arithmetic_operators(),      division_operators(),
        running_sum_operators(), comparison_operators(),      softmax_operators(),
        extreme_operators(),     elementary_operators(),      sigmoid_operators(),
        rectifier_operators(),   rescaling_operators(),       normalisation_operators(),
        reshaping_operators(),   slicing_operators(),         padding_operators(),
        permuting_operators(),   batching_operators(),        resizing_operators(),
        packing_operators(),     indexing_operators(),        filling_operators(),
        choosing_operators(),    casting_operators(),         joining_operators(),
        recurrent_operators(),   control_flow_operators(),    variable_operators(),
        signal_operators(),      transform_operators(),       filter_bank_operators(),
        framing_operators(),     circular_buffer_operators(), detection_operators(),
        custom_operators()}) {
    for (const OperatorRecord& record : family) all.push_back(&record);
  }
  return all;
}

using ByKind = std::map<std::pair<OpKind, std::string_view>, const OperatorRecord*>;

ByKind by_kind() {
  ByKind index;
  for (const OperatorRecord* record : all_operators()) {
    const bool is_new = index.emplace(std::pair(record->kind, record->custom_name), record).second;
    check(is_new, "an operator has one record");
  }
  return index;
}

// Several operators may run the same kernel.
std::map<std::string_view, const Kernel*> by_name() {
  std::map<std::string_view, const Kernel*> index;
  for (const OperatorRecord* record : all_operators()) {
    for (const Kernel& kernel : record->kernels) {
      const auto [found, is_new] = index.emplace(kernel.name.text(), &kernel);
      check(is_new || found->second->host == kernel.host, "a kernel has one answer on the host");
    }
  }
  return index;
}

}  // namespace

std::span<const OperatorRecord* const> all_operators() {
  static const std::vector<const OperatorRecord*> all = collect();
  return all;
}

const OperatorRecord* find_operator(OpKind kind, std::string_view custom_name) {
  static const ByKind index = by_kind();
  auto found = index.find({kind, custom_name});
  if (found == index.end()) found = index.find({kind, {}});
  return found == index.end() ? nullptr : found->second;
}

std::optional<KernelTypes> kernel_types(const OperatorRecord& record, const Graph& graph,
                                        const Operator& op) {
  const Tensor* input = tensor_at(graph, op.inputs, static_cast<std::size_t>(record.data_input));
  const Tensor* output = op.outputs.empty() ? input : tensor_at(graph, op.outputs, 0);
  if (input == nullptr || output == nullptr) return std::nullopt;
  KernelTypes types{input->type, output->type, {}};
  if (record.weights_input < 0) return types;
  const auto at = static_cast<std::size_t>(record.weights_input);
  if (const Tensor* weights = tensor_at(graph, op.inputs, at)) types.weights = weights->type;
  return types;
}

const Kernel* find_kernel(const OperatorRecord& record, DataType input, DataType output,
                          std::optional<DataType> weights) {
  const auto found = std::ranges::find_if(record.kernels, [&](const Kernel& kernel) {
    return kernel.input == input && kernel.output == output &&
           (!weights || !kernel.weights || kernel.weights == weights);
  });
  return found == record.kernels.end() ? nullptr : &*found;
}

std::int64_t index_limit(const Graph& graph, int tensor) {
  std::int64_t lowest = 0;
  for (const Operator& op : graph.operators) {
    const OperatorRecord* record = find_operator(op.kind);
    if (record == nullptr || record->index_limit == nullptr) continue;
    for (std::size_t i = 0; i < op.inputs.size(); ++i) {
      const std::int64_t limit = op.inputs[i] == tensor ? record->index_limit(graph, op, i) : 0;
      if (limit > 0 && (lowest == 0 || limit < lowest)) lowest = limit;
    }
  }
  return lowest;
}

const Kernel* find_kernel(std::string_view name) {
  static const std::map<std::string_view, const Kernel*> index = by_name();
  const auto found = index.find(name);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace boardless::workloads
