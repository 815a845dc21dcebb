// Reads register blocks, and the clocks that their fields divide, from a peripherals file.
#pragma once

#include <vector>

#include "sim/board.h"
#include "targets/yaml_reader.h"

namespace boardless::devices {

// An entry of `registers:`. Bits are "10", "3:2", or "0x04.10" of another register of the block. A
// signal of `controls` may be "MEMORY.wait_states", "MEMORY.prefetch", "CACHE.enable",
// "CACHE.multi_way" or "CACHE.invalidate". Throws InputError naming file, line and key.
sim::RegisterFileSpec read_register_block(targets::YamlMap& map);

// An entry of `clocks:`, whose dividers are fields of `blocks`; the APB prescaler last: unless it
// is 1, timers count twice as fast. Throws InputError naming file, line and key.
sim::ClockSpec read_clock(targets::YamlMap& map, const std::vector<sim::RegisterFileSpec>& blocks);

}  // namespace boardless::devices
