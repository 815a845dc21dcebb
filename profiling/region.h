// Parts of a run that are timed each time they are passed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"

namespace boardless::profiling {

// Where a region begins or ends: as control arrives at an address, or as a text is printed.
struct RegionEdge {
  std::optional<std::uint32_t> address;  // of an instruction, without the Thumb bit
  std::string text;                      // where there is no address
};

struct Region {
  std::string name;
  RegionEdge from;
  // Absent: `from` is where a function begins, and the region ends where that returns to.
  std::optional<RegionEdge> to;
};

// Passes that took from `least` to `most` cycles.
struct RegionBin {
  Cycles least = 0, most = 0;
  std::uint64_t passes = 0;
};

// How long a region took, with all that happened meanwhile: calls, exceptions, sleep.
struct RegionTimes {
  std::string name;
  std::uint64_t passes = 0;  // complete ones; with none, the rest is empty
  Cycles least = 0, most = 0, total = 0;
  double median = 0;                 // like the bins of the first kMostKept
  std::vector<RegionBin> histogram;  // by cycles; the bins follow on one another, or are values
  bool is_open = false;              // the run ended within it

  static constexpr std::size_t kMostKept = std::size_t{1} << 20U;
};

}  // namespace boardless::profiling
