// Calls single functions on a simulated core by its calling convention.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>

#include "base/error.h"
#include "isa/arm/missing_feature.h"
#include "isa/arm/translator.h"
#include "sim/fault_report.h"
#include "sim/interpreter.h"

namespace boardless::sim {

template <class Translator>
class CallEngine {
 public:
  explicit CallEngine(const isa::Variant& variant) : interpreter_(variant) {}

  // Makes the window's host memory visible to the guest; it must outlive the engine.
  void map(MemoryWindow& window) { interpreter_.memory().map(window); }

  // Reports to `sink` from the next call() on.
  template <ExecutionSink Sink>
  void attach(Sink& sink, const AccessWatch& watch) {
    interpreter_.attach(sink, watch);
  }
  void detach() { interpreter_.detach(); }
  const isa::BlockTable& blocks() const { return interpreter_.blocks(); }

  // Calls the function at `entry` with up to four arguments and `stack_top` as stack pointer;
  // returns its result register. Throws GuestFault with registers and the code around the fault.
  std::uint32_t call(std::uint32_t entry, std::span<const std::uint32_t> arguments,
                     std::uint32_t stack_top);

 private:
  // Calls return here; nothing is mapped there.
  static constexpr std::uint32_t kReturnAddress = 0x0000f000;

  [[noreturn]] void fault(std::uint32_t entry, const std::string& what);

  Interpreter<Translator> interpreter_;
};

template <class Translator>
std::uint32_t CallEngine<Translator>::call(std::uint32_t entry,
                                           std::span<const std::uint32_t> arguments,
                                           std::uint32_t stack_top) {
  using Convention = typename Translator::CallingConvention;
  auto& state = interpreter_.state();
  Convention::enter(state, entry, arguments, stack_top, kReturnAddress);
  try {
    if (interpreter_.run() == Stop::kTrap) {
      std::string what(trap_name(state.trap));
      if constexpr (std::is_same_v<Translator, isa::arm::Translator>) {
        if (state.trap == isa::arm::Trap::kUndefined) {
          const std::string missing =
              isa::arm::missing_feature(state.pc, interpreter_.memory().code_from(state.pc));
          if (!missing.empty()) what += ": " + missing;
        }
      }
      fault(entry, what);
    }
    if (state.pc != kReturnAddress) fault(entry, "no code is mapped there");
  } catch (const isa::MemoryFault& bad) {
    fault(entry,
          fmt::format("{}, {} bytes at 0x{:08x}", memory_fault_name(bad), bad.bytes, bad.address));
  }
  return Convention::result(state);
}

template <class Translator>
void CallEngine<Translator>::fault(std::uint32_t entry, const std::string& what) {
  constexpr std::size_t kMostBytes = 128;
  const std::uint32_t pc = interpreter_.state().pc;
  std::string code;
  const std::span<const std::uint8_t> bytes = interpreter_.memory().code_from(pc);
  if (!bytes.empty()) {
    code = code_text(interpreter_.decoder(), pc, bytes.first(std::min(bytes.size(), kMostBytes)));
  }
  throw GuestFault(
      fmt::format("the program called at 0x{:08x} faulted at 0x{:08x}: {}", entry, pc, what),
      registers_text(interpreter_.state()) + code);
}

}  // namespace boardless::sim
