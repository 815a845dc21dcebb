// Views of a profile, as parts of a run's table and document.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "profiling/profile.h"
#include "reports/run_report.h"

namespace boardless::reports {

// "12.3 %"; of nothing, 0.0 %.
std::string percent(Cycles part, Cycles whole);

std::string profile_table(const profiling::Profile& profile, const ProfileRows& rows,
                          const TableView& view);
nlohmann::ordered_json profile_json(const profiling::Profile& profile);

}  // namespace boardless::reports
