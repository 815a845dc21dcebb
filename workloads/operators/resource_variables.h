// The resource variables of a graph: which handles stand for which, and that none is read before it
// holds anything.
#pragma once

#include <vector>

#include "workloads/graph/graph.h"
#include "workloads/operators/prepared_model.h"

namespace boardless::workloads {

// By the names that VAR_HANDLE gives, wherever IF and WHILE hand a handle on. Throws NotModelled
// where one stands for two.
std::vector<Variable> variables_of(const Graph& graph);

// Throws InputError where the schedule reads a variable before anything has assigned it. What a
// branch or a loop may leave out counts as done.
void check_assigned(const Graph& graph, const PreparedModel& model);

}  // namespace boardless::workloads
