// How a TFLite file holds an operator's attributes: its table of builtin options. A codec reads and
// writes one operator's table; it belongs to the operator's record.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "workloads/graph/graph.h"
#include "workloads/tflite/tflite_generated.h"

namespace boardless::workloads {

struct WrittenOptions {
  tflite::BuiltinOptions type = tflite::BuiltinOptions::NONE;
  flatbuffers::Offset<void> offset;
};

// The version that TFLite gives an operator of its data's type: 1, for int8 2, for int16 3.
int version_by_type(const Graph& graph, const Operator& op);

struct OptionsCodec {
  // Throws InputError with what is wrong, or NotModelled with what is not supported, to be put
  // after the operator's name: "has stride 0, …".
  Attributes (*read)(const tflite::Operator& stored);
  WrittenOptions (*write)(flatbuffers::FlatBufferBuilder& builder, const Graph& graph,
                          const Operator& op);
  // The version of the operator's definition from which on TFLite has these types and attributes;
  // its interpreter refuses versions it does not know, and trusts the rest.
  int (*version)(const Graph& graph, const Operator& op) = version_by_type;
};

inline Attributes read_nothing(const tflite::Operator&) { return NoAttributes{}; }
inline WrittenOptions write_nothing(flatbuffers::FlatBufferBuilder&, const Graph&,
                                    const Operator&) {
  return {};
}
inline int first_version(const Graph&, const Operator&) { return 1; }

// Of operators that have no table.
inline constexpr OptionsCodec kNoOptions{read_nothing, write_nothing};

// The functions in tflite_generated.h that make a table of these fields.
template <class Table, class... Fields>
using MakesTable = flatbuffers::Offset<Table>(flatbuffers::FlatBufferBuilder&, Fields...);

template <class Table>
inline constexpr tflite::BuiltinOptions kTypeOf = tflite::BuiltinOptionsTraits<Table>::enum_value;

// A table without fields.
template <class Table, MakesTable<Table>* create>
WrittenOptions write_empty_table(flatbuffers::FlatBufferBuilder& builder, const Graph&,
                                 const Operator&) {
  return {kTypeOf<Table>, create(builder).Union()};
}

// A table with a fused activation alone, which TFLite takes for none when the table is absent.
template <class Table>
Attributes read_activation_table(const tflite::Operator& stored);
template <class Table, MakesTable<Table, std::int8_t>* create>
WrittenOptions write_activation_table(flatbuffers::FlatBufferBuilder& builder, const Graph&,
                                      const Operator& op);

// Values of fields, checked. `what` names the field in the message.
int positive(std::int32_t value, std::string_view what);
Padding read_padding(std::int8_t value);
Activation read_activation(std::int8_t value);

inline std::int8_t stored(Padding value) { return static_cast<std::int8_t>(value); }
inline std::int8_t stored(DataType value) { return static_cast<std::int8_t>(value); }
inline std::int8_t stored(Activation value) { return static_cast<std::int8_t>(value); }

// The table of an operator that must have one; `name` is the table's.
template <class Table>
const Table& required(const tflite::Operator& stored, std::string_view name);

template <class Kind>
const Kind& attributes_of(const Operator& op) {
  const Kind* attributes = std::get_if<Kind>(&op.attributes);
  check(attributes != nullptr, "an operator carries the attributes of its kind");
  return *attributes;
}

// The tensor of an operand that the operator has.
const Tensor& operand(const Graph& graph, const std::vector<int>& indices, std::size_t position);

// The attributes of `stored`, which is an operator of the kind and name of `op`, by its record's
// codec; none without one.
Attributes read_options(const tflite::Operator& stored, const Operator& op);

}  // namespace boardless::workloads

#include "workloads/tflite/options_inl.h"
