// Plans an arena in which an operator's output may reach into its input: in place, or a proven
// distance before it.
#pragma once

#include <cstddef>
#include <vector>

#include "base/units.h"
#include "cost_models/arena_planner.h"

namespace boardless::cost_models {

// The one operator that reads request `input` last writes request `output` first. The output may
// begin `distance` bytes before the input, or any multiple of `step` more; or they lie apart.
struct ArenaOverlap {
  std::size_t input = 0, output = 0;
  Bytes distance = 0;
  Bytes step = 1;
};

// Offsets are multiples of `alignment`. Two requests whose lifetimes meet overlap only as
// `overlaps` says, which names a pair once. Each request, largest first, is put where the arena
// grows least; other orders are then tried, as far as the work for that stays small. Never needs
// more than plan_arena(). Deterministic.
ArenaPlan plan_overlapped(const std::vector<ArenaRequest>& requests,
                          const std::vector<ArenaOverlap>& overlaps, Bytes alignment = 16);

}  // namespace boardless::cost_models
