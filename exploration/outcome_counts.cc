#include "exploration/outcome_counts.h"

namespace boardless::exploration {

OutcomeCounts counts_of(const SweepResult& result) {
  OutcomeCounts counts;
  for (const Outcome& outcome : result.outcomes) {
    ++counts.states[static_cast<std::size_t>(outcome.state)];
    ++counts.bounds[static_cast<std::size_t>(outcome.bound)];
    counts.meets += outcome.meets ? 1 : 0;
    counts.front += outcome.on_front ? 1 : 0;
    counts.does_not_fit += outcome.figures && !outcome.figures->fits ? 1 : 0;
    if (outcome.state == Outcome::State::kRefused) {
      ++counts.refusals[{outcome.kind, outcome.reason}];
    }
  }
  return counts;
}

}  // namespace boardless::exploration
