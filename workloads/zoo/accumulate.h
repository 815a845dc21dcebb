// The integer sums at the heart of convolution and fully connected layers, for calibration. They
// are exact, so a network does not depend on the order or width in which a machine adds.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

// A window sliding over NHWC data; a fully connected layer is a 1x1 window on a 1x1 image.
struct SlidingWindow {
  std::int32_t samples = 1;
  std::int32_t input_h = 1, input_w = 1, input_c = 1;
  std::int32_t output_h = 1, output_w = 1, output_c = 1;
  std::int32_t kernel_h = 1, kernel_w = 1;
  std::int32_t stride_h = 1, stride_w = 1;
  std::int32_t dilation_h = 1, dilation_w = 1;
  std::int32_t pad_top = 0, pad_left = 0;
};

// Calls visit(tap, input) for each tap of the window at output (y, x) that lies inside the image:
// `tap` counts kernel positions row by row, `input` is the offset of the pixel's first channel.
template <class Visit>
void for_each_tap(const SlidingWindow& window, std::int32_t sample, std::int32_t y, std::int32_t x,
                  Visit visit) {
  for (std::int32_t ky = 0; ky < window.kernel_h; ++ky) {
    const std::int32_t iy = y * window.stride_h - window.pad_top + ky * window.dilation_h;
    if (iy < 0 || iy >= window.input_h) continue;
    for (std::int32_t kx = 0; kx < window.kernel_w; ++kx) {
      const std::int32_t ix = x * window.stride_w - window.pad_left + kx * window.dilation_w;
      if (ix < 0 || ix >= window.input_w) continue;
      const std::int64_t pixel = (std::int64_t{sample} * window.input_h + iy) * window.input_w + ix;
      visit(ky * window.kernel_w + kx, static_cast<std::size_t>(pixel * window.input_c));
    }
  }
}

// The accumulators [samples][output_h][output_w][output_c] of a convolution without bias. `weights`
// is OHWI, or HWO with output_c = input_c * multiplier when `depthwise`.
std::vector<std::int32_t> accumulate(const SlidingWindow& window, bool depthwise,
                                     std::span<const std::int8_t> input, std::int32_t zero_point,
                                     std::span<const std::int8_t> weights);

}  // namespace boardless::workloads
