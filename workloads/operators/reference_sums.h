// What the host's answers for operators with weights share: their operands, where a convolution's
// taps lie, and what becomes of a sum.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "kernels/abi.h"
#include "workloads/operators/kernel_call.h"

namespace boardless::workloads {

template <class Value, class Weight, class Sum>
struct Weighted {
  explicit Weighted(const KernelCall& call)
      : input(call.input<Value>(0)),
        filter(call.input<Weight>(1)),
        bias(call.input<Sum>(2)),
        multiplier(call.input<std::int32_t>(3)),
        shift(call.input<std::int32_t>(4)),
        output(call.output<Value>()) {}

  const Value* input;
  const Weight* filter;
  const Sum* bias;
  const std::int32_t* multiplier;
  const std::int32_t* shift;
  Value* output;
};

inline float clamp_float(float value, bl_float_clamp to) {
  return std::min(std::max(value, to.min), to.max);
}

// From sums to stored outputs. `Params` has offset and range of the output.
template <class Value, class Weight, class Sum, class Params>
class OutputStage {
 public:
  OutputStage(const KernelCall& call, const Params& params,
              const Weighted<Value, Weight, Sum>& operands, bool per_channel,
              bl_float_clamp clamp = {})
      : call_(call),
        params_(params),
        operands_(operands),
        per_channel_(per_channel),
        clamp_(clamp) {}

  Value operator()(Sum sum, std::int32_t channel) const {
    if (operands_.bias != nullptr) sum += operands_.bias[channel];
    if constexpr (std::is_floating_point_v<Sum>) {
      return clamp_float(sum, clamp_);
    } else {
      const std::int32_t scale = per_channel_ ? channel : 0;
      const FixedMultiplier by{operands_.multiplier[scale], operands_.shift[scale]};
      return clamp_to<Value>(rescaled(sum, by) + params_.output_offset, params_.activation_min,
                             params_.activation_max);
    }
  }

 private:
  std::int32_t rescaled(Sum sum, FixedMultiplier by) const {
    if constexpr (sizeof sum == sizeof(std::int64_t)) return rescale_wide(sum, by);
    return call_.rescale(static_cast<std::int32_t>(sum), by);
  }

  const KernelCall& call_;
  const Params& params_;
  const Weighted<Value, Weight, Sum>& operands_;
  bool per_channel_;
  bl_float_clamp clamp_;
};

// The products of data and weights of any type, offsets added where the types have them.
template <class Sum>
struct Product {
  Sum input_offset = 0, filter_offset = 0;
  template <class Value, class Weight>
  Sum operator()(Value value, Weight weight) const {
    if constexpr (std::is_floating_point_v<Sum>) return value * weight;
    return (static_cast<Sum>(value) + input_offset) * (static_cast<Sum>(weight) + filter_offset);
  }
};

template <class Sum, class Params>
Product<Sum> product(const Params& p) {
  return {static_cast<Sum>(p.input_offset), static_cast<Sum>(p.filter_offset)};
}

// Where output pixel (batch, y, x) stands; pixels are numbered in memory order.
struct Pixel {
  Pixel(const bl_conv_2d_params& p, std::int64_t number)
      : batch(number / p.output_w / p.output_h),
        origin_y(static_cast<std::int32_t>(number / p.output_w % p.output_h) * p.stride_h -
                 p.pad_top),
        origin_x(static_cast<std::int32_t>(number % p.output_w) * p.stride_w - p.pad_left) {}
  std::int64_t batch;
  std::int32_t origin_y, origin_x;
};

inline std::int64_t output_pixels(const bl_conv_2d_params& p) {
  return std::int64_t{p.batches} * p.output_h * p.output_w;
}

// Calls visit(tap, offset of the input pixel's first channel) for each tap inside the input.
template <class Visit>
void for_each_tap(const bl_conv_2d_params& p, const Pixel& pixel, Visit visit) {
  for (std::int32_t filter_y = 0; filter_y < p.filter_h; ++filter_y) {
    const std::int32_t y = pixel.origin_y + filter_y * p.dilation_h;
    if (y < 0 || y >= p.input_h) continue;
    for (std::int32_t filter_x = 0; filter_x < p.filter_w; ++filter_x) {
      const std::int32_t x = pixel.origin_x + filter_x * p.dilation_w;
      if (x < 0 || x >= p.input_w) continue;
      visit(filter_y * p.filter_w + filter_x,
            ((pixel.batch * p.input_h + y) * p.input_w + x) * p.input_c);
    }
  }
}

}  // namespace boardless::workloads
