// The peripherals of a family of microcontrollers, as far as firmware depends on them: what
// targets/peripherals/*.yaml says, as sim/ builds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/board.h"

namespace boardless::devices {

struct Peripherals {
  std::uint32_t vector_table = 0;             // Arm
  std::optional<std::uint32_t> reset_vector;  // RISC-V; none: where the program says it begins
  std::uint32_t interrupt_lines = 0, priority_bits = 0;
  std::optional<std::uint32_t> mpu_regions;  // none: as many as the core usually has
  std::uint32_t coprocessors = 0;            // the chip's own, by bit
  std::uint32_t tick_reference_divider = 1;
  std::uint32_t instruction_cache_bytes = 0, data_cache_bytes = 0;  // the core's own
  std::vector<sim::BoardSpec::Range> storage;
  std::vector<sim::RegisterFileSpec> registers;
  std::vector<sim::ClockSpec> clocks;
  std::vector<sim::DeviceSpec> devices;
};

// Throws InputError naming file, line and key.
Peripherals load_peripherals(const std::string& name);

}  // namespace boardless::devices
