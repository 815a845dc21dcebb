// Reads the memories and caches of a target file and checks that they fit together.
#pragma once

#include <cstdint>
#include <string>

#include "targets/target.h"
#include "targets/yaml_reader.h"

namespace boardless::targets {

// `voltage_ranges:`, whose first is the one that holds.
void read_voltage_ranges(YamlMap& root, Target& target);
// `caches:` and `memories:`, at the target's clock. Throws InputError.
void read_memories(YamlMap& root, Target& target);

// Gives the memory the bus divider and the wait states of a core clock. False when its table has no
// row for it in that voltage range.
bool set_clock(Memory& memory, std::uint32_t clock_hz, const std::string& voltage_range);

}  // namespace boardless::targets
