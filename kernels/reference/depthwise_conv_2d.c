// DEPTHWISE_CONV_2D on int8 with per-channel rescaling and any depth multiplier.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/shape.h"

int32_t reference_depthwise_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const int32_t depth_multiplier =
      ((const struct bl_depthwise_conv_2d_params*)params)->depth_multiplier;
  const struct bl_conv_2d_params p = ((const struct bl_depthwise_conv_2d_params*)params)->conv;
  const int8_t* input = operands[0];
  const int8_t* filter = operands[1];
  const int32_t* bias = operands[2];
  const int32_t* multiplier = operands[3];
  const int32_t* shift = operands[4];
  int8_t* output = operands[5];
  (void)scratch;
  const struct bl_shape input_shape = {{p.batches, p.input_h, p.input_w, p.input_c}};
  const struct bl_shape filter_shape = {{1, p.filter_h, p.filter_w, p.output_c}};
  const struct bl_shape output_shape = {{p.batches, p.output_h, p.output_w, p.output_c}};

  for (int32_t batch = 0; batch < p.batches; ++batch) {
    for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {
      for (int32_t out_x = 0; out_x < p.output_w; ++out_x) {
        for (int32_t in_c = 0; in_c < p.input_c; ++in_c) {
          for (int32_t m = 0; m < depth_multiplier; ++m) {
            const int32_t out_c = in_c * depth_multiplier + m;
            int32_t sum = 0;
            for (int32_t tap_y = 0; tap_y < p.filter_h; ++tap_y) {
              const int32_t in_y = out_y * p.stride_h - p.pad_top + tap_y * p.dilation_h;
              for (int32_t tap_x = 0; tap_x < p.filter_w; ++tap_x) {
                const int32_t in_x = out_x * p.stride_w - p.pad_left + tap_x * p.dilation_w;
                if (in_y < 0 || in_y >= p.input_h || in_x < 0 || in_x >= p.input_w) continue;
                const int32_t value = input[bl_offset(&input_shape, batch, in_y, in_x, in_c)];
                const int32_t weight = filter[bl_offset(&filter_shape, 0, tap_y, tap_x, out_c)];
                sum += weight * (value + p.input_offset);
              }
            }
            if (bias) sum += bias[out_c];
            sum = bl_rescale(sum, multiplier[out_c], shift[out_c]) + p.output_offset;
            output[bl_offset(&output_shape, batch, out_y, out_x, out_c)] =
                (int8_t)bl_clamp(sum, p.activation_min, p.activation_max);
          }
        }
      }
    }
  }
  return 0;
}
