// Allocates a graph's tensors on the host and runs its operators one after the other.
#include "workloads/operators/reference_evaluator.h"

#include <fmt/format.h>

#include "base/error.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_record.h"

namespace boardless::workloads {
namespace {

HostAnswer host_answer(const PreparedOperator& op) {
  const Kernel* kernel = find_kernel(op.kernel);
  check(kernel != nullptr, "prepare() chooses kernels that an operator's record has");
  return kernel->host;
}

Evaluation allocate(const Graph& graph, std::span<const std::vector<std::uint8_t>> inputs) {
  if (inputs.size() != graph.inputs.size()) {
    throw InputError(fmt::format("{}: {} inputs given, the model has {}", graph.name, inputs.size(),
                                 graph.inputs.size()));
  }
  Evaluation result;
  result.tensors.resize(graph.tensors.size());
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    const Tensor& tensor = graph.tensors[i];
    if (!tensor.is_constant()) result.tensors[i].resize(static_cast<std::size_t>(tensor.bytes()));
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::vector<std::uint8_t>& tensor = result.tensors[static_cast<std::size_t>(graph.inputs[i])];
    if (inputs[i].size() != tensor.size()) {
      throw InputError(fmt::format("{}: input {} is {} bytes, the model takes {}", graph.name, i,
                                   inputs[i].size(), tensor.size()));
    }
    tensor = inputs[i];
  }
  return result;
}

// Kernels read through the same pointer type as they write; nothing writes to a constant, which
// check_graph() refuses as an output.
std::uint8_t* address(const Graph& graph, const PreparedModel& model, Evaluation& evaluation,
                      const Operand& operand) {
  const auto index = static_cast<std::size_t>(operand.index);
  switch (operand.kind) {
    case Operand::Kind::kAbsent:
      return nullptr;
    case Operand::Kind::kConstant:
      return const_cast<std::uint8_t*>(model.constants[index].data());
    case Operand::Kind::kTensor:
      break;
  }
  const Tensor& tensor = graph.tensors[index];
  return tensor.is_constant() ? const_cast<std::uint8_t*>(tensor.data.data())
                              : evaluation.tensors[index].data();
}

}  // namespace

Evaluation evaluate(const Graph& graph, const PreparedModel& model,
                    std::span<const std::vector<std::uint8_t>> inputs, Rounding rounding) {
  Evaluation result = allocate(graph, inputs);
  for (const PreparedOperator& op : model.operators) {
    std::vector<std::uint8_t*> operands;
    for (const Operand& operand : op.operands) {
      operands.push_back(address(graph, model, result, operand));
    }
    host_answer(op)({op, operands, rounding});
  }
  return result;
}

}  // namespace boardless::workloads
