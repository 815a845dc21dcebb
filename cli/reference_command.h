// `boardless reference`: the command line described for other programs. Not in the help: what is
// made of it is installed.
#pragma once

#include <CLI/CLI.hpp>

namespace boardless::cli {

// Adds `reference WHAT [-o FILE]`, which writes the manual page (man), a shell's completion (bash,
// zsh, fish), or names (targets, networks) one a line. It describes what `app` holds when it is
// run.
void add_reference_command(CLI::App& app);

}  // namespace boardless::cli
