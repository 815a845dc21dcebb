// Nominal scales, by the kind of the operator that writes or reads a tensor.
#include "workloads/zoo/nominal.h"

#include <optional>
#include <utility>
#include <vector>

#include "workloads/zoo/moves.h"
#include "workloads/zoo/shared_quantisation.h"

namespace boardless::workloads {
namespace {

constexpr float kActivationScale = 12.0F / 255;  // six deviations to either side
constexpr float kWeightScale = 1.0F / 127;

Quantization alike(std::size_t slices, float scale, int axis) {
  return {std::vector<float>(slices, scale), std::vector<std::int64_t>(slices, 0), axis};
}

// Where neither the file nor the format says it.
void quantise_operands(const Operator& op, Graph& graph) {
  const auto at = [&](int index) -> Tensor& {
    return graph.tensors[static_cast<std::size_t>(index)];
  };
  const auto is_open = [&](int index) {
    return index >= 0 && at(index).quantization.scale.empty();
  };
  const bool depthwise = op.kind == OpKind::kDepthwiseConv2D;
  const bool convolution = op.kind == OpKind::kConv2D || depthwise;
  Quantization input;  // of the operator's first input that is no constant
  for (const int index : op.inputs) {
    if (index < 0 || at(index).is_constant()) continue;
    input = at(index).quantization;
    break;
  }
  for (const int index : op.inputs) {
    if (!is_open(index)) continue;
    Tensor& operand = at(index);
    if (operand.is_variable) operand.quantization = {{kActivationScale}, {0}, 0};
    if (!operand.shape_only) continue;
    const bool is_bias = operand.type == DataType::kInt32;
    const auto slices =
        convolution ? static_cast<std::size_t>(at(op.outputs[0]).shape.back()) : std::size_t{1};
    const float scale = is_bias ? kWeightScale * input.scale[0] : kWeightScale;
    operand.quantization = alike(slices, scale, depthwise && !is_bias ? 3 : 0);
  }
  for (const int index : op.outputs) {
    Tensor& output = at(index);
    if (output.type != DataType::kInt8 || !is_open(index)) continue;
    const bool keeps = keeps_quantisation(op.kind) || op.kind == OpKind::kQuantize;
    if (keeps && !input.scale.empty()) {
      output.quantization = input;
    } else {
      output.quantization = {{kActivationScale}, {0}, 0};
    }
  }
}

}  // namespace

Graph quantise_nominally(ZooTopology topology) {
  Graph graph = std::move(topology.graph);
  const std::vector<std::optional<ZooScale>> shared = shared_quantisation(graph);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    Tensor& tensor = graph.tensors[i];
    if (!shared[i] || tensor.type != DataType::kInt8) continue;
    tensor.quantization = {{static_cast<float>(shared[i]->scale)}, {shared[i]->zero_point}, 0};
  }
  for (const Operator& op : graph.operators) quantise_operands(op, graph);
  return graph;
}

}  // namespace boardless::workloads
