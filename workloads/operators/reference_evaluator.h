// Runs a prepared model on the host with TFLite's integer semantics: the answer every kernel on
// every simulated core must reproduce bit for bit.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "workloads/graph/graph.h"
#include "workloads/operators/prepared_model.h"

namespace boardless::workloads {

// How a 32-bit accumulator is rescaled. kDouble (TFLite Micro's default) rounds twice: saturating
// rounding doubling high multiply, then rounding shift. kSingle (TFLite with
// TFLITE_SINGLE_ROUNDING) rounds the 64-bit product once.
enum class Rounding { kDouble, kSingle };

struct Evaluation {
  std::vector<std::vector<std::uint8_t>> tensors;  // bytes of every non-constant tensor, by index
  // Output `i` of the graph.
  std::span<const std::uint8_t> output(const Graph& graph, std::size_t i = 0) const {
    return tensors[static_cast<std::size_t>(graph.outputs[i])];
  }
};

// `inputs` holds the bytes of each graph input, in order; sizes must match (InputError otherwise).
Evaluation evaluate(const Graph& graph, const PreparedModel& model,
                    std::span<const std::vector<std::uint8_t>> inputs,
                    Rounding rounding = Rounding::kDouble);

}  // namespace boardless::workloads
