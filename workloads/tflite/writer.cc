// Writes a graph as a TFLite file.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "base/error.h"
#include "workloads/graph/graph_checks.h"
#include "workloads/tflite/options.h"
#include "workloads/tflite/tflite.h"
#include "workloads/tflite/tflite_generated.h"

namespace boardless::workloads {
namespace {

using flatbuffers::Offset;

constexpr std::uint32_t kSchemaVersion = 3;

const Tensor& operand(const Graph& graph, const std::vector<int>& indices, std::size_t position) {
  return graph.tensors[static_cast<std::size_t>(indices.at(position))];
}

double tensor_scale(const Tensor& tensor) {
  return tensor.quantization.scale.empty() ? 0.0 : tensor.quantization.scale.front();
}

int convolution_version(const Tensor& input, const Tensor& filter, const ConvAttributes& attributes,
                        bool depthwise) {
  if (input.type == DataType::kInt8) return 3;
  if (input.type == DataType::kInt16) return depthwise ? 5 : 4;
  if (filter.type == DataType::kInt8) {  // float activations, quantised weights
    const int per_tensor = depthwise ? 4 : 2;
    return filter.quantization.per_channel() ? (depthwise ? 6 : 5) : per_tensor;
  }
  const bool dilated = attributes.dilation_h != 1 || attributes.dilation_w != 1;
  return depthwise && dilated ? 2 : 1;
}

int fully_connected_version(const Tensor& input, const Tensor& filter, const Operator& op) {
  const bool hybrid = input.type == DataType::kFloat32 && filter.type == DataType::kInt8;
  if (hybrid && filter.quantization.per_channel()) return 12;
  if (input.type == DataType::kInt16) return 7;
  if (op.inputs.size() == 2) return 6;
  const auto* attributes = std::get_if<FullyConnectedAttributes>(&op.attributes);
  if (attributes != nullptr && attributes->keep_num_dims) return 5;
  if (input.type == DataType::kInt8) return 4;
  return hybrid ? 3 : 1;
}

// The operand whose type says which version applies: SPLIT and TRANSPOSE_CONV have others before
// it.
std::size_t data_operand(OpKind kind) {
  if (kind == OpKind::kSplit) return 1;
  return kind == OpKind::kTransposeConv ? 2 : 0;
}

// The version of an operator's definition from which on TFLite has these types and attributes; its
// interpreter refuses versions it does not know, and trusts the rest.
int operator_version(const Graph& graph, const Operator& op) {
  if (op.kind == OpKind::kCustom) return 1;  // which may have no operands at all
  const Tensor& input = operand(graph, op.inputs, data_operand(op.kind));
  const Tensor& output = operand(graph, op.outputs, 0);
  const int by_type = input.type == DataType::kInt16 ? 3 : (input.type == DataType::kInt8 ? 2 : 1);
  switch (op.kind) {
    case OpKind::kConv2D:
    case OpKind::kDepthwiseConv2D:
      return convolution_version(input, operand(graph, op.inputs, 1),
                                 std::get<ConvAttributes>(op.attributes),
                                 op.kind == OpKind::kDepthwiseConv2D);
    case OpKind::kFullyConnected:
      return fully_connected_version(input, operand(graph, op.inputs, 1), op);
    case OpKind::kMul: {
      if (input.type == DataType::kInt16) return 4;
      const double product = tensor_scale(input) * tensor_scale(operand(graph, op.inputs, 1));
      return product > 0.0 && product >= tensor_scale(output) ? 3 : by_type;
    }
    case OpKind::kRelu:
      return input.type == DataType::kUInt8 ? 2 : by_type;
    case OpKind::kPad:
      return input.shape.size() > 4 ? 4 : by_type;
    case OpKind::kQuantize:
      if (output.quantization.per_channel()) return 3;
      return output.type == DataType::kInt16 ? 2 : 1;
    case OpKind::kDequantize:
      if (input.type == DataType::kFloat16) return 3;
      return input.type == DataType::kInt8 && input.quantization.per_channel() ? 5 : by_type;
    case OpKind::kResizeBilinear:
    case OpKind::kResizeNearestNeighbor:
      return std::get<ResizeAttributes>(op.attributes).half_pixel_centers ? 3 : by_type;
    case OpKind::kTransposeConv:
      if (std::get<TransposeConvAttributes>(op.attributes).activation != Activation::kNone)
        return 4;
      return op.inputs.size() > 3 ? 3 : by_type;
    case OpKind::kReshape:
    case OpKind::kPrelu:
    case OpKind::kHardSwish:
      return 1;
    default:
      return by_type;
  }
}

class Writer {
 public:
  explicit Writer(const Graph& graph) : graph_(graph) {}

