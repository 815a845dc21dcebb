// What lies in a model's arena and when: the requests of which a planner makes an arena.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "cost_models/arena_planner.h"
#include "prediction/kernel_library.h"
#include "workloads/graph/graph.h"
#include "workloads/operators/prepared_model.h"

namespace boardless::prediction {

// Of activations and of constants, as TFLite aligns its buffers.
inline constexpr Bytes kArenaAlignment = 16;

// Bytes behind the planned arena that keep their value from one invocation to the next.
struct PersistentBlock {
  std::string name;
  Bytes offset = 0;  // from the arena's start
  Bytes bytes = 0;
};

// Arena blocks: one per activation tensor, then one per operator's scratch. Persistent blocks: one
// per variable tensor, then one per resource variable. Lifetimes are counted in the runs of the
// schedule; as TFLite Micro plans, in its allocation scopes.
struct ArenaLayout {
  std::vector<cost_models::ArenaRequest> requests;
  cost_models::ArenaPlan plan;
  std::vector<int> block_of_tensor;   // index into requests; -1 for constants and variable tensors
  std::vector<int> block_of_scratch;  // per operator; -1 when it needs none
  std::vector<int> run_operators;     // the graph's operator of each run or scope
  std::vector<PersistentBlock> persistent;
  std::vector<int> persistent_of_tensor;    // index into persistent; -1 for what keeps no value
  std::vector<int> persistent_of_variable;  // the same of resource variables

  // Where the last persistent block ends.
  Bytes bytes() const;
};

// Plans the arena of a model whose operators run `choices` and need `scratch`, both by prepared
// operator. Persistent blocks are left to the caller.
ArenaLayout plan_model_arena(const workloads::Graph& graph, const workloads::PreparedModel& model,
                             std::span<const KernelChoice> choices, std::span<const Bytes> scratch,
                             cost_models::Planner planner);

}  // namespace boardless::prediction
