// `boardless size`: what firmware takes of flash and RAM before it runs.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_status.h"

namespace boardless::cli {

// `status` becomes kNo when a file does not fit the target that was named.
void add_size_command(CLI::App& app, ExitStatus& status);

}  // namespace boardless::cli
