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
#include "workloads/operators/operator_record.h"
#include "workloads/tflite/options.h"
#include "workloads/tflite/tflite.h"
#include "workloads/tflite/tflite_generated.h"

namespace boardless::workloads {
namespace {

using flatbuffers::Offset;

constexpr std::uint32_t kSchemaVersion = 3;

const OptionsCodec* codec(OpKind kind) {
  const OperatorRecord* record = find_operator(kind);
  return record == nullptr ? nullptr : record->options;
}

class Writer {
 public:
  explicit Writer(const Graph& graph) : graph_(graph) {}

  std::vector<std::uint8_t> write() {
    require_contents(graph_, "a file");
    for (std::size_t i = 0; i < graph_.operators.size(); ++i) {
      if (codec(graph_.operators[i].kind) == nullptr) {
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
    const OptionsCodec& codec_of_op = *codec(op.kind);
    const WrittenOptions options = codec_of_op.write(builder_, graph_, op);
    const std::uint32_t code =
        operator_code(op.kind, op.custom_name, codec_of_op.version(graph_, op));
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
