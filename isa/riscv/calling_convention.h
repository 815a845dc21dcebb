// How a function is called from outside: the RISC-V integer calling convention (psABI, ILP32).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "isa/riscv/state.h"

namespace boardless::isa::riscv {

struct CallingConvention {
  // Readies the state for the function at `entry` with up to four arguments; it returns to
  // `return_address`.
  static void enter(State& state, std::uint32_t entry, std::span<const std::uint32_t> arguments,
                    std::uint32_t stack_top, std::uint32_t return_address);
  static std::uint32_t result(const State& state) { return state.x[10]; }
};

// The registers as text, four a line, for fault reports.
std::string registers_text(const State& state);
// "illegal instruction": what a trap is called in reports.
std::string_view trap_name(Trap trap);

}  // namespace boardless::isa::riscv
