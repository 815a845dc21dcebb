// The bytes a model is run on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "workloads/graph/graph.h"
#include "workloads/operators/reference_evaluator.h"

namespace boardless::prediction {

// Deterministic pseudo-random inputs: integers over their whole range, indices over what they
// choose from, floats in [0, 1).
workloads::Inputs random_inputs(const workloads::Graph& graph);

// Splits a file's bytes over the graph's inputs. A file as large as all inputs together holds the
// tensors' own bytes. A file with one byte per element, where the input is float32, holds pixels:
// value = byte / 255. A file for `invocations` has as many of either, one invocation's behind the
// other's; what is enough for one is for each of them. Throws InputError with the sizes that would
// be accepted.
std::vector<workloads::Inputs> inputs_from_file(const workloads::Graph& graph,
                                                std::span<const std::uint8_t> bytes,
                                                int invocations);

}  // namespace boardless::prediction
