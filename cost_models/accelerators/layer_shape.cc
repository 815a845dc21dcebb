// Reads windows and channels off a graph's operators.
#include "cost_models/accelerators/layer_shape.h"

#include "workloads/operators/operator_record.h"

namespace boardless::cost_models {
namespace {

using workloads::Operator;
using workloads::OpKind;
using workloads::Tensor;

// An operator without a record counts as element by element.
LayerClass class_of(OpKind kind) {
  const workloads::OperatorRecord* record = workloads::find_operator(kind);
  return record == nullptr ? LayerClass::kElementwise : record->layer_class;
}

// The activation that an operator with weights sweeps: TRANSPOSE_CONV has it behind its output's
// shape and filter.
std::size_t swept_input(OpKind kind) {
  const workloads::OperatorRecord* record = workloads::find_operator(kind);
  const bool has_weights = record != nullptr && record->macs != nullptr;
  return has_weights ? static_cast<std::size_t>(record->data_input) : 0;
}

void read_window(const workloads::Graph& graph, const Operator& op, LayerShape& shape) {
  if (const auto* conv = std::get_if<workloads::ConvAttributes>(&op.attributes)) {
    shape.stride_h = conv->stride_h;
    shape.stride_w = conv->stride_w;
    shape.dilation_h = conv->dilation_h;
    shape.dilation_w = conv->dilation_w;
    shape.has_activation = conv->activation != workloads::Activation::kNone;
  } else if (const auto* pool = std::get_if<workloads::PoolAttributes>(&op.attributes)) {
    shape.stride_h = pool->stride_h;
    shape.stride_w = pool->stride_w;
    shape.kernel_h = pool->filter_h;
    shape.kernel_w = pool->filter_w;
    shape.has_activation = pool->activation != workloads::Activation::kNone;
  } else if (const auto* full = std::get_if<workloads::FullyConnectedAttributes>(&op.attributes)) {
    shape.has_activation = full->activation != workloads::Activation::kNone;
  } else if (const auto* sum = std::get_if<workloads::ArithmeticAttributes>(&op.attributes)) {
    shape.has_activation = sum->activation != workloads::Activation::kNone;
  }
  shape.is_maximum = op.kind == OpKind::kMaxPool2D;
  if (op.kind == OpKind::kMean) {
    shape.kernel_h = shape.output.h > 0 ? shape.input.h / shape.output.h : 1;
    shape.kernel_w = shape.output.w > 0 ? shape.input.w / shape.output.w : 1;
  }
  const bool has_filter =
      shape.layer_class == LayerClass::kDense || shape.layer_class == LayerClass::kDepthwise;
  if (!has_filter || op.inputs.size() < 2 || op.inputs[1] < 0) return;
  const Tensor& filter = graph.tensors[static_cast<std::size_t>(op.inputs[1])];
  if (filter.shape.size() != 4) return;
  shape.kernel_h = filter.shape[1];
  shape.kernel_w = filter.shape[2];
}

void read_tensors(const workloads::Graph& graph, const Operator& op, LayerShape& shape) {
  for (std::size_t i = 0; i < op.inputs.size(); ++i) {
    if (op.inputs[i] < 0) continue;
    const Tensor& tensor = graph.tensors[static_cast<std::size_t>(op.inputs[i])];
    if (!tensor.is_constant()) {
      shape.reads.push_back(op.inputs[i]);
      shape.input_bytes += static_cast<Bytes>(tensor.bytes());
    } else if (shape.macs > 0 && tensor.type != workloads::DataType::kInt64) {
      const bool is_bias = tensor.shape.size() <= 1;
      if (op.kind == OpKind::kTransposeConv && i == 0) continue;  // the output's shape
      (is_bias ? shape.biases : shape.weights) += tensor.elements();
    }
  }
  for (const int index : op.outputs) {
    const Tensor& tensor = graph.tensors[static_cast<std::size_t>(index)];
    shape.writes.push_back(index);
    shape.output_bytes += static_cast<Bytes>(tensor.bytes());
  }
}

}  // namespace

Extent extent_of(const Tensor& tensor) {
  Extent extent;
  const std::size_t rank = tensor.shape.size();
  if (rank >= 1) extent.c = tensor.shape[rank - 1];
  if (rank >= 3) extent.w = tensor.shape[rank - 2];
  // Rank 2 is batch and depth; of higher ranks the outer dimensions are swept like rows.
  for (std::size_t i = 0; i + (rank >= 3 ? 2 : 1) < rank; ++i) extent.h *= tensor.shape[i];
  return extent;
}

LayerShape layer_shape(const workloads::Graph& graph, int index) {
  const Operator& op = graph.operators[static_cast<std::size_t>(index)];
  LayerShape shape;
  shape.index = index;
  shape.kind = op.kind;
  shape.layer_class = class_of(op.kind);
  shape.macs = workloads::macs(graph, op);
  const std::size_t swept = swept_input(op.kind);
  if (swept < op.inputs.size() && op.inputs[swept] >= 0) {
    const Tensor& input = graph.tensors[static_cast<std::size_t>(op.inputs[swept])];
    shape.input = extent_of(input);
  }
  const Tensor& output = graph.tensors[static_cast<std::size_t>(op.outputs.front())];
  shape.output = extent_of(output);
  shape.element_bits = 8 * workloads::data_type_size(output.type);
  if (shape.layer_class == LayerClass::kVector) {
    // A matrix times as many vectors as there are rows of results.
    const std::int64_t rows = output.elements() / (shape.output.c > 0 ? shape.output.c : 1);
    const std::int64_t depth = rows > 0 ? shape.input.elements() / rows : shape.input.elements();
    shape.input = {rows, 1, depth};
    shape.output = {rows, 1, shape.output.c};
  }
  read_window(graph, op, shape);
  read_tensors(graph, op, shape);
  return shape;
}

std::vector<LayerShape> layer_shapes(const workloads::Graph& graph) {
  std::vector<LayerShape> shapes;
  shapes.reserve(graph.operators.size());
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    shapes.push_back(layer_shape(graph, static_cast<int>(i)));
  }
  return shapes;
}

}  // namespace boardless::cost_models
