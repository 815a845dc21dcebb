// Adds sections up, and finds the memories that they lie in.
#include "prediction/firmware_size.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/visible_text.h"

namespace boardless::prediction {
namespace {

using sim::Section;
using targets::Memory;

// Of a file without sections, its pieces.
std::vector<Section> sections_of(const sim::ElfImage& firmware) {
  if (!firmware.sections.empty()) return firmware.sections;
  std::vector<Section> sections;
  for (const sim::Segment& segment : firmware.segments) {
    sections.push_back({"bytes", Section::Kind::kConstants, segment.address, segment.load_address,
                        static_cast<std::uint32_t>(segment.bytes.size())});
  }
  return sections;
}

// How far behind the memory's first byte an address lies, by whichever of its names.
std::optional<Bytes> offset_in(const Memory& memory, std::uint32_t address) {
  const auto holds = [&](std::uint32_t base) {
    return address >= base && address - base < memory.size_bytes.value();
  };
  if (holds(memory.base.value())) return address - memory.base.value();
  for (const auto& base : memory.alias_bases) {
    if (holds(base.value())) return address - base.value();
  }
  return std::nullopt;
}

struct Place {
  const Memory* memory = nullptr;
  Bytes room = 0;  // from the address to the memory's end
};

std::optional<Place> place_of(const targets::Target& target, std::uint32_t address) {
  for (const Memory& memory : target.memories) {
    const auto offset = offset_in(memory, address);
    if (!offset) continue;
    const Bytes room = memory.size_bytes.value() - *offset;
    return Place{memory.view_of.empty() ? &memory : &target.memory(memory.view_of), room};
  }
  return std::nullopt;
}

// Adds each section to the memories that it takes room in.
class MemorySums {
 public:
  MemorySums(const targets::Target& target, FirmwareSize& size) : target_(target), size_(size) {
    for (const Memory& memory : target.memories) {
      if (memory.view_of.empty()) {
        size.memories.push_back({memory.name, 0, memory.size_bytes.value()});
      }
    }
  }

  void add(const std::string& what, std::uint32_t address, Bytes bytes) {
    const auto place = place_of(target_, address);
    if (!place) {
      size_.reasons.push_back(
          fmt::format("{} at {:#010x} lies in no memory of {}", what, address, target_.name));
      return;
    }
    if (bytes > place->room) {
      size_.reasons.push_back(fmt::format("{} at {:#010x} reaches {} bytes beyond {}", what,
                                          address, bytes - place->room, place->memory->name));
    }
    std::ranges::find(size_.memories, place->memory->name, &MemoryRoom::name)->used_bytes += bytes;
  }

  void finish() {
    for (const MemoryRoom& memory : size_.memories) {
      if (memory.used_bytes <= memory.capacity_bytes) continue;
      size_.reasons.push_back(fmt::format("{} needs {} bytes and has {}", memory.name,
                                          memory.used_bytes, memory.capacity_bytes));
    }
    size_.fits = size_.reasons.empty();
  }

 private:
  const targets::Target& target_;
  FirmwareSize& size_;
};

// A program that a debugger loads into RAM has its values there alone.
SectionUse use_of(const Section& section) {
  const bool is_copied = section.address != section.load_address;
  const bool is_zeroed = section.kind == Section::Kind::kZeroed;
  const bool is_data = section.kind == Section::Kind::kData;
  return {section, !is_zeroed && (is_copied || !is_data), is_zeroed || is_copied || is_data};
}

Bytes& sum_of(FirmwareSize& size, Section::Kind kind) {
  switch (kind) {
    case Section::Kind::kCode:
      return size.code_bytes;
    case Section::Kind::kData:
      return size.data_bytes;
    case Section::Kind::kZeroed:
      return size.zeroed_bytes;
    case Section::Kind::kConstants:
      break;
  }
  return size.constant_bytes;
}

std::vector<SymbolUse> symbols_of(const sim::ElfImage& firmware) {
  std::vector<SymbolUse> symbols;
  for (const sim::Symbol& symbol : firmware.symbols) {
    const auto section = std::ranges::find_if(firmware.sections, [&](const Section& each) {
      return symbol.address - each.address < each.size;
    });
    symbols.push_back({symbol.name, section == firmware.sections.end() ? "" : section->name,
                       symbol.size, symbol.is_function});
  }
  std::ranges::stable_sort(symbols, std::greater{}, &SymbolUse::bytes);
  return symbols;
}

}  // namespace

FirmwareSize measure_firmware(const sim::ElfImage& firmware,
                              const std::optional<targets::Target>& target) {
  FirmwareSize size;
  size.firmware = visible(firmware.file);
  for (const Section& section : sections_of(firmware)) {
    const SectionUse use = use_of(section);
    sum_of(size, section.kind) += section.size;
    if (use.in_flash) size.flash_bytes += section.size;
    if (use.in_ram) size.ram_bytes += section.size;
    size.sections.push_back(use);
  }
  size.symbols = symbols_of(firmware);
  if (target) {
    size.target = target->name;
    MemorySums sums(*target, size);
    for (const SectionUse& use : size.sections) {
      const Section& section = use.section;
      if (use.in_flash) sums.add(section.name, section.load_address, section.size);
      if (use.in_ram) sums.add(section.name, section.address, section.size);
    }
    sums.finish();
  }
  return size;
}

}  // namespace boardless::prediction
