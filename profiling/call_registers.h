// The registers that a call is told by.
#pragma once

#include <cstdint>

#include "isa/arm/semantics.h"
#include "isa/riscv/semantics.h"

namespace boardless::profiling {

// A core's own; they must outlive what reads them.
struct CallRegisters {
  const std::uint32_t& stack_pointer;
  const std::uint32_t& return_address;  // may have the Thumb bit
  const std::uint32_t& first_argument;  // and the result, once it is back
};

// A call in progress: it ends where it returns to, with the stack pointer that it was made with.
struct OpenCall {
  std::uint32_t return_address = 0, stack_pointer = 0;

  bool ends_at(std::uint32_t address, const CallRegisters& registers) const {
    return address == return_address && registers.stack_pointer == stack_pointer;
  }
};
// As a function begins.
inline OpenCall open_call(const CallRegisters& registers) {
  return {.return_address = registers.return_address & ~1U,
          .stack_pointer = registers.stack_pointer};
}

inline CallRegisters call_registers(const isa::arm::State& state) {
  return {
      .stack_pointer = state.r[13], .return_address = state.r[14], .first_argument = state.r[0]};
}
inline CallRegisters call_registers(const isa::riscv::State& state) {
  return {.stack_pointer = state.x[2], .return_address = state.x[1], .first_argument = state.x[10]};
}

// Of the stack that exceptions use; 0 while another is in use, or none yet.
inline std::uint32_t main_stack_pointer(const isa::arm::State& state) {
  return state.uses_psp() ? 0 : state.r[13];
}
inline std::uint32_t main_stack_pointer(const isa::riscv::State& state) { return state.x[2]; }

}  // namespace boardless::profiling
