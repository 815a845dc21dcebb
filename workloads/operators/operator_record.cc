// Collects the families' records and finds one by kind or a kernel by name.
#include "workloads/operators/operator_record.h"

#include <map>

#include "base/error.h"
#include "workloads/operators/families.h"

namespace boardless::workloads {
namespace {

std::vector<const OperatorRecord*> collect() {
  std::vector<const OperatorRecord*> all;
  for (const std::span<const OperatorRecord> family :
       {convolution_operators(), pooling_operators(), reduction_operators(), arithmetic_operators(),
        activation_operators(), rescaling_operators(), normalisation_operators(),
        layout_operators(), joining_operators(), recurrent_operators(), custom_operators()}) {
    for (const OperatorRecord& record : family) all.push_back(&record);
  }
  return all;
}

std::map<OpKind, const OperatorRecord*> by_kind() {
  std::map<OpKind, const OperatorRecord*> index;
  for (const OperatorRecord* record : all_operators()) {
    check(index.emplace(record->kind, record).second, "an operator has one record");
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

const OperatorRecord* find_operator(OpKind kind) {
  static const std::map<OpKind, const OperatorRecord*> index = by_kind();
  const auto found = index.find(kind);
  return found == index.end() ? nullptr : found->second;
}

const Kernel* find_kernel(const OperatorRecord& record, DataType input, DataType output,
                          std::optional<DataType> weights) {
  const auto found = std::ranges::find_if(record.kernels, [&](const Kernel& kernel) {
    return kernel.input == input && kernel.output == output &&
           (!weights || !kernel.weights || kernel.weights == weights);
  });
  return found == record.kernels.end() ? nullptr : &*found;
}

const Kernel* find_kernel(std::string_view name) {
  static const std::map<std::string_view, const Kernel*> index = by_name();
  const auto found = index.find(name);
  return found == index.end() ? nullptr : found->second;
}

}  // namespace boardless::workloads
