// Kernels that move elements whatever their type: named by the width of an element, with one answer
// on the host for each width.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "workloads/operators/operator_record.h"

namespace boardless::workloads {

// An unsigned integer as wide as an element.
template <std::size_t bytes>
using BitsOf = std::conditional_t<
    bytes == 1, std::uint8_t,
    std::conditional_t<bytes == 2, std::uint16_t,
                       std::conditional_t<bytes == 4, std::uint32_t, std::uint64_t>>>;

constexpr std::string_view width_suffix(std::size_t bytes) {
  return bytes == 1 ? "b8" : bytes == 2 ? "b16" : bytes == 4 ? "b32" : "b64";
}

// The kernel "STEM_b16" on elements In; Answer::run<T> answers for elements as wide as T.
template <class Answer, class In, class Out = In>
constexpr Kernel width_kernel(std::string_view stem) {
  constexpr std::size_t kBytes = sizeof(typename In::Storage);
  return {KernelName(stem, {width_suffix(kBytes)}), In::kType, Out::kType,
          Answer::template run<BitsOf<kBytes>>};
}
template <class Answer, class... E>
constexpr std::array<Kernel, sizeof...(E)> width_kernels(std::string_view stem) {
  return {width_kernel<Answer, E>(stem)...};
}

// The kernel "STEM_b8" on elements that it takes for bytes.
template <class... E>
constexpr std::array<Kernel, sizeof...(E)> byte_kernels(std::string_view stem, HostAnswer host) {
  return {byte_kernel<E>(stem, host)...};
}

}  // namespace boardless::workloads
