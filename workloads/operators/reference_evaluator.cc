// Allocates a graph's tensors on the host and runs its operators one after the other.
#include "workloads/operators/reference_evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "workloads/graph/graph_checks.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_record.h"

namespace boardless::workloads {
namespace {

HostAnswer host_answer(const PreparedOperator& op) {
  const Kernel* kernel = find_kernel(op.kernel);
  check(kernel != nullptr, "prepare() chooses kernels that an operator's record has");
  return kernel->host;
}

void check_inputs(const Graph& graph, const Inputs& inputs) {
  if (inputs.size() != graph.inputs.size()) {
    throw InputError(fmt::format("{}: {} inputs given, the model has {}", graph.name, inputs.size(),
                                 graph.inputs.size()));
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto bytes = graph.tensors[static_cast<std::size_t>(graph.inputs[i])].bytes();
    if (inputs[i].size() == static_cast<std::size_t>(bytes)) continue;
    throw InputError(fmt::format("{}: input {} is {} bytes, the model takes {}", graph.name, i,
                                 inputs[i].size(), bytes));
  }
}

// Whether one evaluation tells what each operator gave: nothing is written twice.
bool is_told_by_evaluation(const Graph& graph, const PreparedModel& model) {
  return is_straight(model.schedule) && model.variables.empty() &&
         std::ranges::none_of(graph.tensors, &Tensor::is_variable);
}

}  // namespace

ReferenceRun::ReferenceRun(const Graph& graph, const PreparedModel& model, Rounding rounding,
                           const Evaluation* first)
    : graph_(graph),
      model_(model),
      rounding_(rounding),
      known_(is_told_by_evaluation(graph, model) ? first : nullptr),
      walk_(model.schedule, graph.name) {
  if (known_ == nullptr) allocate();
}

void ReferenceRun::allocate() {
  own_.tensors.resize(graph_.tensors.size());
  for (std::size_t i = 0; i < graph_.tensors.size(); ++i) {
    const Tensor& tensor = graph_.tensors[i];
    if (!tensor.is_constant()) own_.tensors[i] = initial_value(tensor);
  }
  for (const Variable& variable : model_.variables) {
    variables_.push_back(variable.value ? initial_value(*variable.value)
                                        : std::vector<std::uint8_t>{});
  }
}

void ReferenceRun::begin(const Inputs& inputs) {
  check_inputs(graph_, inputs);
  walk_.begin();
  if (known_ != nullptr && !std::exchange(has_begun_, true)) return;
  if (std::exchange(known_, nullptr) != nullptr) allocate();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    own_.tensors[static_cast<std::size_t>(graph_.inputs[i])] = inputs[i];
  }
}

std::optional<std::size_t> ReferenceRun::step() {
  const std::optional<std::size_t> index = next();
  if (index) answer(*index);
  return index;
}

std::optional<std::size_t> ReferenceRun::next() {
  return walk_.next([&](int tensor) { return is_true(tensor); });
}

void ReferenceRun::answer(std::size_t index, std::span<const std::uint8_t* const> observed) {
  if (known_ != nullptr) return;
  const PreparedOperator& op = model_.operators[index];
  std::vector<std::uint8_t*> operands;
  for (const Operand& operand : op.operands) operands.push_back(address(operand));
  try {
    host_answer(op)({op, operands, rounding_, observed});
  } catch (const InputError& error) {  // values that contradict the operator's definition
    throw InputError(fmt::format("{}: {}: {}", graph_.name,
                                 operator_label(graph_, op.operator_index), error.what()));
  }
}

std::span<const std::uint8_t> ReferenceRun::bytes(const Operand& operand) const {
  const auto index = static_cast<std::size_t>(operand.index);
  return operand.kind == Operand::Kind::kVariable ? variables_[index] : evaluation().tensors[index];
}

void ReferenceRun::adopt(const Operand& operand, std::span<const std::uint8_t> bytes) {
  if (std::ranges::equal(this->bytes(operand), bytes)) return;
  if (known_ != nullptr) own_ = *std::exchange(known_, nullptr);
  own(operand).assign(bytes.begin(), bytes.end());
}

std::vector<std::uint8_t>& ReferenceRun::own(const Operand& operand) {
  const auto index = static_cast<std::size_t>(operand.index);
  return operand.kind == Operand::Kind::kVariable ? variables_[index] : own_.tensors[index];
}

bool ReferenceRun::is_true(int tensor) const {
  const Tensor& read = graph_.tensors[static_cast<std::size_t>(tensor)];
  return read.is_constant() ? read.data[0] != 0 : bytes({Operand::Kind::kTensor, tensor})[0] != 0;
}

// Kernels read through the same pointer type as they write; nothing writes to a constant, which
// check_graph() refuses as an output.
std::uint8_t* ReferenceRun::address(const Operand& operand) {
  const auto index = static_cast<std::size_t>(operand.index);
  if (operand.kind == Operand::Kind::kAbsent) return nullptr;
  if (operand.kind == Operand::Kind::kConstant) {
    return const_cast<std::uint8_t*>(model_.constants[index].data());
  }
  if (operand.kind == Operand::Kind::kTensor && graph_.tensors[index].is_constant()) {
    return const_cast<std::uint8_t*>(graph_.tensors[index].data.data());
  }
  return own(operand).data();
}

std::vector<Operand> written_operands(const Graph& graph, const PreparedOperator& op) {
  const std::vector<int>& outputs =
      graph.operators[static_cast<std::size_t>(op.operator_index)].outputs;
  const auto is_written = [&](const Operand& operand) {
    if (operand.kind == Operand::Kind::kVariable) return true;
    if (operand.kind != Operand::Kind::kTensor) return false;
    return &operand == &op.operands.back() || std::ranges::count(outputs, operand.index) > 0 ||
           graph.tensors[static_cast<std::size_t>(operand.index)].is_variable;
  };
  std::vector<Operand> written;
  std::ranges::copy_if(op.operands, std::back_inserter(written), is_written);
  return written;
}

Evaluation evaluate(const Graph& graph, const PreparedModel& model, const Inputs& inputs,
                    Rounding rounding) {
  ReferenceRun run(graph, model, rounding);
  run.begin(inputs);
  while (run.step()) {
  }
  return run.evaluation();
}

}  // namespace boardless::workloads
