// A folder for one test's files that disappears with it, and a suite written there.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

#include "base/data_files.h"

namespace boardless::validation {

class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "boardlessXXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Scratch() { std::filesystem::remove_all(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // Writes a file below the folder, with the folders it needs, and returns its path.
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    write_file(file, text);
    return file;
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A suite of one program built from one file; tests change words of it.
inline constexpr const char* kSuite = R"(title: one program
folder: things
source: a page
target: stm32f446re
basis: same source
compiler: their compiler
stack: bare
build:
  compiler: arm-none-eabi-gcc
  flags: [-O2, -mcpu=cortex-m4, -mthumb]
  defines: [SIZE=3]
  include: [inc]
  sources: ["{program}.c", "more/*.c"]
  support: [arm/startup.c]
  linker_script: arm/program.ld
  libraries: [m]
measure: {kind: cycles, from: start, to: stop, per: 4}
programs:
  - {name: one, measurement: m0001, value: 1000}
)";

}  // namespace boardless::validation
