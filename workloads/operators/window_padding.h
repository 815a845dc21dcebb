// Where a sliding window (convolution, pooling) stands, by TFLite's two padding rules.
#pragma once

#include <algorithm>
#include <cstdint>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

// Positions of a window of `kernel` along `extent`; less than 1 when it does not fit.
inline std::int32_t window_positions(std::int32_t extent, std::int32_t kernel, std::int32_t stride,
                                     Padding padding) {
  if (padding == Padding::kSame) return (extent + stride - 1) / stride;
  return extent < kernel ? 0 : (extent - kernel) / stride + 1;
}

// Taps of the first window that lie before the tensor: half of what is missing, rounded down.
inline std::int32_t window_padding_before(std::int32_t extent, std::int32_t kernel,
                                          std::int32_t stride, std::int32_t positions) {
  return std::max(0, (positions - 1) * stride + kernel - extent) / 2;
}

}  // namespace boardless::workloads
