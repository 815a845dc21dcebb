// What a model answered.
#pragma once

#include <cstdint>
#include <span>

#include "workloads/graph/graph.h"

namespace boardless::prediction {

// Index of the largest element of the graph's first output (the first of equals); `bytes` starts
// with that output. Outputs are int8, uint8 or float32.
int output_argmax(const workloads::Graph& graph, std::span<const std::uint8_t> bytes);

}  // namespace boardless::prediction
