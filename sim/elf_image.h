// A linked program: what to put in memory, and the names of its functions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "isa/variant.h"

namespace boardless::sim {

struct Segment {
  std::uint32_t address = 0;
  std::vector<std::uint8_t> bytes;
  std::uint32_t load_address = 0;  // where it lies before start-up code copies it to `address`
};

// A part of the program that has room in memory while it runs.
struct Section {
  enum class Kind { kCode, kConstants, kData, kZeroed };  // kData: what start-up code copies to RAM
  std::string name;
  Kind kind = Kind::kConstants;
  std::uint32_t address = 0;
  std::uint32_t load_address = 0;  // as of its segment
  std::uint32_t size = 0;          // bytes
};

// A function, or a constant object of the program.
struct Symbol {
  std::string name;
  std::uint32_t address = 0;  // without the Thumb bit
  std::uint32_t size = 0;     // bytes, literal pools included
  bool is_function = true;
};

// From `address` on lies code, or data (a literal pool, a jump table): the ELF's mapping symbols.
struct Mapping {
  std::uint32_t address = 0;
  bool is_code = true;
};

struct ElfImage {
  std::string file;
  isa::Architecture architecture = isa::Architecture::kArm;  // when there is an entry
  std::optional<std::uint32_t> entry;  // where execution begins; raw bytes do not say
  std::vector<Segment> segments;       // by address
  std::vector<Section> sections;       // by address; empty where the file has none
  std::vector<Symbol> symbols;         // by address
  std::string symbols_file;            // the ELF file that has them; empty: there are none
  std::vector<Mapping> mappings;       // by address

  // Null when there is no such symbol.
  const Symbol* find(std::string_view name) const;
  // The symbol whose bytes hold `address` (the first of its aliases), or null.
  const Symbol* at(std::uint32_t address) const;
  // Whether the mapping symbols say that code, not data, lies at `address`.
  bool is_code(std::uint32_t address) const;
  // Bytes [address, address + size) of one segment; empty when no segment holds them.
  std::vector<std::uint8_t> bytes_at(std::uint32_t address, std::uint32_t size) const;
};

// A 32-bit little-endian Arm or RISC-V ELF. Throws InputError naming the file and what is wrong.
ElfImage load_elf(const std::filesystem::path& path);

}  // namespace boardless::sim
