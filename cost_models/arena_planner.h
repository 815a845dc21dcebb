// Where each activation lives in the arena: greedy by size over lifetimes, the algorithm of TFLite
// Micro's planner, so that the arena never needs more than its.
#pragma once

#include <string>
#include <vector>

#include "base/units.h"

namespace boardless::cost_models {

// Something that needs arena bytes from the start of operator `first_op` to the end of `last_op`.
struct ArenaRequest {
  std::string name;
  Bytes bytes = 0;
  int first_op = 0;
  int last_op = 0;
};

struct ArenaPlan {
  std::vector<Bytes> offsets;  // one per request, aligned
  Bytes bytes = 0;             // the arena's size
};

// Offsets are multiples of `alignment` (TFLite Micro uses 16). No two requests whose lifetimes meet
// overlap. Deterministic: ties go to the earlier request.
ArenaPlan plan_arena(const std::vector<ArenaRequest>& requests, Bytes alignment = 16);

}  // namespace boardless::cost_models
