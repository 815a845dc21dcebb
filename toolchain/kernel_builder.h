// Compiles a user's kernel library with our adapter for it into an image like the bundled ones:
// adapter, library and the reference kernels, at the canonical addresses. What was compiled before
// is taken from the cache: after an edit only what depends on it is compiled.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "toolchain/library_descriptor.h"
#include "toolchain/object_store.h"

namespace boardless::toolchain {

struct BuildOptions {
  std::string compiler;                // empty: the one that built the bundled images
  std::vector<std::string> flags;      // of library and adapter, after all others
  std::filesystem::path cache_folder;  // default_cache_folder()
};

struct BuiltImage {
  std::filesystem::path elf;
  std::string compiler;  // first line of its --version
  // "-mcpu=… -std=c11; reference -O2; cmsis-nn -std=gnu11 -O3; sources 5e0c1f2a": the flags, and
  // the first digits of the library's source files' digest, which an edit changes.
  std::string flags;
};

class KernelBuilder {
 public:
  // Recognises the library in `directory`. Throws InputError when there is none, or none known.
  KernelBuilder(std::filesystem::path directory, BuildOptions options);

  const std::string& title() const { return title_; }            // "cmsis-nn 7.0.0"
  const std::string& prefix() const { return library_.prefix; }  // "cmsis_nn"
  // Whether the library is for the cores that run bundled image `image`.
  bool is_for(const std::string& image) const {
    return isa::find_variant(image).architecture == library_.architecture;
  }

  // Files done and files in all, the ones from the cache included; calls never overlap.
  using Progress = std::function<void(std::size_t done, std::size_t total)>;
  // For the instruction set of bundled image `image`, such as "v7e-m-fp". Throws InputError: no
  // compiler, or what the compiler said first.
  BuiltImage build(const std::string& image, const Progress& progress) const;

 private:
  std::filesystem::path directory_;
  BuildOptions options_;
  LibraryDescriptor library_;
  std::string title_;
  std::filesystem::path kernel_sources_;  // holds kernels/abi.h, kernels/reference, …
  ObjectStore store_;
};

}  // namespace boardless::toolchain
