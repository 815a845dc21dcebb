// Names for addresses: functions by symbol.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/elf_image.h"

namespace boardless::profiling {

class CodeMap {
 public:
  // `symbols`: by address, as sim::ElfImage has them; may be empty.
  explicit CodeMap(std::vector<sim::Symbol> symbols);

  // Index of the function that holds `address`. Code without a symbol belongs to the function that
  // declare() named at or below it, or to one of its own.
  std::uint32_t function_at(std::uint32_t address);
  // A function starts here (it was called): code without symbols is divided at such addresses.
  void declare(std::uint32_t address);
  bool is_start(std::uint32_t address) const { return by_address_.contains(address); }
  const std::string& name(std::uint32_t function) const { return names_[function]; }
  std::size_t functions() const { return names_.size(); }

 private:
  const sim::Symbol* symbol_at(std::uint32_t address) const;
  std::uint32_t add(std::uint32_t address, std::string name);

  std::vector<sim::Symbol> symbols_;                   // functions only, by address
  std::map<std::uint32_t, std::uint32_t> by_address_;  // start of a function -> index
  std::vector<std::string> names_;
};

}  // namespace boardless::profiling
