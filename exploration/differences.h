// In what two points of a grid differ.
#pragma once

#include <string>
#include <vector>

#include "exploration/grid.h"

namespace boardless::exploration {

// "width 0.25 instead of 0.5", "target rp2350 instead of rp2040": what `to` has in place of what
// `from` has, one entry for each axis.
std::vector<std::string> differences(const Grid& grid, const Point& from, const Point& to);

}  // namespace boardless::exploration
