// `boardless validate`: predicted against published figures.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_status.h"

namespace boardless::cli {

// Adds `validate`; `status` is kNo when an error passes --max-error.
void add_validate_command(CLI::App& app, ExitStatus& status);

}  // namespace boardless::cli
