// What a network needs at the least, known from its shapes before anything is run.
#pragma once

#include <optional>
#include <string>

#include "base/units.h"
#include "targets/target.h"
#include "workloads/graph/graph.h"

namespace boardless::prediction {

struct FitBound {
  Bytes weights_bytes = 0;  // constants of the operators that multiply and accumulate
  // Of the operator whose inputs and outputs are largest together; where those may lie over one
  // another, of the largest alone.
  Bytes activations_bytes = 0;
};

FitBound fit_bound(const workloads::Graph& graph, bool may_overlap = false);

// Whether a network is not simulated where it cannot fit, for its MACs or its tensors. A smaller
// one is, because what it would take tells how far it is from fitting.
bool is_simulated_only_where_it_fits(const workloads::Graph& graph, const FitBound& bound);

// Why the network cannot fit the target; nothing where it may.
std::optional<std::string> cannot_fit(const FitBound& bound, const targets::Target& target);

}  // namespace boardless::prediction
