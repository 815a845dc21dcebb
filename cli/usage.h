// What the parser says of a wrong command line, and help for a command by its name.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace boardless::cli {

// For CLI::App::failure_message(): what is wrong in one line, with the nearest command or option.
std::string usage_failure(const CLI::App* app, const CLI::Error& error);

// Adds `help COMMAND…`, which prints what `COMMAND… --help` does. Call it when all commands are
// there.
void add_help_command(CLI::App& app);

}  // namespace boardless::cli
