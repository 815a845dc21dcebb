// `boardless run`: boots a firmware image on a target.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_status.h"

namespace boardless::cli {

// Adds `run`; its callback sets `status` to kGuestFault or kNotModelled when that ended the run.
void add_run_command(CLI::App& app, ExitStatus& status);

}  // namespace boardless::cli
