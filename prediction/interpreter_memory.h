// The RAM of an interpreter beside activations, as TensorFlow Lite Micro's allocator lays it out
// from the arena's end down.
#pragma once

#include <cstddef>

#include "base/units.h"
#include "cost_models/interpreter_records.h"
#include "workloads/graph/graph.h"

namespace boardless::prediction {

// What a plan of the arena holds.
struct PlannedArena {
  Bytes bytes = 0;           // of activations and scratch
  std::size_t blocks = 0;    // activations and scratch buffers
  std::size_t scratch = 0;   // how many of those are scratch
  Bytes variable_bytes = 0;  // kept beside it, from one invocation to the next
};

// The records, which live from start to end.
Bytes record_bytes(const workloads::Graph& graph, std::size_t scratch_buffers,
                   const cost_models::InterpreterRecords& records);

// The smallest arena that the runtime starts in: all that is planned and recorded, or what planning
// itself needs, where that is more.
Bytes tensor_arena_bytes(const workloads::Graph& graph, const PlannedArena& arena,
                         const cost_models::InterpreterRecords& records);

}  // namespace boardless::prediction
