// Prepares CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED: offsets, per-channel multipliers, and
// the proof that no accumulator can leave 32 bits.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "kernels/abi.h"
#include "workloads/operators/convolution.h"
#include "workloads/operators/window.h"

namespace boardless::workloads {
namespace {

constexpr std::size_t kFilter = 1;
constexpr std::size_t kBias = 2;

// Where the weights of one output channel lie: channel c has every element whose index, divided by
// `inner`, is c modulo the number of channels.
struct ChannelLayout {
  std::int32_t channels = 0;
  std::int64_t inner = 1;
};

void check_filter(const OperatorView& view, int channel_axis, std::int32_t channels) {
  const Tensor& filter = view.input(kFilter);
  view.require_type(filter, "filter", view.input().type);
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
  if (!view.has_input(kBias)) return;
  view.require_type(view.input(kBias), "bias", DataType::kInt32);
  if (view.input(kBias).elements() != channels) {
    view.fail("bias has {} elements; it needs one for each of the {} output channels",
              view.input(kBias).elements(), channels);
  }
  if (!view.input(kBias).is_constant())
    view.not_modelled("bias is computed at run time; supported: a constant");
}

std::int32_t filter_offset(const OperatorView& view) {
  return -static_cast<std::int32_t>(view.input(kFilter).quantization.zero_point[0]);
}

// The largest magnitude each output channel's accumulator can reach, whatever the input, in
// whatever order and with or without the input's offset multiplied out.
std::vector<std::int64_t> accumulator_bounds(const OperatorView& view,
                                             const ChannelLayout& layout) {
  const auto most = [](DataType type) {
    return element_type(type).highest - element_type(type).lowest + 1;
  };
  const Tensor& filter = view.input(kFilter);
  const std::int64_t largest_input = most(view.input().type);
  std::vector<std::int64_t> bounds(static_cast<std::size_t>(layout.channels));
  if (view.has_input(kBias)) {
    const std::vector<std::int64_t> bias = view.integers(kBias, "bias");
    std::ranges::transform(bias, bounds.begin(),
                           [](std::int64_t value) { return std::abs(value); });
  }
  if (!filter.is_constant()) {
    for (std::int64_t& bound : bounds) {
      bound += filter.elements() / layout.channels * most(filter.type) * largest_input;
    }
    return bounds;
  }
  const std::int32_t offset = filter_offset(view);
  visit_element(filter.type, [&]<class E>(E) {
    typename E::Storage stored;
    for (std::size_t i = 0; i < filter.data.size() / sizeof stored; ++i) {
      std::memcpy(&stored, filter.data.data() + i * sizeof stored, sizeof stored);
      const auto channel = static_cast<std::int64_t>(i) / layout.inner % layout.channels;
      const auto value = static_cast<std::int64_t>(stored) + offset;
      bounds[static_cast<std::size_t>(channel)] += std::abs(value) * largest_input;
    }
  });
  return bounds;
}

// Input scale times filter scale, over output scale. TFLite multiplies in double, except where one
// multiplier serves a whole FULLY_CONNECTED: there the product of the two scales is a float.
double real_multiplier(const OperatorView& view, std::size_t channel) {
  const std::vector<float>& scales = view.input(kFilter).quantization.scale;
  const float filter_scale = scales.size() > 1 ? scales[channel] : scales[0];
  const float input_scale = view.scale(view.input(), "input");
  const bool in_float = view.op().kind == OpKind::kFullyConnected && scales.size() == 1;
  const double product = in_float ? static_cast<double>(input_scale * filter_scale)
                                  : static_cast<double>(input_scale) * filter_scale;
  return product / view.scale(view.output(), "output");
}

struct Rescaling {
  Operand multiplier, shift;
};

// One multiplier and shift for each of `count` output channels; `count` is 1 for one that all
// share.
Rescaling rescaling(const OperatorView& view, const ChannelLayout& layout, std::int32_t count) {
  std::vector<std::int64_t> bounds = accumulator_bounds(view, layout);
  if (count == 1) bounds = {*std::ranges::max_element(bounds)};
  std::vector<std::int32_t> multipliers, shifts;
  for (std::size_t c = 0; c < static_cast<std::size_t>(count); ++c) {
    const FixedMultiplier by = view.multiplier(real_multiplier(view, c), bounds[c]);
    multipliers.push_back(by.multiplier);
    shifts.push_back(by.shift);
  }
  const Operand multiplier = view.constant(multipliers);
  return {multiplier, view.constant(shifts)};
}

std::vector<Operand> operands(const OperatorView& view, const Rescaling& by) {
  return {view.tensor_operand(0),
          view.tensor_operand(kFilter),
          view.tensor_operand(kBias),
          by.multiplier,
          by.shift,
          view.output_operand()};
}

// What CONV_2D and DEPTHWISE_CONV_2D share once the number of output channels is known.
bl_conv_2d_params conv_params(const OperatorView& view, std::int32_t output_c) {
  const auto& a = view.attributes<ConvAttributes>();
  const std::vector<std::int32_t>& input = view.input().shape;
  const std::vector<std::int32_t>& filter = view.input(kFilter).shape;
  const WindowGeometry window = slide_window(view,
                                             {.padding = a.padding,
                                              .filter_h = filter[1],
                                              .filter_w = filter[2],
                                              .stride_h = a.stride_h,
                                              .stride_w = a.stride_w,
                                              .dilation_h = a.dilation_h,
                                              .dilation_w = a.dilation_w},
                                             output_c);
  const ValueRange clamp = view.clamp_for(a.activation);
  return {.batches = input[0],
          .input_h = input[1],
          .input_w = input[2],
          .input_c = input[3],
          .output_h = window.output_h,
          .output_w = window.output_w,
          .output_c = output_c,
          .filter_h = filter[1],
          .filter_w = filter[2],
          .stride_h = a.stride_h,
          .stride_w = a.stride_w,
          .dilation_h = a.dilation_h,
          .dilation_w = a.dilation_w,
          .pad_top = window.pad_top,
          .pad_left = window.pad_left,
          .input_offset = -view.zero_point(view.input(), "input"),
          .filter_offset = filter_offset(view),
          .output_offset = view.zero_point(view.output(), "output"),
          .activation_min = clamp.min,
          .activation_max = clamp.max};
}

}  // namespace

PreparedOperator prepare_conv_2d(const OperatorView& view) {
  const std::vector<std::int32_t>& filter = view.input(kFilter).shape;
  const std::int32_t output_c = filter[0];
  check_filter(view, 0, output_c);
  const std::int32_t input_c = view.input().shape[3];
  if (input_c % filter[3] == 0 && output_c % (input_c / filter[3]) == 0 && input_c != filter[3]) {
    view.not_modelled("convolution in {} groups (filter {} on the input {}); supported: one group",
                      input_c / filter[3], shape_text(view.input(kFilter)),
                      shape_text(view.input()));
  }
  if (filter[3] != input_c) {
    view.fail("filter {} takes {} input channels, the input {} has {}",
              shape_text(view.input(kFilter)), filter[3], shape_text(view.input()), input_c);
  }
  const bl_conv_2d_params params = conv_params(view, output_c);
  const ChannelLayout layout{output_c, view.input(kFilter).elements() / output_c};
  return view.finish(params, operands(view, rescaling(view, layout, output_c)));
}

PreparedOperator prepare_depthwise_conv_2d(const OperatorView& view) {
  const std::vector<std::int32_t>& filter = view.input(kFilter).shape;
  const std::int32_t input_c = view.input().shape[3];
  const std::int32_t output_c = filter[3];
  check_filter(view, 3, output_c);
  if (filter[0] != 1)
    view.fail("filter {}; its first extent must be 1", shape_text(view.input(kFilter)));
  if (output_c % input_c != 0) {
    view.fail("filter {} makes {} output channels, which is no multiple of the input's {}",
              shape_text(view.input(kFilter)), output_c, input_c);
  }
  const std::int32_t depth_multiplier = output_c / input_c;
  // 0 is what a file has that leaves the attribute out.
  const int stated = view.attributes<ConvAttributes>().depth_multiplier;
  if (stated != 0 && stated != depth_multiplier) {
    view.fail("depth_multiplier is {}, filter and input give {}", stated, depth_multiplier);
  }
  const bl_depthwise_conv_2d_params params{conv_params(view, output_c), depth_multiplier};
  return view.finish(params, operands(view, rescaling(view, {output_c, 1}, output_c)));
}

PreparedOperator prepare_fully_connected(const OperatorView& view) {
  const auto& a = view.attributes<FullyConnectedAttributes>();
  const Tensor& filter = view.input(kFilter);
  const std::int32_t output_depth = filter.shape[0];
  const std::int32_t input_depth = filter.shape[1];
  check_filter(view, 0, output_depth);
  if (view.input().elements() % input_depth != 0) {
    view.fail("filter {} takes {} inputs, which does not divide the input {}", shape_text(filter),
              input_depth, shape_text(view.input()));
  }
  const auto batches = static_cast<std::int32_t>(view.input().elements() / input_depth);
  // Converters write [batches, depth] and shapes with further extents alike.
  if (view.output().shape.empty() || view.output().shape.back() != output_depth ||
      view.output().elements() != std::int64_t{batches} * output_depth) {
    view.fail("output shape {}; its definition gives {}x{}", shape_text(view.output()), batches,
              output_depth);
  }
  const bool per_channel = filter.quantization.per_channel();
  const ValueRange clamp = view.clamp_for(a.activation);
  const bl_fully_connected_params params{.batches = batches,
                                         .input_depth = input_depth,
                                         .output_depth = output_depth,
                                         .input_offset = -view.zero_point(view.input(), "input"),
                                         .filter_offset = filter_offset(view),
                                         .output_offset = view.zero_point(view.output(), "output"),
                                         .per_channel = per_channel ? 1 : 0,
                                         .activation_min = clamp.min,
                                         .activation_max = clamp.max};
  const ChannelLayout layout{output_depth, input_depth};
  const std::int32_t count = per_channel ? output_depth : 1;
  return view.finish(params, operands(view, rescaling(view, layout, count)));
}

}  // namespace boardless::workloads
