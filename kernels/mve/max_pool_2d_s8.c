// MAX_POOL_2D on int8 for Helium, sixteen channels at a time.
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/vector.h"
#include "kernels/window.h"

int32_t mve_max_pool_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_pool_2d_params p = *(const struct bl_pool_2d_params*)params;
  const int8_t* image = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  const int32_t pixel = p.channels, row = p.input_w * p.channels;
  const int8x16_t low = vdupq_n_s8((int8_t)p.activation_min);
  const int8x16_t high = vdupq_n_s8((int8_t)p.activation_max);
  for (int32_t batch = 0; batch < p.batches; ++batch, image += p.input_h * row) {
    for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p.stride_h - p.pad_top, p.filter_h, 1, p.input_h);
      for (int32_t out_x = 0; out_x < p.output_w; ++out_x, output += p.channels) {
        const struct bl_taps x =
            bl_taps_inside(out_x * p.stride_w - p.pad_left, p.filter_w, 1, p.input_w);
        for (int32_t c = 0; c < p.channels; c += kMveBytes) {
          const mve_pred16_t live = vctp8q((uint32_t)(p.channels - c));
          const int8_t* from = image + y.at * row + x.at * pixel + c;
          int8x16_t largest = low;
          for (int32_t rows = y.end - y.first; rows > 0; --rows, from += row) {
            const int8_t* at = from;
            for (int32_t columns = x.end - x.first; columns > 0; --columns, at += pixel) {
              largest = vmaxq_s8(largest, vldrbq_z_s8(at, live));
            }
          }
          vstrbq_p_s8(output + c, vminq_s8(largest, high), live);
        }
      }
    }
  }
  return 0;
}
