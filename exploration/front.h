// Pareto fronts: of several objectives, what nothing else is better than.
#pragma once

#include <cstddef>
#include <vector>

namespace boardless::exploration {

// One value for each objective; the smaller, the better.
using Costs = std::vector<double>;

// Whether `a` is nowhere worse than `b` and somewhere better.
bool dominates(const Costs& a, const Costs& b);

// The costs that none seen so far dominates.
class Front {
 public:
  // Those on the front, each once.
  const std::vector<Costs>& costs() const { return costs_; }
  // Whether one of them dominates `costs`; equal ones do not.
  bool is_dominated(const Costs& costs) const;
  void add(const Costs& costs);

 private:
  std::vector<Costs> costs_;
};

}  // namespace boardless::exploration
