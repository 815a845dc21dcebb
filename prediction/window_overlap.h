// How far a window operator's output may reach into its input: by when the windows that are still
// to be read begin, and where what is already written ends.
#pragma once

#include <cstdint>

#include "base/units.h"
#include "kernels/abi.h"

namespace boardless::prediction {

// The geometry of a convolution or of pooling over one image.
struct Windows {
  std::int32_t input_h = 0, input_w = 0, output_h = 0, output_w = 0;
  std::int32_t reach_h = 0;  // rows from a window's first tap to behind its last
  std::int32_t stride_h = 0, stride_w = 0, pad_top = 0, pad_left = 0;
};
Windows windows_of(const bl_conv_2d_params& params);
Windows windows_of(const bl_pool_2d_params& params);

// Of a kernel that goes through the output's pixels in the order in which they lie, `group` at a
// time: before a group is written, and while it is, windows of its own pixels and of later ones are
// read. Returns by how many bytes the output has to begin before the input, where a pixel of each
// has so many:
//   max over groups g: end(g) * output_pixel - min over pixels p from the first of g: window(p)
Bytes pixel_order_distance(const Windows& windows, std::int32_t group, Bytes input_pixel,
                           Bytes output_pixel);

// Of one that keeps the input rows under the filter: before `rows` rows of the output, from row y
// on, are written, it has read the input up to row `ahead` + y * stride_h - pad_top, and never
// reads those rows again.
//   max over y: (y + rows) * output_row - (ahead + y * stride_h - pad_top) * input_row
Bytes kept_rows_distance(const Windows& windows, std::int32_t rows, std::int32_t ahead,
                         Bytes input_pixel, Bytes output_pixel);

}  // namespace boardless::prediction
