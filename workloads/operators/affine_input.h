// A quantised input as the kernels of element by element operators take it.
#pragma once

#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

// The largest magnitude of an 8-bit value with its zero point taken off.
inline constexpr std::int64_t kLargestValue = 255;

struct AffineInput {
  double scale = 0;
  std::int32_t offset = 0;
};

inline AffineInput affine_input(const OperatorView& view, std::size_t i) {
  const std::string role = fmt::format("input {}", i);
  return {view.scale(view.input(i), role), -view.zero_point(view.input(i), role)};
}

}  // namespace boardless::workloads