  std::vector<std::uint8_t> write() {
    require_contents(graph_, "a file");
    for (std::size_t i = 0; i < graph_.operators.size(); ++i) {
      if (!can_write_options(graph_.operators[i].kind)) {
        throw InputError(
            fmt::format("{}: {} cannot be written: its options are not kept when a model is read",
                        graph_.name, operator_label(graph_, static_cast<int>(i))));
      }
    }
    // Buffer 0 is empty by convention; every tensor that is no constant refers to it.
    std::vector<Offset<tflite::Buffer>> buffers{tflite::CreateBuffer(builder_)};
    std::vector<Offset<tflite::Tensor>> tensors;
    for (const Tensor& tensor : graph_.tensors) {
      const auto index = tensor.is_constant() ? static_cast<std::uint32_t>(buffers.size()) : 0U;
      if (tensor.is_constant()) {
        buffers.push_back(tflite::CreateBufferDirect(builder_, &tensor.data));
      }
      tensors.push_back(write_tensor(tensor, index));
    }
    std::vector<Offset<tflite::Operator>> operators;
    for (const Operator& op : graph_.operators) operators.push_back(write_operator(op));

    const auto subgraph = tflite::CreateSubGraphDirect(
        builder_, &tensors, &graph_.inputs, &graph_.outputs, &operators, graph_.name.c_str());
    const std::vector<Offset<tflite::SubGraph>> subgraphs{subgraph};
    const auto model = tflite::CreateModelDirect(builder_, kSchemaVersion, &operator_codes_,
                                                 &subgraphs, "written by boardless", &buffers);
    tflite::FinishModelBuffer(builder_, model);
    return {builder_.GetBufferPointer(), builder_.GetBufferPointer() + builder_.GetSize()};
  }

 private:
  Offset<tflite::Tensor> write_tensor(const Tensor& tensor, std::uint32_t buffer) {
    Offset<tflite::QuantizationParameters> quantization;
    const Quantization& q = tensor.quantization;
    if (!q.scale.empty()) {
      quantization = tflite::CreateQuantizationParametersDirect(builder_, nullptr, nullptr,
                                                                &q.scale, &q.zero_point, 0, q.axis);
    }
    return tflite::CreateTensorDirect(builder_, &tensor.shape,
                                      static_cast<std::int8_t>(tensor.type), buffer,
                                      tensor.name.c_str(), quantization);
  }

  Offset<tflite::Operator> write_operator(const Operator& op) {
    const WrittenOptions options = write_options(builder_, graph_, op);
    const std::uint32_t code = operator_code(op.kind, op.custom_name, operator_version(graph_, op));
    const auto* custom = std::get_if<CustomAttributes>(&op.attributes);
    const bool has_custom_options = custom != nullptr && !custom->options.empty();
    return tflite::CreateOperatorDirect(builder_, code, &op.inputs, &op.outputs, options.type,
                                        options.offset,
                                        has_custom_options ? &custom->options : nullptr);
  }

  // One entry per kind, custom name and version, in order of first use.
  std::uint32_t operator_code(OpKind kind, const std::string& custom_name, int version) {
    const auto found =
        std::find(known_codes_.begin(), known_codes_.end(), std::tuple(kind, custom_name, version));
    if (found != known_codes_.end()) {
      return static_cast<std::uint32_t>(found - known_codes_.begin());
    }
    // The byte-sized field is for readers from before the other; 127 stands for "see the other".
    const auto code = static_cast<std::int32_t>(kind);
    const auto old_code = static_cast<std::int8_t>(std::min(code, 127));
    const auto stored_name =
        custom_name.empty() ? Offset<flatbuffers::String>() : builder_.CreateString(custom_name);
    operator_codes_.push_back(
        tflite::CreateOperatorCode(builder_, old_code, stored_name, version, code));
    known_codes_.emplace_back(kind, custom_name, version);
    return static_cast<std::uint32_t>(known_codes_.size() - 1);
  }

  const Graph& graph_;
  flatbuffers::FlatBufferBuilder builder_;
  std::vector<std::tuple<OpKind, std::string, int>> known_codes_;
  std::vector<Offset<tflite::OperatorCode>> operator_codes_;
};

}  // namespace

std::vector<std::uint8_t> write_tflite(const Graph& graph) { return Writer(graph).write(); }

}  // namespace boardless::workloads
