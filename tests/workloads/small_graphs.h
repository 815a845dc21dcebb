// Small hand-made graphs that TFLite itself would run: for round trips and the fuzzer's seed
// corpus.
#pragma once

#include "workloads/graph/graph.h"

namespace boardless::workloads::testing {

// int8, every operator that can be written once or more, per-channel convolution weights, an
// optional bias left out, two versions of one operator kind.
Graph every_operator_graph();

// float32 input and output around int8 layers with per-tensor weights.
Graph quantize_dequantize_graph();

// uint8 with weights of non-zero zero point.
Graph uint8_graph();

}  // namespace boardless::workloads::testing
