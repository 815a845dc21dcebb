// `boardless check`: a budget, for tests of a change.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_status.h"

namespace boardless::cli {

void add_check_command(CLI::App& app, ExitStatus& status);

}  // namespace boardless::cli
