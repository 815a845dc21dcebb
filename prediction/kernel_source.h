// Where kernels come from: bundled ones by a word, or a library of the user's by its folder.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "prediction/compiled_library.h"
#include "prediction/predict.h"
#include "targets/target.h"

namespace boardless::prediction {

struct KernelSource {
  std::string kernels = "auto";  // auto, reference, optimized, or a folder
  std::string flags;             // of a library, separated by blanks; empty: kDefaultLibraryFlags
  std::string compiler;          // of a library; empty: the one of the bundled images
};

// What `kernels` can be but a folder.
std::vector<std::string> kernel_words();

// Whether they are a library's folder, which is there, and no word.
bool is_library(const std::string& kernels);

inline constexpr char kDefaultLibraryFlags[] = "-O3";

// Called before an image of a library is compiled, with the library's title and the image's name;
// what it returns is told of the files done. May be empty.
using CompileProgress = std::function<toolchain::KernelBuilder::Progress(const std::string& title,
                                                                         const std::string& image)>;

// Fills `options.kernels` and `options.image`; compiles a library for what the targets need. Throws
// InputError: flags for bundled kernels, no such folder or a mistyped word, what the compiler said.
void choose_kernels(const KernelSource& source, std::span<const targets::Target> targets,
                    PredictOptions& options, const CompileProgress& progress);

}  // namespace boardless::prediction
