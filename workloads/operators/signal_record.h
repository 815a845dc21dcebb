// What the records of the Signal library's operators share. Their tensors have no quantisation.
#pragma once

#include <string_view>

#include "workloads/operators/custom_options.h"
#include "workloads/operators/operator_record.h"
#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

constexpr OperatorRecord signal_record(std::string_view name, int inputs, int outputs,
                                       PreparedOperator (*prepare)(const OperatorView&),
                                       std::span<const Kernel> kernels,
                                       std::string_view note = {}) {
  return {.kind = OpKind::kCustom,
          .custom_name = name,
          .signature = Signature{.min_inputs = inputs,
                                 .max_inputs = inputs,
                                 .max_outputs = outputs,
                                 .min_outputs = outputs},
          .options = &kCustomOptions,
          .layer_class = LayerClass::kElementwise,
          .prepare = prepare,
          .kernels = kernels,
          .note = note};
}

inline void require_rank(const OperatorView& view, const Tensor& tensor, std::string_view role,
                         std::size_t rank) {
  if (tensor.shape.size() == rank) return;
  view.fail("{} {} has {} dimensions; it must have {}", role, shape_text(tensor),
            tensor.shape.size(), rank);
}

inline void require_same_shape(const OperatorView& view, const Tensor& output,
                               const Tensor& input) {
  view.require_shape(output, "output", input.shape);
}

// A single value.
inline void require_one(const OperatorView& view, const Tensor& tensor, std::string_view role,
                        DataType type) {
  view.require_type(tensor, role, type);
  if (tensor.elements() != 1) view.fail("{} {}; it must hold one value", role, shape_text(tensor));
}

// The elements of a vector.
inline std::int32_t vector_size(const OperatorView& view, const Tensor& tensor,
                                std::string_view role, DataType type) {
  view.require_type(tensor, role, type);
  require_rank(view, tensor, role, 1);
  return tensor.shape[0];
}

}  // namespace boardless::workloads
