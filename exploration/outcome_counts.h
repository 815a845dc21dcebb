// How many points became what.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "exploration/outcome.h"

namespace boardless::exploration {

struct OutcomeCounts {
  std::array<std::size_t, 4> states{}, bounds{};
  std::size_t meets = 0, front = 0, does_not_fit = 0;
  std::map<std::pair<prediction::Unanswered::Kind, std::string>, std::size_t> refusals;

  std::size_t of(Outcome::State state) const { return states[static_cast<std::size_t>(state)]; }
  std::size_t of(Outcome::Bound bound) const { return bounds[static_cast<std::size_t>(bound)]; }
};

OutcomeCounts counts_of(const SweepResult& result);

}  // namespace boardless::exploration
