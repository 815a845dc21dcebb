// What views say of one point in words.
#pragma once

#include <string>

#include "exploration/grid.h"
#include "exploration/outcome.h"

namespace boardless::exploration {

// What tells it from other points of its model, target and clock: "range-2, reference".
std::string configuration_text(const Grid& grid, const Point& point);
// "yes", or why not: "latency_ms is 71.30 ms", "pruned (fit): …".
std::string answer_text(const Outcome& outcome);

}  // namespace boardless::exploration
