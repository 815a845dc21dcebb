// The four operations on float and on plain integers, with their fused activations.
#pragma once

#include <cstdint>
#include <limits>

#include "kernels/abi_elementwise.h"
#include "workloads/operators/broadcasting.h"

namespace boardless::workloads {

// Whether numbers of the type stand for themselves and not for scaled ones.
inline bool is_plain(DataType type) {
  return type == DataType::kFloat32 || type == DataType::kInt32 || type == DataType::kInt64 ||
         type == DataType::kBool;
}

// An operator on two inputs without parameters but the iteration space.
PreparedOperator prepare_binary(const OperatorView& view);

// ADD, SUB, MUL or DIV on float32 or int32.
PreparedOperator prepare_plain_arithmetic(const OperatorView& view);

enum class Arithmetic { kAdd, kSub, kMul, kDiv };

template <Arithmetic of>
float result_of(float a, float b) {
  if constexpr (of == Arithmetic::kAdd) return a + b;
  if constexpr (of == Arithmetic::kSub) return a - b;
  if constexpr (of == Arithmetic::kMul) return a * b;
  return a / b;
}

// A quotient by zero is 0.
template <Arithmetic of>
std::int64_t result_of(std::int64_t a, std::int64_t b) {
  if constexpr (of == Arithmetic::kAdd) return a + b;
  if constexpr (of == Arithmetic::kSub) return a - b;
  if constexpr (of == Arithmetic::kMul) return a * b;
  return b == 0 ? 0 : a / b;
}

// A not-a-number stays one.
template <Arithmetic of>
void answer_floats(const KernelCall& call) {
  const auto p = call.params<bl_float_arithmetic_params>();
  answer_broadcast<float, float, float>(call, p.broadcast, [&](float a, float b) {
    return std::min(std::max(result_of<of>(a, b), p.activation_min), p.activation_max);
  });
}

// Results wrap to 32 bits before they are clamped.
template <Arithmetic of>
void answer_integers(const KernelCall& call) {
  using T = std::int32_t;
  const auto p = call.params<bl_integer_arithmetic_params>();
  answer_broadcast<T, T, T>(call, p.broadcast, [&](std::int64_t a, std::int64_t b) {
    return clamp_to<T>(static_cast<T>(result_of<of>(a, b)), p.activation_min, p.activation_max);
  });
}

}  // namespace boardless::workloads
