// Checks filters and biases, and proves that no accumulator can leave its bits.
#include "workloads/operators/weights.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "workloads/graph/element_type.h"
#include "workloads/graph/packed_int4.h"
#include "workloads/graph/saturating.h"

namespace boardless::workloads {
namespace {

const Tensor& data_of(const OperatorView& view) {
  return view.input(static_cast<std::size_t>(view.record().data_input));
}

std::int64_t magnitude(std::int64_t value) {
  return std::abs(std::max(value, -std::numeric_limits<std::int64_t>::max()));
}

// Calls visit(index, value) for each element of a constant of integers.
template <class Visit>
void for_each_value(const Tensor& tensor, Visit visit) {
  if (tensor.type == DataType::kInt4) {
    const std::vector<std::int8_t> values = unpack_int4(tensor.data, tensor.elements());
    for (std::size_t i = 0; i < values.size(); ++i) visit(i, values[i]);
    return;
  }
  visit_element(tensor.type, [&]<class E>(E) {
    typename E::Storage stored;
    for (std::size_t i = 0; i < tensor.data.size() / sizeof stored; ++i) {
      std::memcpy(&stored, tensor.data.data() + i * sizeof stored, sizeof stored);
      visit(i, static_cast<std::int64_t>(stored));
    }
  });
}

// The largest magnitude each output channel's accumulator can reach, whatever the input, in
// whatever order and with or without the input's offset multiplied out.
std::vector<std::int64_t> accumulator_bounds(const OperatorView& view, const ChannelLayout& layout,
                                             std::size_t bias_input) {
  const auto most = [](DataType type) {
    return element_type(type).highest - element_type(type).lowest + 1;
  };
  const Tensor& filter = view.input(kFilter);
  const std::int64_t largest_input = most(data_of(view).type);
  std::vector<std::int64_t> bounds(static_cast<std::size_t>(layout.channels));
  if (view.has_input(bias_input)) {
    std::ranges::transform(view.integers(bias_input, "bias"), bounds.begin(), magnitude);
  }
  if (!filter.is_constant()) {
    const std::int64_t reach =
        filter.elements() / layout.channels * most(filter.type) * largest_input;
    for (std::int64_t& bound : bounds) bound = saturating_add(bound, reach);
    return bounds;
  }
  const std::int32_t offset = filter_offset(view);
  for_each_value(filter, [&](std::size_t i, std::int64_t value) {
    const auto channel = static_cast<std::int64_t>(i) / layout.inner % layout.channels;
    std::int64_t& bound = bounds[static_cast<std::size_t>(channel)];
    bound = saturating_add(bound, magnitude(value + offset) * largest_input);
  });
  return bounds;
}

// Input scale times filter scale, over output scale. TFLite multiplies in double, except where one
// multiplier serves a whole FULLY_CONNECTED: there the product of the two scales is a float.
double real_multiplier(const OperatorView& view, std::size_t channel) {
  const std::vector<float>& scales = view.input(kFilter).quantization.scale;
  const float filter_scale = scales.size() > 1 ? scales[channel] : scales[0];
  const float input_scale = view.scale(data_of(view), "input");
  const bool in_float = view.op().kind == OpKind::kFullyConnected && scales.size() == 1;
  const double product = in_float ? static_cast<double>(input_scale * filter_scale)
                                  : static_cast<double>(input_scale) * filter_scale;
  return product / view.scale(view.output(), "output");
}

void check_bias(const OperatorView& view, std::int32_t channels, std::size_t bias_input) {
  if (!view.has_input(bias_input)) return;
  const Tensor& bias = view.input(bias_input);
  switch (data_of(view).type) {
    case DataType::kFloat32:
      view.require_type(bias, "bias", DataType::kFloat32);
      break;
    case DataType::kInt16: {
      // Older converters write int16 beside TRANSPOSE_CONV.
      const bool is_transposed = view.op().kind == OpKind::kTransposeConv;
      const DataType narrow = is_transposed ? DataType::kInt16 : DataType::kInt32;
      if (bias.type != narrow) view.require_type(bias, "bias", DataType::kInt64);
      break;
    }
    default:
      view.require_type(bias, "bias", DataType::kInt32);
  }
  if (bias.elements() != channels) {
    view.fail("bias has {} elements; it needs one for each of the {} output channels",
              bias.elements(), channels);
  }
  if (!bias.is_constant() && bias.type != DataType::kFloat32) {
    view.not_modelled("bias is computed at run time; supported: a constant");
  }
}

}  // namespace

void check_filter(const OperatorView& view, int channel_axis, std::int32_t channels,
                  std::size_t bias_input) {
  const Tensor& filter = view.input(kFilter);
  if (filter.type == DataType::kFloat32) return check_bias(view, channels, bias_input);
  const Quantization& q = filter.quantization;
  const bool is_signed = element_type(filter.type).lowest < 0;
  if (q.scale.empty()) {
    view.fail("filter has no quantisation scale; its type {} needs one",
              data_type_name(filter.type));
  }
  if (q.per_channel()) {
    if (!is_signed) {
      view.not_modelled("{} filter has {} scales; supported: one", data_type_name(filter.type),
                        q.scale.size());
    }
    if (q.axis != channel_axis) {
      view.not_modelled(
          "filter is quantised along dimension {}; supported: {} (the output channels)", q.axis,
          channel_axis);
    }
  }
  if (is_signed && std::ranges::any_of(q.zero_point, [](std::int64_t zero) { return zero != 0; })) {
    view.not_modelled("{} filter has a zero point other than 0; supported: 0",
                      data_type_name(filter.type));
  }
  check_bias(view, channels, bias_input);
}

std::int32_t filter_offset(const OperatorView& view) {
  return -static_cast<std::int32_t>(view.input(kFilter).quantization.zero_point[0]);
}

std::int32_t sum_bits(const OperatorView& view, DataType stated, std::size_t bias_input) {
  const DataType data = data_of(view).type;
  if (data != DataType::kInt16) return 32;
  const DataType bias = view.has_input(bias_input) ? view.input(bias_input).type : stated;
  return bias == DataType::kInt32 ? 32 : 64;
}

Rescaling rescaling(const OperatorView& view, const ChannelLayout& layout, std::int32_t count,
                    std::int32_t bits, std::size_t bias_input) {
  std::vector<std::int64_t> bounds = accumulator_bounds(view, layout, bias_input);
  if (count == 1) bounds = {*std::ranges::max_element(bounds)};
  std::vector<std::int32_t> multipliers, shifts;
  for (std::size_t c = 0; c < static_cast<std::size_t>(count); ++c) {
    const double real = real_multiplier(view, c);
    const FixedMultiplier by =
        bits == 64 ? view.wide_multiplier(real, bounds[c]) : view.multiplier(real, bounds[c]);
    multipliers.push_back(by.multiplier);
    shifts.push_back(by.shift);
  }
  const Operand multiplier = view.constant(multipliers);
  return {multiplier, view.constant(shifts)};
}

void set_output_range(const OperatorView& view, Activation activation, bl_conv_2d_params& params) {
  const ValueRange clamp = view.clamp_for(activation);
  params.input_offset = -view.zero_point(data_of(view), "input");
  params.filter_offset = filter_offset(view);
  params.output_offset = view.zero_point(view.output(), "output");
  params.activation_min = clamp.min;
  params.activation_max = clamp.max;
  // TFLite's convolutions of int16 have no offsets.
  if (data_of(view).type == DataType::kInt16 &&
      (params.input_offset != 0 || params.output_offset != 0)) {
    view.fail("int16 data has zero points {} (input) and {} (output); they must be 0",
              -params.input_offset, params.output_offset);
  }
}

bl_float_clamp float_clamp(const OperatorView& view, Activation activation) {
  view.require_clamp(activation);
  constexpr float kLargest = std::numeric_limits<float>::max();
  switch (activation) {
    case Activation::kRelu:
      return {0, kLargest};
    case Activation::kReluN1To1:
      return {-1, 1};
    case Activation::kRelu6:
      return {0, 6};
    default:
      return {-kLargest, kLargest};
  }
}

}  // namespace boardless::workloads
