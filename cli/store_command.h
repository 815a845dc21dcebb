// The command `store` with what it can do to kept results.
#pragma once

#include <CLI/CLI.hpp>

namespace boardless::cli {

void add_store_command(CLI::App& app);

}  // namespace boardless::cli
