// Checks that a graph read from a file is one that the rest of boardless may rely on.
#pragma once

#include <string>
#include <string_view>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

// `name`, which may hold any bytes, as a short text of one line: control characters are replaced
// and long names cut.
std::string printable(std::string_view name);

// How messages name a tensor or an operator: "tensor 12 'dense/MatMul'", "operator 3 (CONV_2D)".
std::string tensor_label(const Graph& graph, int index);
std::string operator_label(const Graph& graph, int index);

// Indices in range, extents positive and their product bounded, constants as large as their shape
// says, one scale or one per slice, zero points within the type, operands in number and rank as the
// operator's definition has them, and every tensor written once and before it is read, but for
// variable ones. Throws InputError that starts with `source`; for a sound graph with extents left
// open, tensors beyond 2 GB, int4 or constant outputs NotModelled.
void check_graph(const Graph& graph, std::string_view source);

}  // namespace boardless::workloads
