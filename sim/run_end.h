// How a run of firmware ends, and what was asked of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "sim/device_host.h"

namespace boardless::sim {

// Time that passes without an instruction being executed.
enum class Pause : std::uint8_t { kException, kAsleep };

enum class EndReason : std::uint8_t {
  kExit,           // the program said so, by semihosting
  kSymbol,         // it arrived at the address asked for
  kOutput,         // it printed the text asked for
  kCycles,         // the cycles asked for are over
  kQuiet,          // it printed, and then nothing for as long as was asked for
  kReset,          // it asked for a system reset, or a device reset the chip
  kStuck,          // it loops where no interrupt can come
  kSleepsForever,  // it waits and nothing will wake it
  kFault,          // it did what the architecture forbids, and could not handle it
  kNotModelled,    // something it needs is not modelled
  kInterrupted,    // whoever runs it wanted it to stop: RunLimits::go_on
};
std::string_view end_reason_name(EndReason reason);

struct RunLimits {
  std::uint64_t cycles = kNever;
  std::uint64_t quiet_cycles = kNever;  // without new output, once there was some
  std::optional<std::uint32_t> until;   // an address of code in memory that was loaded
  // Asked now and then (some thousand times a second of the host's) with the cycles that passed;
  // false ends the run. May be empty.
  std::function<bool(std::uint64_t cycles)> go_on = {};
};

struct RunEnd {
  EndReason reason = EndReason::kCycles;
  int exit_status = 0;  // kExit
  std::string message;  // one line, when there is more to say
  std::string report;   // registers, fault status, last blocks; for kFault, kStuck, kNotModelled
  std::uint32_t pc = 0;
  std::uint64_t exceptions = 0;  // taken
  // What the architecture forbids, and the program's own handlers took; and the first of them.
  std::uint64_t faults = 0;
  std::string first_fault;
};

}  // namespace boardless::sim
