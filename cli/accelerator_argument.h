// What-ifs about accelerators on the command line.
#pragma once

#include <CLI/CLI.hpp>

#include "prediction/accelerator_what_if.h"

namespace boardless::cli {

void add_accelerator_options(CLI::App& command, prediction::AcceleratorWhatIf& what_if);

}  // namespace boardless::cli
