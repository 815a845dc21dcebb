// `boardless targets`: the microcontrollers and accelerators that predictions can be made for.
#pragma once

#include <CLI/CLI.hpp>

namespace boardless::cli {

// Adds `targets`, one row per target with estimates marked "~", and `targets show NAME`, every
// number of one target with its unit and, below the table, where each comes from. Both write to
// stdout, or where -o says, when parsed.
void add_targets_command(CLI::App& app);

}  // namespace boardless::cli
