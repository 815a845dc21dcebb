// Source lines of addresses, from the debug information of an ELF file.
//
// The file is a stranger's and its debug information is read by LLVM, which trusts it. So a child
// process reads it, with bounds on its memory and time: what crashes it, or makes it run for ever,
// costs the lines and nothing else.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace boardless::profiling {

struct SourceLine {
  std::string file;
  std::uint32_t line = 0;  // from 1
  auto operator<=>(const SourceLine&) const = default;
};

struct LineTable {
  std::vector<std::optional<SourceLine>> lines;  // by address asked for; empty: there are none
  std::string problem;                           // why there are none, unless the file has none
};

// The lines of `addresses`, in their order. Throws std::system_error when the host has no room for
// another process.
LineTable read_lines(const std::filesystem::path& elf, std::span<const std::uint32_t> addresses);

}  // namespace boardless::profiling
