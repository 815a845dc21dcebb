// Bringing a quantised tensor to another scale, zero point and range: the kernel requantize_*.
#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels/abi.h"
#include "workloads/operators/mapping.h"

namespace boardless::workloads {

// From input 0 to the output, within what `activation` lets through.
PreparedOperator prepare_requantize(const OperatorView& view, Activation activation);

// value * 2^bits, where bits is above 0, by what 32 bits have of it.
inline std::int32_t shifted(std::int32_t value, std::int32_t bits) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(value) << std::max(bits, 0));
}

template <class In, class Out>
void answer_requantize(const KernelCall& call) {
  using To = typename Out::Storage;
  using Params = bl_requantize_params;
  answer_map<typename In::Storage, To, Params>(call, [&](std::int32_t value, const Params& p) {
    const std::int32_t result = call.rescale(shifted(value + p.input_offset, p.output_shift),
                                             {p.output_multiplier, std::min(p.output_shift, 0)});
    return clamp_to<To>(result + p.output_offset, p.activation_min, p.activation_max);
  });
}

}  // namespace boardless::workloads
