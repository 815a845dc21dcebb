// TRANSPOSE_CONV: prepared, and answered output by output, where the kernels go input by input.
#include <algorithm>
#include <array>

#include "kernels/abi.h"
#include "workloads/operators/convolution.h"
#include "workloads/operators/reference_sums.h"
#include "workloads/operators/weights.h"
#include "workloads/operators/window_padding.h"

namespace boardless::workloads {
namespace {

// Operands: the output's shape, filter, data, bias.
constexpr std::size_t kShape = 0;
constexpr std::size_t kData = 2;
constexpr std::size_t kTransposeConvBias = 3;

// Along one dimension, where the output takes the part of a convolution's input.
std::int32_t padding_before(const OperatorView& view, Padding padding, std::int32_t output,
                            std::int32_t filter, int stride) {
  constexpr std::int32_t kLargestExtent = 65535;
  if (stride < 1) view.fail("a stride is {}; it must be at least 1", stride);
  if (std::max({output, filter, stride}) > kLargestExtent) {
    view.not_modelled("an extent or stride above {}", kLargestExtent);
  }
  const std::int32_t positions = window_positions(output, filter, stride, padding);
  if (positions < 1) {
    view.fail("filter extent {} on an output extent of {} (padding VALID)", filter, output);
  }
  return window_padding_before(output, filter, stride, positions);
}

void check_shapes(const OperatorView& view) {
  const Tensor& data = view.input(kData);
  const Tensor& output = view.output();
  const Tensor& filter = view.input(kFilter);
  if (data.shape.size() != 4 || output.shape.size() != 4) {
    view.fail("input {} and output {} must have 4 dimensions", shape_text(data),
              shape_text(output));
  }
  if (data.shape[3] != filter.shape[3]) {
    view.fail("filter {} takes {} input channels, the input {} has {}", shape_text(filter),
              filter.shape[3], shape_text(data), data.shape[3]);
  }
  view.require_shape(output, "output",
                     std::array{data.shape[0], output.shape[1], output.shape[2], filter.shape[0]});
  if (view.input(kShape).is_constant() &&
      !std::ranges::equal(view.integers(kShape, "output shape"), output.shape)) {
    view.fail("output {} is not of the shape that input 0 holds", shape_text(output));
  }
}

// One of int16 is widened, as TensorFlow Lite Micro does in each invocation.
Operand bias_operand(const OperatorView& view) {
  const bool is_narrow =
      view.has_input(kTransposeConvBias) && view.input(kTransposeConvBias).type == DataType::kInt16;
  if (!is_narrow) return view.tensor_operand(kTransposeConvBias);
  return view.constant(view.integers(kTransposeConvBias, "bias"));
}

}  // namespace

PreparedOperator prepare_transpose_conv(const OperatorView& view) {
  const auto& a = view.attributes<TransposeConvAttributes>();
  check_shapes(view);
  const std::vector<std::int32_t>& input = view.input(kData).shape;
  const std::vector<std::int32_t>& filter = view.input(kFilter).shape;
  const std::vector<std::int32_t>& output = view.output().shape;
  check_filter(view, 0, filter[0], kTransposeConvBias);
  bl_grouped_conv_2d_params params{};
  params.groups = 1;
  params.conv.batches = input[0];
  params.conv.input_h = input[1];
  params.conv.input_w = input[2];
  params.conv.input_c = input[3];
  params.conv.output_h = output[1];
  params.conv.output_w = output[2];
  params.conv.output_c = output[3];
  params.conv.filter_h = filter[1];
  params.conv.filter_w = filter[2];
  params.conv.stride_h = a.stride_h;
  params.conv.stride_w = a.stride_w;
  params.conv.dilation_h = params.conv.dilation_w = 1;
  params.conv.pad_top = padding_before(view, a.padding, output[1], filter[1], a.stride_h);
  params.conv.pad_left = padding_before(view, a.padding, output[2], filter[2], a.stride_w);
  const auto operands = [&](const Rescaling& by) {
    return std::vector<Operand>{view.tensor_operand(kData),
                                view.tensor_operand(kFilter),
                                bias_operand(view),
                                by.multiplier,
                                by.shift,
                                view.output_operand()};
  };
  if (view.input(kData).type == DataType::kFloat32) {
    params.activation = float_clamp(view, a.activation);
    return view.finish(params, operands({}));
  }
  set_output_range(view, a.activation, params.conv);
  params.sum_bits = sum_bits(view, DataType::kInt64, kTransposeConvBias);
  const ChannelLayout layout{filter[0], view.input(kFilter).elements() / filter[0]};
  return view.finish(
      params, operands(rescaling(view, layout, filter[0], params.sum_bits, kTransposeConvBias)));
}

namespace {

// The inputs that reach output coordinate `out` by some tap: calls visit(input, tap).
template <class Visit>
void for_each_source(std::int32_t out, std::int32_t pad, std::int32_t stride, std::int32_t filter,
                     std::int32_t input, Visit visit) {
  for (std::int32_t in = 0; in < input; ++in) {
    const std::int32_t tap = out + pad - in * stride;
    if (tap >= 0 && tap < filter) visit(in, tap);
  }
}

template <class Value, class Weight, class Sum>
void spread(const KernelCall& call) {
  const auto params = call.params<bl_grouped_conv_2d_params>();
  const bl_conv_2d_params& p = params.conv;
  const Weighted<Value, Weight, Sum> operands(call);
  const OutputStage output_stage(call, p, operands, true, params.activation);
  const Product<Sum> multiply = product<Sum>(p);
  const std::int64_t depth = p.input_c;
  const std::int64_t pixels = output_pixels(p);
  Value* output = operands.output;
  for (std::int64_t pixel = 0; pixel < pixels; ++pixel) {
    const std::int64_t batch = pixel / p.output_w / p.output_h;
    const auto out_y = static_cast<std::int32_t>(pixel / p.output_w % p.output_h);
    const auto out_x = static_cast<std::int32_t>(pixel % p.output_w);
    for (std::int32_t c = 0; c < p.output_c; ++c) {
      Sum sum = 0;
      for_each_source(
          out_y, p.pad_top, p.stride_h, p.filter_h, p.input_h, [&](std::int32_t y, auto tap_y) {
            for_each_source(
                out_x, p.pad_left, p.stride_w, p.filter_w, p.input_w,
                [&](std::int32_t x, auto tap_x) {
                  const Value* value =
                      operands.input + ((batch * p.input_h + y) * p.input_w + x) * depth;
                  const Weight* weight =
                      operands.filter +
                      ((std::int64_t{c} * p.filter_h + tap_y) * p.filter_w + tap_x) * depth;
                  for (std::int64_t i = 0; i < depth; ++i) {
                    sum += multiply(value[i], weight[i]);
                  }
                });
          });
      *output++ = output_stage(sum, c);
    }
  }
}

}  // namespace

void answer_transpose_conv_f32(const KernelCall& call) { spread<float, float, float>(call); }
void answer_transpose_conv_s8(const KernelCall& call) {
  spread<std::int8_t, std::int8_t, std::int32_t>(call);
}
void answer_transpose_conv_s16(const KernelCall& call) {
  spread<std::int16_t, std::int8_t, std::int64_t>(call);
}

}  // namespace boardless::workloads
