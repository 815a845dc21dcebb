// The subgraphs of a graph: where each lies, and which operators run which.
#pragma once

#include <string_view>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

// The main one is number 0. `number` is one of the graph's.
Subgraph subgraph(const Graph& graph, int number);
inline int subgraph_count(const Graph& graph) {
  return static_cast<int>(graph.subgraphs.size()) + 1;
}

// The number of the subgraph that a tensor, or an operator, belongs to.
int subgraph_of_tensor(const Graph& graph, int tensor);
int subgraph_of_operator(const Graph& graph, int op);

// Numbers of the subgraphs that an operator runs, as its attributes have them; not checked.
std::vector<int> subgraphs_run_by(const Operator& op);

// Throws InputError that starts with `source` where an operator runs a subgraph that is not there,
// or a subgraph runs itself, through others or at once.
void check_calls(const Graph& graph, std::string_view source);

}  // namespace boardless::workloads
