// The geometry of an operator that slides a window over an NHWC tensor, checked.
#pragma once

#include <cstdint>

#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

struct WindowAttributes {
  Padding padding = Padding::kValid;
  int filter_h = 1, filter_w = 1;
  int stride_h = 1, stride_w = 1;
  int dilation_h = 1, dilation_w = 1;
};

struct WindowGeometry {
  std::int32_t output_h = 0, output_w = 0;
  std::int32_t pad_top = 0, pad_left = 0;
};

// Throws InputError where strides, dilations or sizes are not positive, where the window does not
// fit, and where the output's shape is not [batches, output_h, output_w, output_c];
// NotModelled where they are too large for the kernels.
WindowGeometry slide_window(const OperatorView& view, const WindowAttributes& window,
                            std::int32_t output_c);

}  // namespace boardless::workloads
