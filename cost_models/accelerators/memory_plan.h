// What a graph keeps in an accelerator's memories: stored weights, live activations, passes over a
// picture that is too large, and the first operator at fault where it does not fit.
#pragma once

#include <string>
#include <vector>

#include "cost_models/accelerators/accelerator_model.h"
#include "cost_models/accelerators/layer_shape.h"
#include "workloads/graph/graph.h"

namespace boardless::cost_models {

// The operator's weights and biases as the accelerator stores them.
Bytes stored_weight_bytes(const LayerShape& layer, const WeightLayout& layout, int bits);

struct ActivationPlan {
  std::vector<Bytes> live_bytes;  // by operator: what lives while it runs
  Bytes peak_bytes = 0;
  int peak_op = 0;
  Bytes largest_tensor_bytes = 0;
  // Passes over the picture in which the first operators are run, since their tensors are larger
  // than the memory; 1 where all fit.
  std::int64_t passes = 1;
  std::int64_t halo_rows = 0;       // input rows that two neighbouring passes both need
  Bytes refetched_input_bytes = 0;  // sent again because of it
  Bytes scratch_written_bytes = 0;  // to the host and back: what a later operator needs again
  Bytes scratch_read_bytes = 0;
};

ActivationPlan plan_activations(const workloads::Graph& graph,
                                const std::vector<LayerShape>& shapes, const OnChipMemory& memory);

// Empty when weights, activations and what is taken before fit, else why not: bytes needed and
// available, and the operator or tensor at which they run out.
std::string memory_shortage(const workloads::Graph& graph, const std::vector<LayerShape>& shapes,
                            const std::vector<Bytes>& weight_bytes, const ActivationPlan& plan,
                            const OnChipMemory& memory);

}  // namespace boardless::cost_models
