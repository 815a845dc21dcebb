// The command `sweep`.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_status.h"

namespace boardless::cli {

// Adds it to `app`; when it runs, it sets `status`.
void add_sweep_command(CLI::App& app, ExitStatus& status);

}  // namespace boardless::cli
