// What `--kernels` and its companions ask for: bundled kernels by a word, or a library by its
// folder.
#pragma once

#include <CLI/CLI.hpp>

#include "prediction/kernel_source.h"

namespace boardless::cli {

void add_kernel_options(CLI::App& command, prediction::KernelSource& source);

}  // namespace boardless::cli
