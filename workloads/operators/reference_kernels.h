// The host's kernels: what each operator of kernels/abi.h computes, written for checking and not
// for a microcontroller. They share no code with kernels/, whose results they judge.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>

#include "base/error.h"
#include "workloads/operators/prepared_model.h"
#include "workloads/operators/quantization.h"
#include "workloads/operators/reference_evaluator.h"

namespace boardless::workloads {

// One operator with its operands' addresses, in the ABI's order.
struct KernelCall {
  const PreparedOperator& op;
  std::span<std::uint8_t* const> operands;
  Rounding rounding;

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
    return reinterpret_cast<T*>(operands.back());
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

// T, In and Out are std::int8_t or std::uint8_t.
template <class T>
void reference_conv_2d(const KernelCall& call);
template <class T>
void reference_depthwise_conv_2d(const KernelCall& call);
template <class T>
void reference_fully_connected(const KernelCall& call);
template <class T>
void reference_average_pool_2d(const KernelCall& call);
template <class T>
void reference_max_pool_2d(const KernelCall& call);
template <class T>
void reference_add(const KernelCall& call);
template <class T>
void reference_mul(const KernelCall& call);
template <class T>
void reference_softmax(const KernelCall& call);
template <class T>
void reference_pad(const KernelCall& call);
template <class T>
void reference_mean(const KernelCall& call);
template <class T>
void reference_quantize(const KernelCall& call);
template <class T>
void reference_dequantize(const KernelCall& call);
template <class In, class Out>
void reference_requantize(const KernelCall& call);
void reference_copy(const KernelCall& call);

}  // namespace boardless::workloads
