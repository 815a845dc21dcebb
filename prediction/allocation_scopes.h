// When TensorFlow Lite Micro counts each tensor as alive: its allocation scopes, one for each
// operator and for each subgraph that is entered (micro_allocation_info.cc).
#pragma once

#include <vector>

#include "base/units.h"
#include "workloads/graph/graph.h"

namespace boardless::prediction {

// From the start of a scope to the end of one; -1 for what no operator uses.
struct Lifetime {
  int first = -1, last = -1;
};

struct AllocationScopes {
  std::vector<Lifetime> tensors;  // by tensor
  std::vector<Lifetime> scratch;  // by operator: over the subgraphs that it enters
  std::vector<int> operators;     // the operator of each scope; scope 0 is before the first
};

// Of all subgraphs; those of one operator follow one another, so the branches of IF share memory.
// What a WHILE hands from one round to the next lies in its condition's inputs here and in its own
// outputs there: the former live as long as the latter, which may take more than there.
AllocationScopes allocation_scopes(const workloads::Graph& graph);

// What is planned for the scratch of an operator whose kernel here asks for `bytes` in one piece.
// The LSTM's there asks for a buffer for each gate.
Bytes planned_scratch(const workloads::Operator& op, Bytes bytes);

}  // namespace boardless::prediction
