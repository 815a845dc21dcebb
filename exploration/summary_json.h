// What is to be said of a sweep as a whole.
#pragma once

#include <nlohmann/json.hpp>

#include "exploration/grid.h"
#include "exploration/outcome.h"

namespace boardless::exploration {

// docs/sweep.schema.json without its points.
nlohmann::ordered_json summary_json(const Grid& grid, const SweepResult& result);

}  // namespace boardless::exploration
