// Symbols by search.
#include "profiling/code_map.h"

#include <fmt/format.h>

#include <algorithm>

namespace boardless::profiling {

CodeMap::CodeMap(std::vector<sim::Symbol> symbols) : symbols_(std::move(symbols)) {
  std::erase_if(symbols_, [](const sim::Symbol& symbol) { return !symbol.is_function; });
}

const sim::Symbol* CodeMap::symbol_at(std::uint32_t address) const {
  auto after = std::ranges::upper_bound(symbols_, address, {}, &sim::Symbol::address);
  if (after == symbols_.begin()) return nullptr;
  --after;
  while (after != symbols_.begin() && (after - 1)->address == after->address) --after;
  return address - after->address < after->size ? &*after : nullptr;
}

std::uint32_t CodeMap::add(std::uint32_t address, std::string name) {
  const auto [found, inserted] =
      by_address_.try_emplace(address, static_cast<std::uint32_t>(names_.size()));
  if (inserted) names_.push_back(std::move(name));
  return found->second;
}

void CodeMap::declare(std::uint32_t address) {
  if (symbol_at(address) == nullptr) add(address, fmt::format("function_0x{:08x}", address));
}

std::uint32_t CodeMap::function_at(std::uint32_t address) {
  const sim::Symbol* symbol = symbol_at(address);
  if (symbol != nullptr) return add(symbol->address, symbol->name);
  const auto after = by_address_.upper_bound(address);
  if (after != by_address_.begin()) {
    const auto before = std::prev(after);
    if (symbol_at(before->first) == nullptr) return before->second;
  }
  return add(address, fmt::format("function_0x{:08x}", address));
}

}  // namespace boardless::profiling
