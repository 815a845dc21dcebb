// What kind of work an operator is, for pricing it without running it.
#pragma once

namespace boardless::workloads {

enum class LayerClass {
  kDense,        // CONV_2D, TRANSPOSE_CONV
  kDepthwise,    // DEPTHWISE_CONV_2D
  kVector,       // FULLY_CONNECTED
  kPool,         // average, maximum and mean over a window
  kElementwise,  // one result for each element, linear
  kTable,        // one result for each element, by a table or a series: LOGISTIC, TANH, SOFTMAX
  kMovement,     // nothing is computed: CONCATENATION, PAD, slices, resizes
  kView,         // not even moved: RESHAPE and its like
  kRecurrent,    // LSTM and its like
};

}  // namespace boardless::workloads
