// What models take of a device's memories, in parts that can be added up: one model alone, or
// several that take turns.
#pragma once

#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/units.h"
#include "cost_models/runtime.h"
#include "prediction/model_run.h"
#include "prediction/prediction.h"
#include "targets/target.h"

namespace boardless::prediction {

// One model's. What models share is not in it: the runtime and the kernels' code.
struct Footprint {
  Bytes arena_bytes = 0;       // as planned: free again when the model has run
  Bytes persistent_bytes = 0;  // kept from one invocation to the next
  Bytes stack_bytes = 0;
  Bytes record_bytes = 0;    // of an interpreter, without its allocator's own
  Bytes planning_bytes = 0;  // what it has recorded and needs besides while it plans the arena
  Bytes weights_bytes = 0;
  Bytes descriptors_bytes = 0;
  std::size_t operators = 0;
  std::set<std::pair<workloads::OpKind, std::string>> kinds;  // of operators
  std::set<std::string> functions;                            // of the kernel image
};
Footprint footprint_of(const Workload& workload, const ModelRun& run,
                       const cost_models::Runtime& runtime);

// RAM of the runtime itself: its own data and, of an interpreter, its records of the models.
Bytes runtime_ram_bytes(std::span<const Footprint> models, const cost_models::Runtime& runtime);
// Flash of the runtime and of what it has for each operator.
Bytes runtime_flash_bytes(std::span<const Footprint> models, const cost_models::Runtime& runtime);

struct MemoryUse {
  Sram sram;
  Flash flash;
  bool fits = true;
  std::vector<std::string> reasons;  // a line for each memory that has too little
};

// Models that take turns on a target: the arena and the stack of the largest, everything else of
// all. `code_bytes` is that of the kernels that any of them runs. They fit when the windows that
// share a memory fit into it together.
MemoryUse memory_use(std::span<const Footprint> models, Bytes code_bytes,
                     const targets::Target& target, const cost_models::Runtime& runtime);

}  // namespace boardless::prediction
