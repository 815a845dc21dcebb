// How a function is called from outside: the base procedure call standard (AAPCS, IHI 0042).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "isa/arm/state.h"

namespace boardless::isa::arm {

struct CallingConvention {
  // Readies the state for the function at `entry` with up to four arguments; it returns to
  // `return_address`.
  static void enter(State& state, std::uint32_t entry, std::span<const std::uint32_t> arguments,
                    std::uint32_t stack_top, std::uint32_t return_address);
  static std::uint32_t result(const State& state) { return state.r[0]; }
};

// The registers as text, four a line, for fault reports.
std::string registers_text(const State& state);
// "undefined instruction": what a trap is called in reports.
std::string_view trap_name(Trap trap);

}  // namespace boardless::isa::arm
