// Calls from outside, and what reports say of a state.
#include "isa/riscv/calling_convention.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"

namespace boardless::isa::riscv {
namespace {

constexpr std::size_t kReturnAddress = 1, kStackPointer = 2, kFirstArgument = 10;

constexpr std::array<std::string_view, 32> kNames{
    "zero", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "s0", "s1", "a0",
    "a1",   "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
    "s6",   "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};

}  // namespace

void CallingConvention::enter(State& state, std::uint32_t entry,
                              std::span<const std::uint32_t> arguments, std::uint32_t stack_top,
                              std::uint32_t return_address) {
  check(arguments.size() <= 4, "kernels take at most four arguments");
  std::ranges::copy(arguments, state.x.begin() + kFirstArgument);
  state.x[kStackPointer] = stack_top;
  state.x[kReturnAddress] = return_address;
  state.pc = entry;
  state.trap = Trap::kNone;
}

std::string registers_text(const State& state) {
  std::string text;
  for (std::size_t i = 1; i < kNames.size(); ++i) {
    text += fmt::format("{:>4} 0x{:08x}{}", kNames[i], state.x[i], i % 4 == 0 ? "\n" : "  ");
  }
  return text + fmt::format("{:>4} 0x{:08x}\n", "pc", state.pc);
}

std::string_view trap_name(Trap trap) {
  switch (trap) {
    case Trap::kNone:
      return "no trap";
    case Trap::kEnvironmentCall:
      return "environment call";
    case Trap::kBreakpoint:
      return "breakpoint";
    case Trap::kIllegal:
      return "illegal instruction";
    case Trap::kWaitForInterrupt:
      return "wait for an interrupt";
    case Trap::kStop:
      return "stop";
  }
  return "no trap";
}

}  // namespace boardless::isa::riscv
