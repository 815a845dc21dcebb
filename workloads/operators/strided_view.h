// A dense output that is an input read through strides: the host's answer of most operators that
// move values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace boardless::workloads {

// Element (i0, i1, …) of the output is input[offset + i0 * stride0 + i1 * stride1 + …].
struct StridedView {
  struct Dimension {
    std::int64_t extent = 1, stride = 0;
  };
  std::int64_t offset = 0;
  std::vector<Dimension> dimensions;
};

template <class T>
void read_through(const StridedView& view, const T* input, T* output) {
  std::vector<std::int64_t> place(view.dimensions.size());
  std::int64_t count = 1, at = view.offset;
  for (const StridedView::Dimension& dimension : view.dimensions) count *= dimension.extent;
  for (std::int64_t i = 0; i < count; ++i) {
    *output++ = input[at];
    // The next place: a dimension that has come to its end begins again and lets the one before go
    // on.
    for (std::size_t d = place.size(); d-- > 0;) {
      const auto [extent, stride] = view.dimensions[d];
      at += stride;
      if (++place[d] < extent) break;
      at -= extent * stride;
      place[d] = 0;
    }
  }
}

}  // namespace boardless::workloads
