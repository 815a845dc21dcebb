// Shapes of any rank as the four dimensions that kernels' parameter structs have.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

using Extents = std::array<std::int32_t, 4>;

// The shape with extents of 1 put in front; throws for a rank above 4.
inline Extents four_dimensions(const OperatorView& view, const Tensor& tensor,
                               std::string_view role) {
  if (tensor.shape.size() > 4) {
    view.not_modelled("{} {} has {} dimensions; supported: up to 4", role, shape_text(tensor),
                      tensor.shape.size());
  }
  Extents extents{1, 1, 1, 1};
  std::ranges::copy_backward(tensor.shape, extents.end());
  return extents;
}

// The index among four dimensions of dimension `axis` of a tensor of rank `rank`.
inline std::size_t padded_axis(std::size_t rank, std::size_t axis) { return 4 - rank + axis; }

}  // namespace boardless::workloads
