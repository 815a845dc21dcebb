// The weights of an operator: filter and bias, checked, and how its sums become outputs.
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

// Inputs of every operator with a filter.
inline constexpr std::size_t kFilter = 1;
inline constexpr std::size_t kBias = 2;

// Where the weights of one output channel lie: channel c has every element whose index, divided by
// `inner`, is c modulo the number of channels.
struct ChannelLayout {
  std::int32_t channels = 0;
  std::int64_t inner = 1;
};

// Throws unless filter and bias are what the operator's kernel takes: the filter's quantisation,
// whose channels are its dimension `channel_axis`, and the bias's type and length. `bias_input` is
// the bias's place among the inputs.
void check_filter(const OperatorView& view, int channel_axis, std::int32_t channels,
                  std::size_t bias_input = kBias);

// Minus the filter's zero point.
std::int32_t filter_offset(const OperatorView& view);

// Of the sums, the bias included: 32, but for int16 data, where they have the bias's type or,
// without a bias, the `stated` one.
std::int32_t sum_bits(const OperatorView& view, DataType stated, std::size_t bias_input = kBias);

struct Rescaling {
  Operand multiplier, shift;
};

// One multiplier and shift for each of `count` output channels, 1 for one that all share; and the
// proof that no sum of `bits` can leave them.
Rescaling rescaling(const OperatorView& view, const ChannelLayout& layout, std::int32_t count,
                    std::int32_t bits, std::size_t bias_input = kBias);

// Offsets and clamp of quantised data.
void set_output_range(const OperatorView& view, Activation activation, bl_conv_2d_params& params);

// What a fused activation lets through of a float.
bl_float_clamp float_clamp(const OperatorView& view, Activation activation);

}  // namespace boardless::workloads
