// What STRIDED_SLICE takes of each dimension of its input, with its masks worked in.
#pragma once

#include <cstdint>
#include <vector>

#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

struct SliceBounds {
  std::vector<std::int32_t> start, stop, stride;  // by dimension of the input; stop is not taken
  std::vector<std::int32_t> output;               // its shape
};

// How many are taken from `start` to before `stop`.
std::int32_t slice_extent(std::int64_t start, std::int64_t stop, std::int64_t stride);

// TensorFlow Lite Micro ignores ellipsis and new axes; here they are what TensorFlow defines.
SliceBounds slice_bounds(const OperatorView& view);

}  // namespace boardless::workloads
