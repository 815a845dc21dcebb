// Compiles a suite's program where boardless runs, with the cross compiler that is installed there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "targets/target.h"
#include "validation/suite.h"

namespace boardless::validation {

struct Places {
  std::filesystem::path sources;  // the folder of --sources
  std::filesystem::path support;  // start-up code, linker scripts, platforms: validation/support
  std::filesystem::path output;   // where what is built goes
};

struct BuiltProgram {
  std::filesystem::path file;
  std::string compiler;  // "GCC 12.2.1, newlib 3.3.0"
  std::string flags;
};

// What the program needs and this machine lacks, each as one line: a folder, a file, a compiler.
std::vector<std::string> missing_parts(const Program& program, const Places& places);

// The two memories of a program, as the linker scripts include them. Where code and data share one
// memory, code gets its first half.
std::string memory_script(const Build& build, const targets::Target& target);

// The compiler driver's arguments without the driver itself; the ELF is `elf`. Patterns "DIR/*.c"
// are expanded in the files' alphabetical order.
std::vector<std::string> compiler_arguments(const Program& program, const Build& build,
                                            const Places& places, const std::filesystem::path& elf);

// Throws InputError with what the compiler said when it refuses.
BuiltProgram build_program(const Program& program, const Build& build,
                           const targets::Target& target, const Places& places);

}  // namespace boardless::validation
