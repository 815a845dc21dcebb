// A data folder with one suite of one program, which is one of the tests' own.
#pragma once

#include <filesystem>
#include <string>

#include "tests/scratch_folder.h"

namespace boardless::cli {

// Makes `folder` a data folder whose suite "own" runs ends.elf (below
// --sources BOARDLESS_TEST_PROGRAMS_DIR) from marker() to `to`. It never gets to program() again,
// and runs for minutes if that is asked for.
inline void suite_of_one(const ScratchFolder& folder, const std::string& to) {
  namespace fs = std::filesystem;
  const fs::path source = BOARDLESS_SOURCE_DIR;
  fs::create_directory_symlink(source / "targets", folder / "targets");
  folder.write("validation/suites/own.yaml",
               "title: one program\n"
               "folder: .\n"
               "source: a page\n"
               "target: ideal-cortex-m4\n"
               "basis: same binary\n"
               "compiler: a compiler\n"
               "stack: bare\n"
               "measure: {kind: cycles, from: marker, to: " +
                   to +
                   ", per: 1}\n"
                   "programs:\n"
                   "  - {name: first, image: ends.elf, measurement: m0001, value: 1000}\n");
}

}  // namespace boardless::cli
