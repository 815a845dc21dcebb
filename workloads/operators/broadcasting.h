// Element-wise operators with two inputs: their iteration space, and the host's walk over it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/abi.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

// The space of inputs 0 and 1, aligned at their last dimensions. Neighbouring dimensions along
// which the same inputs are broadcast become one, as TFLite's loops do.
bl_broadcast broadcast(const OperatorView& view);

// The same for kernels that take up to four dimensions as they are.
bl_broadcast broadcast_of_dimensions(const OperatorView& view);

// Stores combine(a, b) for every element of the output.
template <class A, class B, class Out, class Combine>
void answer_broadcast(const KernelCall& call, const bl_broadcast& space, Combine combine) {
  const A* a = call.input<A>(0);
  const B* b = call.input<B>(1);
  Out* output = call.output<Out>();
  const auto& n = space.extent;
  const std::int64_t count = std::int64_t{n[0]} * n[1] * n[2] * n[3];
  for (std::int64_t number = 0; number < count; ++number) {
    std::int64_t rest = number;
    std::int64_t at_a = 0;
    std::int64_t at_b = 0;
    for (std::size_t i = 4; i-- > 0; rest /= n[i]) {
      at_a += rest % n[i] * space.stride1[i];
      at_b += rest % n[i] * space.stride2[i];
    }
    output[number] = static_cast<Out>(combine(a[at_a], b[at_b]));
  }
}

}  // namespace boardless::workloads
