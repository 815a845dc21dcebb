// A quantised input as the kernels of element by element operators take it.
#pragma once

#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

// The largest magnitude of an 8-bit value with its zero point taken off.
inline constexpr std::int64_t kLargestValue = 255;

// The same for the integers of any quantised type.
inline std::int64_t largest_value(DataType type) {
  return std::int64_t{type_range(type).max} - type_range(type).min;
}

struct AffineInput {
  double scale = 0;
  std::int32_t offset = 0;
};

inline AffineInput affine_input(const OperatorView& view, std::size_t i) {
  const std::string role = fmt::format("input {}", i);
  return {view.scale(view.input(i), role), -view.zero_point(view.input(i), role)};
}

// Throws where an int16 operand of an operator whose definition has none has a zero point.
inline void require_symmetric(const OperatorView& view) {
  const auto check_one = [&](const Tensor& tensor, std::string_view role) {
    if (tensor.type != DataType::kInt16 || view.zero_point(tensor, role) == 0) return;
    view.fail("{} has zero point {}; its definition has 0 on int16", role,
              view.zero_point(tensor, role));
  };
  for (std::size_t i = 0; i < view.op().inputs.size(); ++i) {
    if (view.has_input(i)) check_one(view.input(i), fmt::format("input {}", i));
  }
  check_one(view.output(), "output");
}

}  // namespace boardless::workloads
