// Which requests of a model's arena may overlap: the output of an operator with an input that is
// needed no longer, where the kernel that runs it has a record (kernel_overlap.h).
#pragma once

#include <span>
#include <vector>

#include "cost_models/overlapped_planner.h"
#include "prediction/arena_layout.h"

namespace boardless::prediction {

// Arguments as plan_model_arena() has them; `layout` has its requests. None where the schedule goes
// back, as WHILE does.
std::vector<cost_models::ArenaOverlap> arena_overlaps(const workloads::Graph& graph,
                                                      const workloads::PreparedModel& model,
                                                      std::span<const KernelChoice> choices,
                                                      std::span<const Bytes> scratch,
                                                      const ArenaLayout& layout);

}  // namespace boardless::prediction
