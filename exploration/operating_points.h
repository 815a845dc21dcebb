// The clocks at which a chip is worth being looked at.
#pragma once

#include <vector>

#include "targets/target.h"

namespace boardless::exploration {

// The chip as it is, then in each voltage range, from the fastest clock to the slowest, the
// fastest one for each number of wait states: every other clock waits as long and is slower. Clocks
// that the file has no wait states for are left out. A chip with a fixed clock, or without a table,
// is just itself.
std::vector<targets::Target> operating_points(const targets::Target& target);

}  // namespace boardless::exploration
