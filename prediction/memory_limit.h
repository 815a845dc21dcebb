// What evaluating a network takes of the machine that boardless runs on, known before any of it is
// allocated.
#pragma once

#include <optional>
#include <string>

#include "base/units.h"
#include "workloads/graph/graph.h"

namespace boardless::prediction {

// Half of the machine's memory.
Bytes default_memory_limit();

// Values of all tensors, which the reference keeps for comparison, and of the inputs once more; the
// largest Bytes when 64 bits do not hold it.
Bytes evaluation_bytes(const workloads::Graph& graph);

// Why the network is not evaluated; nothing where `limit` allows it.
std::optional<std::string> beyond_memory(const workloads::Graph& graph, Bytes limit);

}  // namespace boardless::prediction
