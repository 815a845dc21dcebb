// The RAM of an interpreter beside activations, as TensorFlow Lite Micro's allocator lays it out
// from the arena's end down.
#pragma once

#include <cstddef>
#include <vector>

#include "base/units.h"
#include "cost_models/interpreter_records.h"
#include "workloads/graph/graph.h"

namespace boardless::prediction {

// How much the planner of an arena is given to place.
struct PlannedArena {
  std::size_t activations = 0;
  std::vector<int> scratch = {};  // operators that ask for some
};

// The records, which live from start to end, the allocator's own among them. `scratch` as above.
Bytes record_bytes(const workloads::Graph& graph, const std::vector<int>& scratch,
                   const cost_models::InterpreterRecords& records);

// What has to fit into the arena while it is planned: all records but those of the model's inputs
// and outputs, and the planner's lists.
Bytes planning_bytes(const workloads::Graph& graph, const PlannedArena& arena,
                     const cost_models::InterpreterRecords& records);

}  // namespace boardless::prediction
