// What the host's answers share: one call of a kernel (kernels/abi.h), its operands and the
// arithmetic at its end. The answers are written for checking and not for a microcontroller, and
// share no code with kernels/, whose results they judge.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "workloads/operators/prepared_model.h"
#include "workloads/operators/quantization.h"
#include "workloads/operators/reference_evaluator.h"

namespace boardless::workloads {

// One operator with its operands' addresses, in the ABI's order.
struct KernelCall {
  const PreparedOperator& op;
  std::span<std::uint8_t* const> operands;
  Rounding rounding;
  // What a core wrote to the operands, of a kernel that follows it (Kernel::follows); empty where
  // none has run.
  std::span<const std::uint8_t* const> observed = {};

  template <class Params>
  Params params() const {
    return op.params_as<Params>();
  }
  // Null for an absent operand.
  template <class T>
  const T* input(std::size_t i) const {
    return reinterpret_cast<const T*>(operands[i]);
  }
  template <class T>
  T* output() const {
    return output<T>(operands.size() - 1);
  }
  // Of an operator with several outputs, by operand.
  template <class T>
  T* output(std::size_t i) const {
    return reinterpret_cast<T*>(operands[i]);
  }

  std::int32_t rescale(std::int32_t value, FixedMultiplier by) const {
    return rounding == Rounding::kDouble ? rescale_rounding_twice(value, by)
                                         : rescale_rounding_once(value, by);
  }
};

template <class T>
T clamp_to(std::int32_t value, std::int32_t low, std::int32_t high) {
  return static_cast<T>(std::max(low, std::min(value, high)));
}

template <class T>
T clamp_to_type(std::int32_t value) {
  return clamp_to<T>(value, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
}

}  // namespace boardless::workloads
