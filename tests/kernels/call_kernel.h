// Calls a reference kernel on the host with its operands as vectors.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <vector>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

namespace boardless::kernels {

using Kernel = std::int32_t(const void*, void* const*, void*);
using Int8s = std::vector<std::int8_t>;
using Int32s = std::vector<std::int32_t>;

// What a rescale by exactly 1 looks like: 2^30 * 2^1 / 2^31.
inline constexpr std::int32_t kUnitMultiplier = 1 << 30;
inline constexpr std::int32_t kUnitShift = 1;

// An operand: the kernels take inputs through the same pointer type as outputs.
template <class T>
void* operand(const std::vector<T>& values) {
  return const_cast<T*>(values.data());
}

template <class Params>
std::int32_t call(Kernel* kernel, const Params& params, std::initializer_list<void*> operands,
                  void* scratch = nullptr) {
  return kernel(&params, operands.begin(), scratch);
}

// Uniform over the whole of int8.
inline Int8s random_int8s(std::size_t count, std::mt19937& random) {
  std::uniform_int_distribution<int> values(-128, 127);
  Int8s result(count);
  for (std::int8_t& value : result) value = static_cast<std::int8_t>(values(random));
  return result;
}

}  // namespace boardless::kernels
