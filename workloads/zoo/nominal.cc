// Nominal scales, by the kind of the operator that writes or reads a tensor.
#include "workloads/zoo/nominal.h"

#include <utility>

#include "workloads/zoo/moves.h"

namespace boardless::workloads {
namespace {

constexpr float kActivationScale = 12.0F / 255;  // six deviations to either side
constexpr float kShareScale = 1.0F / 256;        // of SOFTMAX and LOGISTIC, from 0 to 1
constexpr float kWeightScale = 1.0F / 127;

Quantization alike(std::size_t slices, float scale, int axis) {
  return {std::vector<float>(slices, scale), std::vector<std::int64_t>(slices, 0), axis};
}

bool keeps_scale(OpKind kind) {
  return moves_values(kind) || kind == OpKind::kAveragePool2D || kind == OpKind::kMaxPool2D;
}

void quantise_operands(const Operator& op, Graph& graph) {
  const auto at = [&](int index) -> Tensor& {
    return graph.tensors[static_cast<std::size_t>(index)];
  };
  const bool depthwise = op.kind == OpKind::kDepthwiseConv2D;
  const bool convolution = op.kind == OpKind::kConv2D || depthwise;
  Quantization input;  // of the operator's first input that is no constant
  for (const int index : op.inputs) {
    if (at(index).is_constant()) continue;
    input = at(index).quantization;
    break;
  }
  for (const int index : op.inputs) {
    Tensor& constant = at(index);
    if (!constant.shape_only) continue;
    const bool is_bias = constant.type == DataType::kInt32;
    const auto slices =
        convolution ? static_cast<std::size_t>(at(op.outputs[0]).shape.back()) : std::size_t{1};
    const float scale = is_bias ? kWeightScale * input.scale[0] : kWeightScale;
    constant.quantization = alike(slices, scale, depthwise && !is_bias ? 3 : 0);
  }
  for (const int index : op.outputs) {
    Tensor& output = at(index);
    if (output.type != DataType::kInt8) continue;
    if (op.kind == OpKind::kSoftmax || op.kind == OpKind::kLogistic) {
      output.quantization = {{kShareScale}, {-128}, 0};
    } else if (keeps_scale(op.kind) && !input.scale.empty()) {
      output.quantization = input;
    } else {
      output.quantization = {{kActivationScale}, {0}, 0};
    }
  }
}

}  // namespace

Graph quantise_nominally(ZooTopology topology) {
  Graph graph = std::move(topology.graph);
  for (const int index : graph.inputs) {
    Tensor& input = graph.tensors[static_cast<std::size_t>(index)];
    if (input.type != DataType::kInt8) continue;
    input.quantization = {{topology.input_scale}, {topology.input_zero_point}, 0};
  }
  for (const Operator& op : graph.operators) quantise_operands(op, graph);
  return graph;
}

}  // namespace boardless::workloads
