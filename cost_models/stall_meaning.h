// What each stall cause means, in one line: the profile's tables and the report page say this;
// docs/reading_the_report.md explains it to a beginner.
#pragma once

#include <array>
#include <string_view>

#include "cost_models/stall_cause.h"

namespace boardless::cost_models {

constexpr std::string_view stall_cause_meaning(StallCause cause) {
  constexpr std::array<std::string_view, kStallCauses> meanings{
      "an instruction issues: the work itself",
      "further cycles of an instruction that takes several",
      "second cycle of a load that nothing overlaps",
      "waits for the store before it",
      "waits for an address register",
      "waits for an operand",
      "the unit it needs is still at work",
      "pipeline refill after a taken branch",
      "pipeline refill after a wrong branch prediction",
      "32-bit instruction across a fetch boundary",
      "instruction fetch waits for flash",
      "load waits for flash",
      "instruction fetch waits for a cache line",
      "load waits for a cache line",
      "memory or bus is busy with another access",
      "store waits: the write buffer is full",
      "unaligned access, done in parts",
      "exception entry and return",
      "sleeps until an interrupt"};
  return meanings[static_cast<std::size_t>(cause)];
}

}  // namespace boardless::cost_models
