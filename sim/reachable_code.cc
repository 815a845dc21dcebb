// A walk over the call graph, function by function.
#include "sim/reachable_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/error.h"
#include "isa/decoder.h"

namespace boardless::sim {
namespace {

std::size_t index_of(const ElfImage& image, const Symbol* symbol) {
  return static_cast<std::size_t>(symbol - image.symbols.data());
}

// Addresses outside straight-line flow that a symbol's bytes refer to.
std::vector<std::uint32_t> references(const ElfImage& image, isa::Decoder& decoder,
                                      const Symbol& symbol) {
  std::vector<std::uint32_t> result;
  const std::vector<std::uint8_t> bytes = image.bytes_at(symbol.address, symbol.size);
  std::uint32_t offset = 0;
  while (offset < bytes.size()) {
    const std::uint32_t address = symbol.address + offset;
    std::uint32_t end = offset + 2;
    const bool code = symbol.is_function && image.is_code(address);
    while (end < bytes.size() &&
           (symbol.is_function && image.is_code(symbol.address + end)) == code) {
      end += 2;
    }
    const std::span<const std::uint8_t> run(bytes.data() + offset,
                                            std::min<std::size_t>(end, bytes.size()) - offset);
    if (code) {
      for (const isa::Instruction& instruction : decoder.decode(address, run)) {
        if (instruction.branch_target != 0) result.push_back(instruction.branch_target);
      }
    } else {
      for (std::size_t word = (4 - address % 4) % 4; word + 4 <= run.size(); word += 4) {
        std::uint32_t value = 0;
        std::memcpy(&value, run.data() + word, 4);
        result.push_back(value & ~1U);
      }
    }
    offset = end;
  }
  return result;
}

}  // namespace

std::set<std::size_t> reachable_symbols(const ElfImage& image, const isa::Variant& variant,
                                        std::span<const std::string> entries) {
  isa::Decoder decoder(variant);
  std::set<std::size_t> reached;
  std::vector<std::size_t> pending;
  const auto reach = [&](const Symbol* symbol) {
    if (symbol == nullptr) return;
    const std::size_t index = index_of(image, symbol);
    if (reached.insert(index).second) pending.push_back(index);
  };
  for (const std::string& entry : entries) {
    const Symbol* symbol = image.find(entry);
    if (symbol == nullptr) {
      throw InputError(fmt::format("{}: has no function '{}'", image.file, entry));
    }
    reach(image.at(symbol->address));
  }
  while (!pending.empty()) {
    const std::size_t index = pending.back();
    pending.pop_back();
    for (const std::uint32_t address : references(image, decoder, image.symbols[index])) {
      reach(image.at(address));
    }
  }
  return reached;
}

std::uint32_t total_size(const ElfImage& image, const std::set<std::size_t>& symbols) {
  std::uint32_t size = 0;
  std::uint32_t end = 0;  // of the bytes counted
  for (const std::size_t index : symbols) {
    const Symbol& symbol = image.symbols[index];
    const std::uint32_t symbol_end = symbol.address + symbol.size;
    if (symbol_end <= end) continue;
    size += symbol_end - std::max(symbol.address, end);
    end = symbol_end;
  }
  return size;
}

}  // namespace boardless::sim
