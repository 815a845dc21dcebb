// Finds operators and types without kernels.
#include "workloads/operators/blocking.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>

#include "workloads/graph/graph_checks.h"
#include "workloads/operators/counting.h"
#include "workloads/operators/operator_record.h"

namespace boardless::workloads {
namespace {

std::string full_name(const Operator& op) {
  std::string name(operator_name(op.kind));
  return op.custom_name.empty() ? name : name + ' ' + printable(op.custom_name);
}

// Whether any operator computes with `type`; moving bytes is no computing.
bool is_computed_with(DataType type) {
  return std::ranges::any_of(all_operators(), [&](const OperatorRecord* record) {
    return record->layer_class != LayerClass::kMovement &&
           record->layer_class != LayerClass::kView && find_kernel(*record, type, type) != nullptr;
  });
}

bool is_real(const Tensor& tensor) {
  return element_type(tensor.type).is_float || !tensor.quantization.scale.empty();
}

// The types for which a runnable operator lacks a kernel.
std::optional<std::string> missing_types(const OperatorRecord& record, const KernelTypes& types) {
  const auto [input, output, weights] = types;
  if (find_kernel(record, input, output, weights) != nullptr) return std::nullopt;
  if (find_kernel(record, input, output) != nullptr) {
    return fmt::format("{} with {} weights", data_type_name(input), data_type_name(*weights));
  }
  const bool takes_input = std::ranges::count(record.kernels, input, &Kernel::input) > 0;
  if (!takes_input || input == output) return std::string(data_type_name(input));
  return fmt::format("{} to {}", data_type_name(input), data_type_name(output));
}

std::vector<Blocking::Count> sorted(const std::map<std::string, int>& counts) {
  std::vector<Blocking::Count> result;
  for (const auto& [name, count] : counts) result.push_back({name, count});
  std::ranges::sort(result, [](const Blocking::Count& a, const Blocking::Count& b) {
    return a.count != b.count ? a.count > b.count : a.name < b.name;
  });
  return result;
}

}  // namespace

Blocking find_blocking(const Graph& graph) {
  std::map<std::string, int> operators, types;
  for (const Operator& op : graph.operators) {
    const OperatorRecord* record = find_operator(op);
    const bool is_run = record != nullptr && record->is_run();
    if (!is_run) ++operators[full_name(op)];
    if (is_run && record->prepare == nullptr) continue;
    const auto found =
        kernel_types(record == nullptr ? OperatorRecord{.kind = op.kind} : *record, graph, op);
    if (!found) continue;
    const auto at = static_cast<std::size_t>(record == nullptr ? 0 : record->data_input);
    const Tensor* input = tensor_at(graph, op.inputs, at);
    if (is_run) {
      if (const auto missing = missing_types(*record, *found)) ++types[*missing];
    } else if (is_real(*input) && !is_computed_with(input->type)) {
      ++types[std::string(data_type_name(input->type))];
    }
  }
  return {sorted(operators), sorted(types)};
}

std::string Blocking::text() const {
  std::vector<std::string> parts;
  if (!operators.empty()) {
    std::vector<std::string> names;
    for (const Count& op : operators) names.push_back(fmt::format("{} ({})", op.name, op.count));
    parts.push_back(
        fmt::format("operator{} {}", names.size() > 1 ? "s" : "", fmt::join(names, ", ")));
  }
  if (!types.empty()) {
    std::vector<std::string> names;
    for (const Count& type : types) names.push_back(type.name);
    parts.push_back(fmt::format("type{} {}", names.size() > 1 ? "s" : "", fmt::join(names, ", ")));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace boardless::workloads
