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
#include "workloads/graph/subgraphs.h"
#include "workloads/operators/operator_record.h"
#include "workloads/tflite/options.h"
#include "workloads/tflite/tflite.h"
#include "workloads/tflite/tflite_generated.h"

namespace boardless::workloads {
namespace {

using flatbuffers::Offset;

constexpr std::uint32_t kSchemaVersion = 3;

const OptionsCodec* codec(const Operator& op) {
  const OperatorRecord* record = find_operator(op);
  return record == nullptr ? nullptr : record->options;
}

class Writer {
 public:
  explicit Writer(const Graph& graph) : graph_(graph) {}

  std::vector<std::uint8_t> write() {
    require_contents(graph_, "a file");
    for (std::size_t i = 0; i < graph_.operators.size(); ++i) {
      if (codec(graph_.operators[i]) == nullptr) {
        throw InputError(
            fmt::format("{}: {} cannot be written: its options are not kept when a model is read",
                        graph_.name, operator_label(graph_, static_cast<int>(i))));
      }
    }
    // Buffer 0 is empty by convention; every tensor that is no constant refers to it.
    std::vector<Offset<tflite::Buffer>> buffers{tflite::CreateBuffer(builder_)};
    std::vector<Offset<tflite::SubGraph>> subgraphs;
    for (int number = 0; number < subgraph_count(graph_); ++number) {
      subgraphs.push_back(write_subgraph(subgraph(graph_, number), buffers));
    }
    const auto model = tflite::CreateModelDirect(builder_, kSchemaVersion, &operator_codes_,
                                                 &subgraphs, "written by boardless", &buffers);
    tflite::FinishModelBuffer(builder_, model);
    return {builder_.GetBufferPointer(), builder_.GetBufferPointer() + builder_.GetSize()};
  }

 private:
  Offset<tflite::SubGraph> write_subgraph(const Subgraph& part,
                                          std::vector<Offset<tflite::Buffer>>& buffers) {
    std::vector<Offset<tflite::Tensor>> tensors;
    for (int i = 0; i < part.tensors; ++i) {
      const Tensor& tensor = graph_.tensors[static_cast<std::size_t>(part.first_tensor + i)];
      const auto index = tensor.is_constant() ? static_cast<std::uint32_t>(buffers.size()) : 0U;
      if (tensor.is_constant()) {
        buffers.push_back(tflite::CreateBufferDirect(builder_, &tensor.data));
      }
      tensors.push_back(write_tensor(tensor, index));
    }
    std::vector<Offset<tflite::Operator>> operators;
    for (int i = 0; i < part.operators; ++i) {
      const auto index = static_cast<std::size_t>(part.first_operator + i);
      operators.push_back(write_operator(graph_.operators[index], part.first_tensor));
    }
    const std::vector<int> inputs = own_indices(part.inputs, part.first_tensor);
    const std::vector<int> outputs = own_indices(part.outputs, part.first_tensor);
    return tflite::CreateSubGraphDirect(builder_, &tensors, &inputs, &outputs, &operators,
                                        part.name.c_str());
  }

  // As the subgraph whose tensors begin at `first` has them.
  static std::vector<int> own_indices(std::vector<int> indices, int first) {
    for (int& index : indices) index -= index < 0 ? 0 : first;
    return indices;
  }

  Offset<tflite::Tensor> write_tensor(const Tensor& tensor, std::uint32_t buffer) {
    Offset<tflite::QuantizationParameters> quantization;
    const Quantization& q = tensor.quantization;
    if (!q.scale.empty()) {
      quantization = tflite::CreateQuantizationParametersDirect(builder_, nullptr, nullptr,
                                                                &q.scale, &q.zero_point, 0, q.axis);
    }
    return tflite::CreateTensorDirect(builder_, &tensor.shape,
                                      static_cast<std::int8_t>(tensor.type), buffer,
                                      tensor.name.c_str(), quantization, tensor.is_variable);
  }

  Offset<tflite::Operator> write_operator(const Operator& op, int first_tensor) {
    const OptionsCodec& codec_of_op = *codec(op);
    const WrittenOptions options = codec_of_op.write(builder_, graph_, op);
    const std::uint32_t code =
        operator_code(op.kind, op.custom_name, codec_of_op.version(graph_, op));
    const auto* custom = std::get_if<CustomAttributes>(&op.attributes);
    const bool has_custom_options = custom != nullptr && !custom->options.empty();
    const std::vector<int> inputs = own_indices(op.inputs, first_tensor);
    const std::vector<int> outputs = own_indices(op.outputs, first_tensor);
    return tflite::CreateOperatorDirect(builder_, code, &inputs, &outputs, options.type,
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
