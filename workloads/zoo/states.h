// The states of a network: resource variables, which begin as real zeros.
#pragma once

#include <map>
#include <string>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

// The handle that `tensor` was read by, or -1 where it is no state's value.
int handle_of_state(const Graph& graph, int tensor);

// By handle: the name of the variable that it stands for.
std::map<int, std::string> state_names(const Graph& graph);

// Puts before the graph's operators a CALL_ONCE, of a subgraph that assigns each state its first
// value: a constant whose contents calibration fills in. A graph without states stays as it is.
void append_first_states(Graph& graph);

}  // namespace boardless::workloads
