// Names for addresses: functions by symbol, lines by debug information.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/elf_image.h"

namespace boardless::profiling {

struct SourceLine {
  std::string file;
  std::uint32_t line = 0;
  auto operator<=>(const SourceLine&) const = default;
};

class CodeMap {
 public:
  // Function names from `symbols` (by address, as sim::ElfImage has them; may be empty); lines from
  // the debug information of `elf`, when given and when it has some.
  CodeMap(std::vector<sim::Symbol> symbols, const std::optional<std::filesystem::path>& elf);
  ~CodeMap();

  // Index of the function that holds `address`. Code without a symbol belongs to the function that
  // declare() named at or below it, or to one of its own.
  std::uint32_t function_at(std::uint32_t address);
  // A function starts here (it was called): code without symbols is divided at such addresses.
  void declare(std::uint32_t address);
  bool is_start(std::uint32_t address) const { return by_address_.contains(address); }
  const std::string& name(std::uint32_t function) const { return names_[function]; }
  std::size_t functions() const { return names_.size(); }

  bool has_lines() const { return lines_ != nullptr; }
  std::optional<SourceLine> line_at(std::uint32_t address) const;

 private:
  struct Lines;
  const sim::Symbol* symbol_at(std::uint32_t address) const;
  std::uint32_t add(std::uint32_t address, std::string name);

  std::vector<sim::Symbol> symbols_;                   // functions only, by address
  std::map<std::uint32_t, std::uint32_t> by_address_;  // start of a function -> index
  std::vector<std::string> names_;
  std::unique_ptr<Lines> lines_;
};

}  // namespace boardless::profiling
