// An operator's attributes in the TFLite format: its table of builtin options.
#pragma once

#include "workloads/graph/graph.h"
#include "workloads/tflite/tflite_generated.h"

namespace boardless::workloads {

// The attributes of `stored`, whose kind is `kind`. Operators that boardless cannot run have none,
// whatever options they are stored with. Throws InputError with what is wrong, to be put after the
// operator's name: "has stride 0, …".
Attributes read_options(const tflite::Operator& stored, OpKind kind);

// Whether write_options knows the options of such operators.
bool can_write_options(OpKind kind);

struct WrittenOptions {
  tflite::BuiltinOptions type = tflite::BuiltinOptions::NONE;
  flatbuffers::Offset<void> offset;
};

// The options table of an operator for which can_write_options holds.
WrittenOptions write_options(flatbuffers::FlatBufferBuilder& builder, const Graph& graph,
                             const Operator& op);

}  // namespace boardless::workloads
