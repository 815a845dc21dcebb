// Reads what an interpreter keeps in its arena.
#include "cost_models/interpreter_records.h"

#include <fmt/format.h>

namespace boardless::cost_models {
namespace {

OperatorRecords read_operator(targets::YamlMap& map) {
  OperatorRecords records;
  const auto read = [&](const char* key) {
    return map.has(key) ? map.u32(key) : targets::Sourced<std::uint32_t>();
  };
  records.data_bytes = read("data_bytes");
  records.options_bytes = read("options_bytes");
  records.arrays_per_channel = read("arrays_per_channel");
  records.arrays_per_scaled_channel = read("arrays_per_scaled_channel");
  records.int16_data_bytes = read("int16_data_bytes");
  records.scratch_buffers = read("scratch_buffers");
  map.finish();
  return records;
}

}  // namespace

InterpreterRecords read_interpreter_records(targets::YamlMap map) {
  InterpreterRecords records;
  records.word_bytes = map.u32("word_bytes");
  if (const std::uint32_t word = records.word_bytes; word != 4 && word != 8) {
    map.fail("word_bytes", fmt::format("is {}; supported are 4 and 8", word));
  }
  records.allocator_bytes = map.u32("allocator_bytes");
  records.bytes_per_subgraph = map.u32("bytes_per_subgraph");
  records.bytes_per_tensor = map.u32("bytes_per_tensor");
  records.bytes_per_operator = map.u32("bytes_per_operator");
  records.bytes_per_scratch = map.u32("bytes_per_scratch");
  records.bytes_per_end = map.u32("bytes_per_end");
  records.bytes_per_quantized_end = map.u32("bytes_per_quantized_end");
  records.bytes_per_end_scale = map.u32("bytes_per_end_scale");
  records.resource_variables_bytes = map.u32("resource_variables_bytes");
  records.bytes_per_resource_variable = map.u32("bytes_per_resource_variable");
  records.planning_bytes = map.u32("planning_bytes");
  records.planning_bytes_per_tensor = map.u32("planning_bytes_per_tensor");
  records.planning_bytes_per_scratch = map.u32("planning_bytes_per_scratch");
  records.planning_bytes_per_block = map.u32("planning_bytes_per_block");
  for (targets::YamlMap& entry : map.list_of_maps("operators")) {
    const std::string name = entry.text("name");
    if (!records.operators.emplace(name, read_operator(entry)).second) {
      entry.fail("name", "stands twice");
    }
  }
  map.finish();
  return records;
}

}  // namespace boardless::cost_models
