// What a sweep comes to, in sentences.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "exploration/grid.h"
#include "exploration/outcome.h"

namespace boardless::exploration {

// The point of the front that is best by the first objective, by the next among equals.
std::optional<std::size_t> recommended(const Grid& grid, const SweepResult& result);

// That point, and what another
// point on the front would give up of it to gain in each other objective. Where none meets
// everything, the one that is nearest to it.
std::vector<std::string> recommendation(const Grid& grid, const SweepResult& result);

// What became of the point with that index, by how far it misses each constraint and what would
// close the gap, and the points that meet everything with the fewest differences from it.
std::vector<std::string> why(const Grid& grid, const SweepResult& result, std::size_t point);

}  // namespace boardless::exploration
