// Walks the output and looks where its reader is.
#include "prediction/window_overlap.h"

#include <algorithm>

namespace boardless::prediction {
namespace {

// Where the window of an output pixel begins, in pixels of the input; behind it where the window
// lies below it.
std::int64_t window_start(const Windows& w, std::int64_t y, std::int64_t x) {
  const std::int64_t row = std::clamp<std::int64_t>(y * w.stride_h - w.pad_top, 0, w.input_h);
  const std::int64_t column =
      std::clamp<std::int64_t>(x * w.stride_w - w.pad_left, 0, w.input_w - 1);
  if (row == w.input_h) return static_cast<std::int64_t>(w.input_h) * w.input_w;
  return row * w.input_w + column;
}

Bytes distance(std::int64_t written, Bytes output_pixel, std::int64_t unread, Bytes input_pixel) {
  const std::int64_t beyond = written * static_cast<std::int64_t>(output_pixel) -
                              unread * static_cast<std::int64_t>(input_pixel);
  return static_cast<Bytes>(std::max<std::int64_t>(beyond, 0));
}

}  // namespace

Windows windows_of(const bl_conv_2d_params& p) {
  return {p.input_h,  p.input_w,  p.output_h, p.output_w, (p.filter_h - 1) * p.dilation_h + 1,
          p.stride_h, p.stride_w, p.pad_top,  p.pad_left};
}

Windows windows_of(const bl_pool_2d_params& p) {
  return {p.input_h,  p.input_w,  p.output_h, p.output_w, p.filter_h,
          p.stride_h, p.stride_w, p.pad_top,  p.pad_left};
}

Bytes pixel_order_distance(const Windows& w, std::int32_t group, Bytes input_pixel,
                           Bytes output_pixel) {
  const std::int64_t pixels = static_cast<std::int64_t>(w.output_h) * w.output_w;
  Bytes largest = 0;
  for (std::int64_t first = 0; first < pixels; first += group) {
    const std::int64_t y = first / w.output_w;
    // Windows begin no earlier from row to row, nor from left to right.
    std::int64_t unread = window_start(w, y, first % w.output_w);
    if (y + 1 < w.output_h) unread = std::min(unread, window_start(w, y + 1, 0));
    const std::int64_t written = std::min(first + group, pixels);
    largest = std::max(largest, distance(written, output_pixel, unread, input_pixel));
  }
  return largest;
}

Bytes kept_rows_distance(const Windows& w, std::int32_t rows, std::int32_t ahead, Bytes input_pixel,
                         Bytes output_pixel) {
  Bytes largest = 0;
  for (std::int64_t y = 0; y < w.output_h; y += rows) {
    const std::int64_t written = std::min<std::int64_t>(y + rows, w.output_h) * w.output_w;
    const std::int64_t read =
        std::clamp<std::int64_t>(y * w.stride_h - w.pad_top + ahead, 0, w.input_h);
    largest = std::max(largest, distance(written, output_pixel, read * w.input_w, input_pixel));
  }
  return largest;
}

}  // namespace boardless::prediction
