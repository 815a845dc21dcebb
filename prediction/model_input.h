// The bytes a model is run on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::prediction {

// Deterministic pseudo-random inputs, one entry per graph input: integers over their whole range,
// floats in [0, 1).
std::vector<std::vector<std::uint8_t>> random_inputs(const workloads::Graph& graph);

// Splits a file's bytes over the graph's inputs. A file as large as all inputs together holds the
// tensors' own bytes. A file with one byte per element, where the input is float32, holds pixels:
// value = byte / 255. Throws InputError with the sizes that would be accepted.
std::vector<std::vector<std::uint8_t>> inputs_from_file(const workloads::Graph& graph,
                                                        std::span<const std::uint8_t> bytes);

}  // namespace boardless::prediction
