// What an interpreter keeps in its arena beside activations, record by record.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "targets/sourced.h"
#include "targets/yaml_reader.h"

namespace boardless::cost_models {

// Of one kind of operator.
struct OperatorRecords {
  targets::Sourced<std::uint32_t> data_bytes;     // what its kernel keeps
  targets::Sourced<std::uint32_t> options_bytes;  // its attributes, parsed
  // More for each output channel: always, and where the weights have a scale for each.
  targets::Sourced<std::uint32_t> arrays_per_channel, arrays_per_scaled_channel;  // of int32
  targets::Sourced<std::uint32_t> int16_data_bytes;                               // more on int16
  // Of the scratch that its kernel asks for, in how many pieces; 0 stands for one.
  targets::Sourced<std::uint32_t> scratch_buffers;
};

struct InterpreterRecords {
  targets::Sourced<std::uint32_t> word_bytes;  // a pointer, and what a struct is aligned to
  targets::Sourced<std::uint32_t> allocator_bytes;
  targets::Sourced<std::uint32_t> bytes_per_subgraph, bytes_per_tensor, bytes_per_operator;
  targets::Sourced<std::uint32_t> bytes_per_scratch;
  // Of each of a model's inputs and outputs; of those that are quantised, and per scale of them.
  targets::Sourced<std::uint32_t> bytes_per_end, bytes_per_quantized_end, bytes_per_end_scale;
  // Where the model has resource variables: once, and of each.
  targets::Sourced<std::uint32_t> resource_variables_bytes, bytes_per_resource_variable;
  // While the arena is planned, what is planned lies in what is left of it.
  targets::Sourced<std::uint32_t> planning_bytes, planning_bytes_per_tensor,
      planning_bytes_per_scratch, planning_bytes_per_block;
  std::map<std::string, OperatorRecords> operators;  // by the format's name, or a custom one
};

// Reads the map `records` of a runtime's YAML. Throws InputError.
InterpreterRecords read_interpreter_records(targets::YamlMap map);

}  // namespace boardless::cost_models
