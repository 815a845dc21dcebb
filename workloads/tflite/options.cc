// Checks fields of options tables and finds an operator's codec.
#include "workloads/tflite/options.h"

#include "workloads/operators/operator_record.h"

namespace boardless::workloads {

int positive(std::int32_t value, std::string_view what) {
  if (value <= 0) throw InputError(fmt::format("has {} {}, it must be at least 1", what, value));
  return value;
}

Padding read_padding(std::int8_t value) {
  if (value != static_cast<std::int8_t>(Padding::kSame) &&
      value != static_cast<std::int8_t>(Padding::kValid)) {
    throw InputError(fmt::format("has padding {}, 0 (same) and 1 (valid) are known", value));
  }
  return static_cast<Padding>(value);
}

Activation read_activation(std::int8_t value) {
  if (value < 0 || value > static_cast<std::int8_t>(Activation::kSignBit)) {
    throw InputError(fmt::format("has fused activation {}, 0 to 5 are known", value));
  }
  return static_cast<Activation>(value);
}

const Tensor& operand(const Graph& graph, const std::vector<int>& indices, std::size_t position) {
  return graph.tensors[static_cast<std::size_t>(indices.at(position))];
}

int version_by_type(const Graph& graph, const Operator& op) {
  const OperatorRecord* record = find_operator(op);
  const int data = record == nullptr ? 0 : record->data_input;
  const DataType type = operand(graph, op.inputs, static_cast<std::size_t>(data)).type;
  return type == DataType::kInt16 ? 3 : (type == DataType::kInt8 ? 2 : 1);
}

Attributes read_options(const tflite::Operator& stored, const Operator& op) {
  const OperatorRecord* record = find_operator(op);
  if (record == nullptr || record->options == nullptr) return NoAttributes{};
  return record->options->read(stored);
}

}  // namespace boardless::workloads
