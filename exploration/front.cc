// Compares with each of the front.
#include "exploration/front.h"

#include <algorithm>

namespace boardless::exploration {

bool dominates(const Costs& a, const Costs& b) {
  bool better = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] > b[i]) return false;
    better = better || a[i] < b[i];
  }
  return better;
}

bool Front::is_dominated(const Costs& costs) const {
  return std::ranges::any_of(costs_, [&](const Costs& other) { return dominates(other, costs); });
}

void Front::add(const Costs& costs) {
  const auto stays = [&](const Costs& other) { return other == costs || dominates(other, costs); };
  if (std::ranges::any_of(costs_, stays)) return;
  std::erase_if(costs_, [&](const Costs& other) { return dominates(costs, other); });
  costs_.push_back(costs);
}

}  // namespace boardless::exploration
