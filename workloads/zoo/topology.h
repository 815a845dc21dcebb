// Turns a zoo file and its parameter values into a graph with every operator and shape in place.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "workloads/graph/graph.h"
#include "workloads/zoo/expression.h"
#include "workloads/zoo/network.h"

namespace boardless::workloads {

struct ZooTopology {
  // Weights and biases are shape_only; of the activations those are quantised whose scale the file
  // or the format states.
  Graph graph;
  ZooQuantisation input;  // of its quantised form when the graph takes floats
};

// Throws InputError with file and line for an unknown layer, block, key or name, and for shapes
// that do not fit.
ZooTopology build_zoo_topology(const ZooNetwork& network,
                               const std::map<std::string, double>& parameters);

}  // namespace boardless::workloads
