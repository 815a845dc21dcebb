// Draws points of a grid.
#pragma once

#include <vector>

#include "exploration/grid.h"

namespace boardless::exploration {

// By the grid's search, which is no full grid; in the grid's order, each once, those that the
// conditions allow. A dimension each for models (for each parameter, where one network makes all
// of them), options and devices. There may be fewer than asked for: where the space has no more,
// and of a Latin hypercube those that the conditions forbid and those that meet.
std::vector<Point> sample(const Grid& grid);

}  // namespace boardless::exploration
