#include "exploration/summary_json.h"

#include <utility>

#include "base/version.h"
#include "exploration/advice.h"
#include "exploration/outcome_counts.h"

namespace boardless::exploration {
namespace {

using Json = nlohmann::ordered_json;
using State = Outcome::State;

constexpr char kSchema[] = "boardless.sweep/1";

}  // namespace

Json summary_json(const Grid& grid, const SweepResult& result) {
  const OutcomeCounts counts = counts_of(result);
  Json goals = Json::array(), constraints = Json::array();
  for (const Goal& goal : grid.goals) {
    goals.push_back({{"field", goal.name}, {"maximize", goal.maximize}});
  }
  for (const Expression& constraint : grid.constraints) constraints.push_back(constraint.text());
  const Json pruned = {{"fit", counts.of(Outcome::Bound::kFit)},
                       {"constraint", counts.of(Outcome::Bound::kConstraint)},
                       {"front", counts.of(Outcome::Bound::kFront)}};
  return {{"schema", kSchema},
          {"version", version()},
          {"space", grid.file},
          {"objectives", std::move(goals)},
          {"constraints", std::move(constraints)},
          {"counts",
           {{"points", result.points.size()},
            {"answered", counts.of(State::kAnswered)},
            {"meets", counts.meets},
            {"front", counts.front},
            {"pruned", pruned},
            {"refused", counts.of(State::kRefused)},
            {"pending", counts.of(State::kPending)}}},
          {"recommendation", recommendation(grid, result)}};
}

}  // namespace boardless::exploration
