// What is known about kernel libraries that users have: how each is recognised and compiled.
// kernels/adapters/*.yaml; a new library is such a file and an adapter in C.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "isa/variant.h"

namespace boardless::toolchain {

// A macro defined for the adapter when `file` of the library exists and holds `contains`.
struct LibraryFeature {
  std::string file;
  std::string contains;  // empty: the file need only exist
  std::string define;
};

struct LibraryDescriptor {
  std::filesystem::path file;
  std::string name;                        // "cmsis-nn"
  std::string prefix;                      // of the adapter's functions: "cmsis_nn"
  std::vector<std::string> recognised_by;  // files that exist in no other library
  std::string version_file;                // states the version as the first group of the pattern
  std::string version_pattern;
  std::vector<std::string> sources;  // globs; * does not match a slash
  std::vector<std::string> except;   // globs of file names
  std::vector<std::string> include;  // folders; those that do not exist are left out
  isa::Architecture architecture = isa::Architecture::kArm;  // the cores it is for
  std::vector<std::string> flags;                            // after those of the instruction set
  std::vector<std::string> adapter;                          // C files beside the descriptor
  std::vector<LibraryFeature> features;
};

// All of them, by file name. Throws InputError naming file and key.
std::vector<LibraryDescriptor> load_library_descriptors(const std::filesystem::path& folder);

// The one of the library in `directory`. Throws InputError saying what would be recognised.
const LibraryDescriptor& recognise(const std::filesystem::path& directory,
                                   const std::vector<LibraryDescriptor>& descriptors);

// "cmsis-nn v7.0.0": the name, the version that its files state unless the tag says it, and the tag
// or commit that is checked out.
std::string library_title(const std::filesystem::path& directory,
                          const LibraryDescriptor& descriptor);

// Macros of the features that the library has.
std::vector<std::string> library_defines(const std::filesystem::path& directory,
                                         const LibraryDescriptor& descriptor);

}  // namespace boardless::toolchain
