// Views of the regions that a run was timed by.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "profiling/region.h"
#include "reports/table_view.h"

namespace boardless::reports {

// A row for each region; times at `clock_hz`.
std::string region_table(std::span<const profiling::RegionTimes> regions, double clock_hz,
                         const TableView& view);
nlohmann::ordered_json region_json(const profiling::RegionTimes& region);

}  // namespace boardless::reports
