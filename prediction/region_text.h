// Regions of a run as users write them:
//
//   conv_s8                       a function, each time it is called
//   inference=invoke..done        NAME=FROM..TO, from the one place to the other
//   boot=0x08000100..main+0x10    places are symbols, symbols and bytes behind them, addresses,
//   answer="start\n".."ready"     and texts that the program prints
#pragma once

#include <cstdint>
#include <string>

#include "profiling/region.h"
#include "sim/elf_image.h"

namespace boardless::prediction {

struct RegionText {
  std::string name;
  std::string from;  // a function where `to` is empty, else a place
  std::string to;
};

// Throws InputError: a place or a name that is none, a text without an end.
RegionText read_region(const std::string& text);

// Throws InputError: no such symbol, with the nearest.
profiling::Region resolve_region(const RegionText& text, const sim::ElfImage& firmware);

// Throws InputError naming the file and the nearest symbol.
std::uint32_t symbol_address(const sim::ElfImage& firmware, const std::string& name);

}  // namespace boardless::prediction
