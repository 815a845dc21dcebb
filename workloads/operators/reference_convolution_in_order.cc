// The operators with filters, product by product in the order of their definition, which the sums
// of floats depend on; and on int4 weights, unpacked first.
#include <vector>

#include "kernels/abi.h"
#include "workloads/graph/packed_int4.h"
#include "workloads/operators/convolution.h"
#include "workloads/operators/reference_sums.h"

namespace boardless::workloads {
namespace {

template <class Value, class Weight, class Sum>
void convolve(const KernelCall& call, const bl_grouped_conv_2d_params& params,
              const Weight* filter) {
  const bl_conv_2d_params& p = params.conv;
  const Weighted<Value, Weight, Sum> operands(call);
  const OutputStage output_stage(call, p, operands, true, params.activation);
  const Product<Sum> multiply = product<Sum>(p);
  const std::int64_t depth = p.input_c / params.groups;
  const std::int32_t outputs = p.output_c / params.groups;
  const std::int64_t taps = std::int64_t{p.filter_h} * p.filter_w;
  Value* output = operands.output;
  const std::int64_t pixels = output_pixels(p);
  for (std::int64_t number = 0; number < pixels; ++number) {
    const Pixel pixel(p, number);
    for (std::int32_t c = 0; c < p.output_c; ++c) {
      Sum sum = 0;
      for_each_tap(p, pixel, [&](std::int32_t tap, std::int64_t offset) {
        const Value* value = operands.input + offset + c / outputs * depth;
        const Weight* weight = filter + (c * taps + tap) * depth;
        for (std::int64_t i = 0; i < depth; ++i) sum += multiply(value[i], weight[i]);
      });
      *output++ = output_stage(sum, c);
    }
  }
}

template <class Value, class Weight, class Sum>
void convolve_depthwise(const KernelCall& call, const bl_depthwise_conv_2d_params& params,
                        const Weight* filter, bl_float_clamp clamp) {
  const bl_conv_2d_params& p = params.conv;
  const Weighted<Value, Weight, Sum> operands(call);
  const OutputStage output_stage(call, p, operands, true, clamp);
  const Product<Sum> multiply = product<Sum>(p);
  std::vector<Sum> sums(static_cast<std::size_t>(p.output_c));
  Value* output = operands.output;
  const std::int64_t pixels = output_pixels(p);
  for (std::int64_t number = 0; number < pixels; ++number) {
    std::ranges::fill(sums, Sum{0});
    for_each_tap(p, Pixel(p, number), [&](std::int32_t tap, std::int64_t offset) {
      const Weight* weight = filter + std::int64_t{tap} * p.output_c;
      for (std::int32_t c = 0; c < p.output_c; ++c) {
        const Value value = operands.input[offset + c / params.depth_multiplier];
        sums[static_cast<std::size_t>(c)] += multiply(value, weight[c]);
      }
    });
    for (std::int32_t c = 0; c < p.output_c; ++c) {
      *output++ = output_stage(sums[static_cast<std::size_t>(c)], c);
    }
  }
}

template <class Value, class Weight, class Sum>
void connect(const KernelCall& call, const bl_fully_connected_params& p, const Weight* filter,
             bl_float_clamp clamp) {
  const Weighted<Value, Weight, Sum> operands(call);
  const OutputStage output_stage(call, p, operands, p.per_channel != 0, clamp);
  const Product<Sum> multiply = product<Sum>(p);
  Value* output = operands.output;
  for (std::int64_t batch = 0; batch < p.batches; ++batch) {
    const Value* row = operands.input + batch * p.input_depth;
    for (std::int32_t c = 0; c < p.output_depth; ++c) {
      const Weight* weight = filter + std::int64_t{c} * p.input_depth;
      Sum sum = 0;
      for (std::int64_t i = 0; i < p.input_depth; ++i) sum += multiply(row[i], weight[i]);
      *output++ = output_stage(sum, c);
    }
  }
}

std::vector<std::int8_t> unpacked_filter(const KernelCall& call, std::int64_t elements) {
  const auto bytes = static_cast<std::size_t>(packed_int4_bytes(elements));
  return unpack_int4({call.input<std::uint8_t>(1), bytes}, elements);
}

}  // namespace

template <>
void answer_conv_2d<Float32>(const KernelCall& call) {
  const auto p = call.params<bl_grouped_conv_2d_params>();
  convolve<float, float, float>(call, p, call.input<float>(1));
}

template <>
void answer_conv_2d<Int16>(const KernelCall& call) {
  const auto p = call.params<bl_grouped_conv_2d_params>();
  const auto* filter = call.input<std::int8_t>(1);
  if (p.sum_bits == 32) return convolve<std::int16_t, std::int8_t, std::int32_t>(call, p, filter);
  convolve<std::int16_t, std::int8_t, std::int64_t>(call, p, filter);
}

template <class E>
void answer_grouped_conv_2d(const KernelCall& call) {
  using T = typename E::Storage;
  const auto p = call.params<bl_grouped_conv_2d_params>();
  convolve<T, T, std::int32_t>(call, p, call.input<T>(1));
}
template void answer_grouped_conv_2d<Int8>(const KernelCall&);
template void answer_grouped_conv_2d<UInt8>(const KernelCall&);

void answer_conv_2d_int4(const KernelCall& call) {
  const auto p = call.params<bl_grouped_conv_2d_params>();
  const std::vector<std::int8_t> filter =
      unpacked_filter(call, std::int64_t{p.conv.output_c} * p.conv.filter_h * p.conv.filter_w *
                                (p.conv.input_c / p.groups));
  convolve<std::int8_t, std::int8_t, std::int32_t>(call, p, filter.data());
}

template <>
void answer_depthwise_conv_2d<Float32>(const KernelCall& call) {
  const auto p = call.params<bl_typed_depthwise_conv_2d_params>();
  convolve_depthwise<float, float, float>(call, p.depthwise, call.input<float>(1), p.activation);
}

template <>
void answer_depthwise_conv_2d<Int16>(const KernelCall& call) {
  const auto p = call.params<bl_depthwise_conv_2d_params>();
  const auto* filter = call.input<std::int8_t>(1);
  convolve_depthwise<std::int16_t, std::int8_t, std::int64_t>(call, p, filter, {});
}

void answer_depthwise_conv_2d_int4(const KernelCall& call) {
  const auto p = call.params<bl_depthwise_conv_2d_params>();
  const std::vector<std::int8_t> filter =
      unpacked_filter(call, std::int64_t{p.conv.output_c} * p.conv.filter_h * p.conv.filter_w);
  convolve_depthwise<std::int8_t, std::int8_t, std::int32_t>(call, p, filter.data(), {});
}

template <>
void answer_fully_connected<Float32>(const KernelCall& call) {
  const auto p = call.params<bl_typed_fully_connected_params>();
  connect<float, float, float>(call, p.fully_connected, call.input<float>(1), p.activation);
}

template <>
void answer_fully_connected<Int16>(const KernelCall& call) {
  const auto typed = call.params<bl_typed_fully_connected_params>();
  const bl_fully_connected_params& p = typed.fully_connected;
  const auto* filter = call.input<std::int8_t>(1);
  if (typed.sum_bits == 32) {
    return connect<std::int16_t, std::int8_t, std::int32_t>(call, p, filter, {});
  }
  connect<std::int16_t, std::int8_t, std::int64_t>(call, p, filter, {});
}

void answer_fully_connected_int4(const KernelCall& call) {
  const auto p = call.params<bl_fully_connected_params>();
  const std::vector<std::int8_t> filter =
      unpacked_filter(call, std::int64_t{p.output_depth} * p.input_depth);
  connect<std::int8_t, std::int8_t, std::int32_t>(call, p, filter.data(), {});
}

}  // namespace boardless::workloads
