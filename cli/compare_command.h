// `boardless compare`: result documents against each other.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_status.h"

namespace boardless::cli {

void add_compare_command(CLI::App& app, ExitStatus& status);

}  // namespace boardless::cli
