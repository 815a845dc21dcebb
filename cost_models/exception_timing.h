// What exceptions cost on a core, and what the core calls itself: `exceptions:` in
// targets/cores/*.yaml.
#pragma once

#include <cstdint>

#include "targets/sourced.h"
#include "targets/yaml_reader.h"

namespace boardless::cost_models {

// Cycles without wait states. RISC-V cores have `entry` alone, of interrupts and faults: ECALL,
// EBREAK and MRET are priced as instructions.
struct ExceptionTiming {
  targets::Sourced<std::uint32_t> cpuid;
  targets::Sourced<std::uint32_t> entry;  // from the interrupted instruction to the handler's first
  targets::Sourced<std::uint32_t> leave;  // from the return to the interrupted code
  targets::Sourced<std::uint32_t> tail_chain;  // from one handler to the next
  targets::Sourced<std::uint32_t> fp_frame;    // more when FP registers are saved or restored
};

// Throws InputError naming file, line and key.
ExceptionTiming read_exception_timing(targets::YamlMap map, bool riscv);

}  // namespace boardless::cost_models
