// Calls from outside, and what reports say of a state.
#include "isa/arm/calling_convention.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace boardless::isa::arm {

void CallingConvention::enter(State& state, std::uint32_t entry,
                              std::span<const std::uint32_t> arguments, std::uint32_t stack_top,
                              std::uint32_t return_address) {
  check(arguments.size() <= 4, "more than four arguments would go on the stack");
  std::ranges::copy(arguments, state.r.begin());
  state.r[13] = stack_top;
  state.r[14] = return_address | 1U;
  state.pc = entry & ~1U;
  state.it = 0;
  state.not_thumb = 0;
  state.trap = Trap::kNone;
}

std::string registers_text(const State& state) {
  std::string text;
  for (int i = 0; i < 16; ++i) {
    const std::uint32_t value = i == 15 ? state.pc : state.r[static_cast<std::size_t>(i)];
    text += fmt::format("{:>4} 0x{:08x}{}", fmt::format("r{}", i), value, i % 4 == 3 ? "\n" : "  ");
  }
  text += fmt::format("xpsr 0x{:08x}\n", xpsr(state) | state.ipsr);
  return text;
}

std::string_view trap_name(Trap trap) {
  switch (trap) {
    case Trap::kNone:
      return "no trap";
    case Trap::kSupervisorCall:
      return "supervisor call";
    case Trap::kBreakpoint:
      return "breakpoint";
    case Trap::kUndefined:
      return "undefined instruction";
    case Trap::kDivideByZero:
      return "division by zero";
    case Trap::kWaitForInterrupt:
      return "wait for an interrupt";
    case Trap::kWaitForEvent:
      return "wait for an event";
    case Trap::kInvalidState:
      return "end of a loop with tail predication by LE";
    case Trap::kNotThumb:
      return "jump to an address whose bit 0, the Thumb bit, is clear";
    case Trap::kStackLimit:
      return "stack pointer below its limit";
    case Trap::kStop:
      return "stop";
  }
  return "no trap";
}

}  // namespace boardless::isa::arm
