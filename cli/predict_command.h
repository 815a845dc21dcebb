// `boardless predict`: models on targets, as a table, JSON, CSV or an HTML page.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_status.h"

namespace boardless::cli {

// Adds `predict`; its callback sets `status` to kNo when a model fits none of the targets asked
// for, or when a kernel's output differs from the reference.
void add_predict_command(CLI::App& app, ExitStatus& status);

}  // namespace boardless::cli
