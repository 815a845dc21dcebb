// A walk over the call graph, function by function.
#include "sim/reachable_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <vector>

#include "base/error.h"
#include "isa/decoder.h"
#include "isa/opcode.h"

namespace boardless::sim {
namespace {

std::size_t index_of(const ElfImage& image, const Symbol* symbol) {
  return static_cast<std::size_t>(symbol - image.symbols.data());
}

// RISC-V has no literal pools: LUI or AUIPC gives an address's upper bits, and the ADDI, load,
// store or JALR behind it adds the rest.
void add_built_addresses(isa::Decoder& decoder, std::uint32_t address,
                         std::span<const std::uint8_t> code, std::vector<std::uint32_t>& result) {
  using Kind = isa::MachineOperand::Kind;
  std::array<std::optional<std::uint32_t>, 32> upper{};
  decoder.restart();
  while (const std::optional<isa::Decoded> decoded = decoder.next(address, code)) {
    const auto& operands = decoded->operands;
    const isa::AddressPart part = decoded->opcode->facts.address_part;
    const bool is_immediate = !operands.empty() && operands.back().kind == Kind::kImmediate;
    const auto immediate = static_cast<std::uint32_t>(is_immediate ? operands.back().value : 0);
    if (is_immediate && operands.size() > 1 && decoded->facts.branch_target == 0) {
      const isa::MachineOperand& base = operands[operands.size() - 2];
      const auto reg = static_cast<std::size_t>(base.value);
      if (base.kind == Kind::kCore && upper[reg]) result.push_back(*upper[reg] + immediate);
    }
    for (std::size_t reg = 1; reg < upper.size(); ++reg) {
      if (decoded->facts.writes.has(static_cast<int>(reg))) upper[reg] = {};
    }
    const bool relative = part == isa::AddressPart::kUpperFromPc;
    if (part != isa::AddressPart::kNone) {
      upper[static_cast<std::size_t>(operands[0].value)] =
          (immediate << 12) + (relative ? address : 0);
    }
    address += decoded->facts.size;
    code = code.subspan(decoded->facts.size);
    if (code.empty()) break;
  }
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
      if (image.architecture == isa::Architecture::kRiscV) {
        add_built_addresses(decoder, address, run, result);
      }
    } else {
      for (std::size_t word = (4 - address % 4) % 4; word + 4 <= run.size(); word += 4) {
        std::uint32_t value = 0;
        std::memcpy(&value, run.data() + word, 4);
        // Bit 0 says Thumb.
        result.push_back(image.architecture == isa::Architecture::kArm ? value & ~1U : value);
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
