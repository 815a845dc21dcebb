// Allocates a graph's tensors on the host and runs its operators one after the other.
#include "workloads/operators/reference_evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/error.h"
#include "workloads/operators/reference_kernels.h"

namespace boardless::workloads {
namespace {

using S8 = std::int8_t;
using U8 = std::uint8_t;

struct HostKernel {
  std::string_view name;
  void (*run)(const KernelCall&);
};

constexpr HostKernel kKernels[] = {
    {"conv_2d_s8", reference_conv_2d<S8>},
    {"conv_2d_u8", reference_conv_2d<U8>},
    {"depthwise_conv_2d_s8", reference_depthwise_conv_2d<S8>},
    {"depthwise_conv_2d_u8", reference_depthwise_conv_2d<U8>},
    {"fully_connected_s8", reference_fully_connected<S8>},
    {"fully_connected_u8", reference_fully_connected<U8>},
    {"average_pool_2d_s8", reference_average_pool_2d<S8>},
    {"average_pool_2d_u8", reference_average_pool_2d<U8>},
    {"max_pool_2d_s8", reference_max_pool_2d<S8>},
    {"max_pool_2d_u8", reference_max_pool_2d<U8>},
    {"add_s8", reference_add<S8>},
    {"add_u8", reference_add<U8>},
    {"mul_s8", reference_mul<S8>},
    {"mul_u8", reference_mul<U8>},
    {"softmax_s8", reference_softmax<S8>},
    {"softmax_u8", reference_softmax<U8>},
    {"pad_s8", reference_pad<S8>},
    {"pad_u8", reference_pad<U8>},
    {"mean_s8", reference_mean<S8>},
    {"mean_u8", reference_mean<U8>},
    {"quantize_f32_s8", reference_quantize<S8>},
    {"quantize_f32_u8", reference_quantize<U8>},
    {"dequantize_s8_f32", reference_dequantize<S8>},
    {"dequantize_u8_f32", reference_dequantize<U8>},
    {"requantize_s8_s8", reference_requantize<S8, S8>},
    {"requantize_s8_u8", reference_requantize<S8, U8>},
    {"requantize_u8_s8", reference_requantize<U8, S8>},
    {"requantize_u8_u8", reference_requantize<U8, U8>},
    {"copy_b8", reference_copy},
};

const HostKernel& host_kernel(const PreparedOperator& op) {
  const auto found = std::ranges::find(kKernels, op.kernel, &HostKernel::name);
  check(found != std::end(kKernels), "prepare() chooses kernels the evaluator has");
  return *found;
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
    host_kernel(op).run({op, operands, rounding});
  }
  return result;
}

}  // namespace boardless::workloads
