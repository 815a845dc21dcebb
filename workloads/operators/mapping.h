// What operators that make each element of their output of one element of their input share.
#pragma once

#include <algorithm>
#include <cstdint>

#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

// Throws unless the output has the input's shape.
inline std::int32_t element_count(const OperatorView& view) {
  view.require_shape(view.output(), "output", view.input().shape);
  return static_cast<std::int32_t>(view.input().elements());
}

// A function without parameters.
PreparedOperator prepare_map(const OperatorView& view);

// Stores function(element, params) for each of params.count.
template <class In, class Out, class Params, class Function>
void answer_map(const KernelCall& call, Function function) {
  const auto p = call.params<Params>();
  const In* input = call.input<In>(0);
  std::transform(input, input + p.count, call.output<Out>(),
                 [&](In value) { return static_cast<Out>(function(value, p)); });
}

}  // namespace boardless::workloads
