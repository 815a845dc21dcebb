// Prepares CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED: geometry, offsets and multipliers.
#include <algorithm>

#include "kernels/abi.h"
#include "workloads/operators/convolution.h"
#include "workloads/operators/weights.h"
#include "workloads/operators/window.h"

namespace boardless::workloads {
namespace {

bool is_float(const OperatorView& view) { return view.input().type == DataType::kFloat32; }

std::vector<Operand> operands(const OperatorView& view, const Rescaling& by = {}) {
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
  bl_conv_2d_params result = {.batches = input[0],
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
                              .input_offset = 0,
                              .filter_offset = 0,
                              .output_offset = 0,
                              .activation_min = 0,
                              .activation_max = 0};
  if (!is_float(view)) set_output_range(view, a.activation, result);
  return result;
}

}  // namespace

PreparedOperator prepare_conv_2d(const OperatorView& view) {
  const auto& a = view.attributes<ConvAttributes>();
  const std::vector<std::int32_t>& filter = view.input(kFilter).shape;
  const std::int32_t output_c = filter[0];
  const std::int32_t input_c = view.input().shape[3];
  check_filter(view, 0, output_c);
  const std::int32_t groups = input_c / filter[3];
  if (groups * filter[3] != input_c || output_c % groups != 0) {
    view.fail("filter {} takes {} input channels, the input {} has {}",
              shape_text(view.input(kFilter)), filter[3], shape_text(view.input()), input_c);
  }
  const bl_conv_2d_params params = conv_params(view, output_c);
  if (is_float(view)) {
    return view.finish(
        bl_grouped_conv_2d_params{params, groups, 0, float_clamp(view, a.activation)},
        operands(view));
  }
  const std::int32_t bits = sum_bits(view, a.stated_bias);
  const ChannelLayout layout{output_c, view.input(kFilter).elements() / output_c};
  const std::vector<Operand> all = operands(view, rescaling(view, layout, output_c, bits));
  const bool is_byte_wide = view.input().type == view.input(kFilter).type;
  if (is_byte_wide && groups == 1) return view.finish(params, all);
  PreparedOperator result = view.finish(bl_grouped_conv_2d_params{params, groups, bits, {}}, all);
  if (is_byte_wide) result.kernel = "grouped_" + result.kernel;
  return result;
}

PreparedOperator prepare_depthwise_conv_2d(const OperatorView& view) {
  const auto& a = view.attributes<ConvAttributes>();
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
  const int stated = a.depth_multiplier;
  if (stated != 0 && stated != depth_multiplier) {
    view.fail("depth_multiplier is {}, filter and input give {}", stated, depth_multiplier);
  }
  const bl_depthwise_conv_2d_params params{conv_params(view, output_c), depth_multiplier};
  if (is_float(view)) {
    const bl_float_clamp clamp = float_clamp(view, a.activation);
    return view.finish(bl_typed_depthwise_conv_2d_params{params, clamp}, operands(view));
  }
  const std::int32_t bits = sum_bits(view, DataType::kInt64);
  if (view.input().type == DataType::kInt16 && bits == 32) {
    view.not_modelled("bias type int32; supported here: int64");
  }
  return view.finish(params, operands(view, rescaling(view, {output_c, 1}, output_c, bits)));
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
  bl_fully_connected_params params{.batches = batches,
                                   .input_depth = input_depth,
                                   .output_depth = output_depth,
                                   .input_offset = 0,
                                   .filter_offset = 0,
                                   .output_offset = 0,
                                   .per_channel = 0,
                                   .activation_min = 0,
                                   .activation_max = 0};
  if (is_float(view)) {
    const bl_float_clamp clamp = float_clamp(view, a.activation);
    return view.finish(bl_typed_fully_connected_params{params, 0, clamp}, operands(view));
  }
  const ValueRange clamp = view.clamp_for(a.activation);
  params.input_offset = -view.zero_point(view.input(), "input");
  params.filter_offset = filter_offset(view);
  params.output_offset = view.zero_point(view.output(), "output");
  params.per_channel = filter.quantization.per_channel() ? 1 : 0;
  params.activation_min = clamp.min;
  params.activation_max = clamp.max;
  if (params.per_channel != 0 && filter.type == DataType::kInt4) {
    view.not_modelled("int4 filter has {} scales; supported: one",
                      filter.quantization.scale.size());
  }
  if (params.per_channel == 0 && filter.quantization.scale[0] < 0) {
    view.fail("filter has scale {}; it must not be below 0", filter.quantization.scale[0]);
  }
  const std::int32_t bits = sum_bits(view, a.stated_bias);
  const ChannelLayout layout{output_depth, input_depth};
  const std::int32_t count = params.per_channel != 0 ? output_depth : 1;
  const std::vector<Operand> all = operands(view, rescaling(view, layout, count, bits));
  if (view.input().type != DataType::kInt16) return view.finish(params, all);
  return view.finish(bl_typed_fully_connected_params{params, bits, {}}, all);
}

}  // namespace boardless::workloads
