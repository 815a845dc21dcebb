// What a firmware image takes of flash and RAM before it runs, by section, symbol and memory: what
// `boardless size` answers. Heap and stack are what its linker script sets aside for them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "sim/elf_image.h"
#include "targets/target.h"

namespace boardless::prediction {

struct SectionUse {
  sim::Section section;
  // Initial values lie in flash and, once start-up code has copied them, in RAM.
  bool in_flash = false, in_ram = false;
};

struct SymbolUse {
  std::string name;
  std::string section;  // empty where none holds it
  Bytes bytes = 0;
  bool is_function = true;
};

// Of a target's memory; another path to the same bytes is none of its own.
struct MemoryRoom {
  std::string name;
  Bytes used_bytes = 0, capacity_bytes = 0;
};

struct FirmwareSize {
  std::string firmware;
  Bytes code_bytes = 0, constant_bytes = 0, data_bytes = 0, zeroed_bytes = 0;
  Bytes flash_bytes = 0;  // code, constants and initial values
  Bytes ram_bytes = 0;    // what has values and what is zeroed, code that is copied there
  std::vector<SectionUse> sections;  // by address
  std::vector<SymbolUse> symbols;    // largest first; empty where the file has none
  std::string target;                // empty: asked without one
  std::vector<MemoryRoom> memories;  // of it
  bool fits = true;
  std::vector<std::string> reasons;  // why not
};

// Raw bytes and HEX files have a section "bytes" for each piece. A section that no
// memory of the target holds is a reason.
FirmwareSize measure_firmware(const sim::ElfImage& firmware,
                              const std::optional<targets::Target>& target);

}  // namespace boardless::prediction
