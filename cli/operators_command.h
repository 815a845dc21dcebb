// `boardless model operators`: what is run, by element type and kernel library.
#pragma once

#include <CLI/CLI.hpp>

namespace boardless::cli {

// Adds it to `boardless model`.
void add_operators_command(CLI::App& model_command);

}  // namespace boardless::cli
