// How a bundled kernel image was compiled: the note that lies beside it.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace boardless::toolchain {

struct BuildNote {
  std::string compiler;  // first line of its --version
  std::string command;   // path of the compiler on the machine that built the image
  std::string flags;     // of every library: "-mcpu=cortex-m4 … -mthumb -std=c11"
  std::string link_flags;
  std::vector<std::pair<std::string, std::string>> libraries;  // "dsp" and "-O3"

  // Empty when the image has no such library.
  std::string library_flags(const std::string& library) const;
  // "-mcpu=… -std=c11; reference -O2; dsp -O3"
  std::string all_flags() const;
};

// Of `image`, such as "v7e-m-fp". Throws InputError naming the file and what is missing.
BuildNote read_build_note(const std::string& image);

}  // namespace boardless::toolchain
