// A kernel library of the user's, compiled for each image that the targets need and put in the
// place of the bundled kernels.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "prediction/predict.h"
#include "targets/target.h"
#include "toolchain/kernel_builder.h"

namespace boardless::prediction {

// Asked before each image is compiled, for who is told of the files done; may be empty.
using LibraryProgress = std::function<toolchain::KernelBuilder::Progress(const std::string& image)>;

// Sets `options.kernels` and `options.image`. Images the library is not for stay the bundled ones.
// Throws InputError with what the compiler said first.
void use_compiled_library(const toolchain::KernelBuilder& builder,
                          std::span<const targets::Target> targets, PredictOptions& options,
                          const LibraryProgress& progress);

}  // namespace boardless::prediction
