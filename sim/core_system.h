// What distinguishes one M-profile core's system side from another's: plain data, given by whoever
// knows the target.
#pragma once

#include <cstdint>

#include "isa/feature.h"

namespace boardless::sim {

// Cycles from the last instruction to the first one of a handler and so on, without wait states.
struct ExceptionCycles {
  std::uint32_t entry = 0;
  std::uint32_t leave = 0;
  std::uint32_t tail_chain = 0;
  std::uint32_t fp_frame = 0;  // more when FP registers are saved or restored at once, not lazily
};

struct CoreSystem {
  isa::FeatureSet features{isa::Feature::kBaseline, isa::Feature::kMainline};  // Armv7-M
  bool fpu = false;                // the chip has what the instruction set may have
  std::uint32_t coprocessors = 0;  // the chip's own, by bit, which are not modelled
  std::uint32_t cpuid = 0;
  std::uint32_t mpu_regions = 8;
  std::uint32_t interrupt_lines = 32;
  std::uint32_t priority_bits = 8;
  std::uint32_t instruction_cache_bytes = 0, data_cache_bytes = 0;  // Cortex-M7's own
  std::uint32_t tick_reference_divider = 1;  // core cycles of SysTick's external clock
  ExceptionCycles exceptions;
};

}  // namespace boardless::sim
