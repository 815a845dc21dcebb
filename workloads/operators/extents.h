// Axes and extents of tensors, as the operators that move values need them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/abi.h"
#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

// The dimension of a tensor that `axis` names; a negative one counts from the last.
inline std::size_t axis_of(const OperatorView& view, std::int64_t axis, const Tensor& tensor) {
  const auto rank = static_cast<std::int64_t>(tensor.shape.size());
  if (axis < -rank || axis >= rank) {
    view.fail("axis {}; supported: {} to {} for {}", axis, -rank, rank - 1, shape_text(tensor));
  }
  return static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
}

// The product of the extents from `first` to before `last`. A tensor's elements fit 32 bits.
inline std::int32_t elements_between(std::span<const std::int32_t> shape, std::size_t first,
                                     std::size_t last) {
  std::int32_t product = 1;
  for (std::size_t i = first; i < last; ++i) product *= shape[i];
  return product;
}

// Throws where TensorFlow Lite Micro refuses a tensor for its rank.
inline void require_rank(const OperatorView& view, const Tensor& tensor, std::string_view role,
                         std::size_t lowest, std::size_t highest) {
  const std::size_t rank = tensor.shape.size();
  if (rank >= lowest && rank <= highest) return;
  view.not_modelled("{} {} has {} dimensions; TensorFlow Lite Micro takes {} to {}", role,
                    shape_text(tensor), rank, lowest, highest);
}

using FiveExtents = std::array<std::int32_t, BL_DIMENSIONS>;

// Values of each dimension of a tensor, with `front` put before them for those that it does not
// have.
template <class Value>
FiveExtents five_of(std::span<const Value> values, std::int32_t front) {
  FiveExtents result;
  result.fill(front);
  std::ranges::transform(values, result.end() - static_cast<std::ptrdiff_t>(values.size()),
                         [](Value value) { return static_cast<std::int32_t>(value); });
  return result;
}
inline FiveExtents five_extents(const Tensor& tensor) {
  return five_of(std::span<const std::int32_t>(tensor.shape), 1);
}

// How far apart neighbours along each dimension of a dense tensor are.
inline std::vector<std::int32_t> strides_of(std::span<const std::int32_t> shape) {
  std::vector<std::int32_t> strides(shape.size(), 1);
  for (std::size_t i = shape.size(); i-- > 1;) strides[i - 1] = strides[i] * shape[i];
  return strides;
}

}  // namespace boardless::workloads
