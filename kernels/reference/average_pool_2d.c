// AVERAGE_POOL_2D on int8.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/pool_window.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/shape.h"

int32_t reference_average_pool_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_pool_2d_params p = *(const struct bl_pool_2d_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  const struct bl_shape input_shape = {{p.batches, p.input_h, p.input_w, p.channels}};
  const struct bl_shape output_shape = {{p.batches, p.output_h, p.output_w, p.channels}};

  for (int32_t batch = 0; batch < p.batches; ++batch) {
    for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {
      for (int32_t out_x = 0; out_x < p.output_w; ++out_x) {
        for (int32_t c = 0; c < p.channels; ++c) {
          const struct pool_window y =
              pool_window_at(out_y, p.stride_h, p.pad_top, p.filter_h, p.input_h);
          const struct pool_window x =
              pool_window_at(out_x, p.stride_w, p.pad_left, p.filter_w, p.input_w);
          int32_t sum = 0;
          int32_t count = 0;
          for (int32_t tap_y = y.first; tap_y < y.end; ++tap_y) {
            for (int32_t tap_x = x.first; tap_x < x.end; ++tap_x) {
              sum += input[bl_offset(&input_shape, batch, y.origin + tap_y, x.origin + tap_x, c)];
              ++count;
            }
          }
          const int32_t half = count / 2;
          const int32_t average = (sum > 0 ? sum + half : sum - half) / count;
          output[bl_offset(&output_shape, batch, out_y, out_x, c)] =
              (int8_t)bl_clamp(average, p.activation_min, p.activation_max);
        }
      }
    }
  }
  return 0;
}
