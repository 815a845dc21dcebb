// `boardless targets`: the microcontrollers that predictions can be made for.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_model.h"
#include "targets/target.h"

namespace boardless::cli {

// Adds `targets` and `targets show NAME`, which print to stdout when parsed.
void add_targets_command(CLI::App& app);

// One row per target; numbers that are estimates are marked with "~".
std::string targets_table(const std::vector<targets::Target>& all);
// Likewise for accelerators.
std::string accelerators_table(const std::vector<cost_models::AcceleratorModel>& all);
// Every number of one target with its unit, and below the table where each comes from.
std::string target_sheet(const targets::Target& target);
std::string accelerator_sheet(const cost_models::AcceleratorModel& model);

}  // namespace boardless::cli
