// What `--kernels` and its companions ask for: bundled kernels by a word, or a library by its
// folder.
#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>

#include "prediction/predict.h"
#include "targets/target.h"

namespace boardless::cli {

struct KernelArgument {
  std::string kernels = "auto";  // auto, reference, optimized, or a folder
  std::string flags;             // for a library; empty: the default
  std::string compiler;          // for a library; empty: the one of the bundled images
};

void add_kernel_options(CLI::App& command, KernelArgument& argument);

// Fills `options.kernels` and `options.image`; compiles a library for what the targets need. Throws
// InputError.
void choose_kernels(const KernelArgument& argument, std::span<const targets::Target> targets,
                    prediction::PredictOptions& options);

}  // namespace boardless::cli
