// What the software around the kernels costs in flash and RAM: an ahead-of-time program or an
// interpreter, as targets/runtimes/*.yaml describes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cost_models/arena_planner.h"
#include "cost_models/interpreter_records.h"
#include "targets/ledger.h"
#include "targets/sourced.h"

namespace boardless::cost_models {

struct Runtime {
  std::string name;
  std::string sha256;  // of what its file says (targets/yaml_digest.h)
  std::string description;
  bool model_file_in_flash = false;           // else only the constants the kernels read
  Planner planner = Planner::kGreedyInOrder;  // of its arena, unless another is asked for
  targets::Sourced<std::uint32_t> code_bytes;
  targets::Sourced<std::uint32_t> code_bytes_per_operator;
  targets::Sourced<std::uint32_t> static_ram_bytes;  // whatever the number of models
  targets::Sourced<std::uint32_t> ram_bytes_per_model;
  targets::Sourced<std::uint32_t> ram_bytes_per_operator_kind;
  // Of an interpreter, which keeps operators and tensors as records in its arena. Without one the
  // kernels' parameter structs and operand lists lie in flash.
  std::optional<InterpreterRecords> records;
  targets::Ledger numbers;  // all of the above
};

std::vector<std::string> runtime_names();
// A bundled one's name, or a YAML file's. Throws InputError naming the nearest known runtime.
Runtime load_runtime(const std::string& name);
bool is_runtime_file(const std::string& name);

}  // namespace boardless::cost_models
