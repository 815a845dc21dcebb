// Turns a zoo file and its parameter values into a graph with every operator and shape in place.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "workloads/graph/graph.h"
#include "workloads/zoo/network.h"

namespace boardless::workloads {

struct ZooTopology {
  Graph graph;            // weights and biases are shape_only, activations not yet quantised
  float input_scale = 0;  // of the input; of its quantised form when the graph takes floats
  std::int64_t input_zero_point = 0;
};

// Throws InputError with file and line for an unknown layer, block, key or name, and for shapes
// that do not fit.
ZooTopology build_zoo_topology(const ZooNetwork& network,
                               const std::map<std::string, double>& parameters);

}  // namespace boardless::workloads
