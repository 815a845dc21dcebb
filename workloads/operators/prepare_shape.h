// Shapes of any rank as the four dimensions the kernels' parameter structs have.
#pragma once

#include <array>
#include <cstdint>

#include "workloads/operators/prepare_operator.h"

namespace boardless::workloads {

using Extents = std::array<std::int32_t, 4>;

// The shape with extents of 1 put in front; throws for a rank above 4.
Extents four_dimensions(const OperatorView& view, const Tensor& tensor, std::string_view role);

// The index among four dimensions of dimension `axis` of a tensor of rank `rank`.
inline std::size_t padded_axis(std::size_t rank, std::size_t axis) { return 4 - rank + axis; }

}  // namespace boardless::workloads
