// One operator of a graph reduced to what an accelerator's price depends on: windows, channels,
// bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/units.h"
#include "workloads/graph/graph.h"
#include "workloads/operators/layer_class.h"

namespace boardless::cost_models {

using workloads::LayerClass;

// Height, width, channels; batch times every outer dimension is in the height.
struct Extent {
  std::int64_t h = 1, w = 1, c = 1;
  std::int64_t elements() const { return h * w * c; }
};

struct LayerShape {
  int index = 0;
  workloads::OpKind kind = workloads::OpKind::kAdd;
  LayerClass layer_class = LayerClass::kElementwise;
  Extent input, output;
  std::int64_t kernel_h = 1, kernel_w = 1;
  std::int64_t stride_h = 1, stride_w = 1;
  std::int64_t dilation_h = 1, dilation_w = 1;
  bool has_activation = false;  // a fused clamp
  bool is_maximum = false;      // of pools
  std::int64_t macs = 0;
  std::int64_t weights = 0;  // elements of the constant weights, biases apart
  std::int64_t biases = 0;   // channels that have one
  Bytes input_bytes = 0;     // of all activations it reads
  Bytes output_bytes = 0;
  int element_bits = 8;            // of its activations
  std::vector<int> reads, writes;  // activation tensors
};

Extent extent_of(const workloads::Tensor& tensor);
LayerShape layer_shape(const workloads::Graph& graph, int index);
std::vector<LayerShape> layer_shapes(const workloads::Graph& graph);

}  // namespace boardless::cost_models
