// AVERAGE_POOL_2D on int8 for Helium, four channels at a time.
#include "kernels/abi.h"
#include "kernels/mve/channel_sums.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

// sum / count, rounded half away from zero. The quotient of n = |sum| + count / 2 is the high half
// of n * ceil(2^32 / count): exact while n * count < 2^32, and n <= 129 * count.
enum { kMostTaps = 5000 };

MVE_INLINE int32x4_t average(int32x4_t sums, int32_t count, uint32_t reciprocal) {
  const uint32x4_t n = vaddq_n_u32(vreinterpretq_u32_s32(vabsq_s32(sums)), (uint32_t)count / 2);
  const uint32x4_t quotient = count == 1 ? n : vmulhq_u32(n, vdupq_n_u32(reciprocal));
  const int32x4_t magnitude = vreinterpretq_s32_u32(quotient);
  return vnegq_m_s32(magnitude, magnitude, vcmpltq_n_s32(sums, 0));
}

int32_t mve_average_pool_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_pool_2d_params p = *(const struct bl_pool_2d_params*)params;
  if (p.filter_h * p.filter_w > kMostTaps) {
    return reference_average_pool_2d_s8(params, operands, scratch);
  }
  const int8_t* image = operands[0];
  int8_t* output = operands[1];
  const int32_t pixel = p.channels, row = p.input_w * p.channels;
  const int32x4_t low = vdupq_n_s32(p.activation_min), high = vdupq_n_s32(p.activation_max);
  for (int32_t batch = 0; batch < p.batches; ++batch, image += p.input_h * row) {
    for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p.stride_h - p.pad_top, p.filter_h, 1, p.input_h);
      for (int32_t out_x = 0; out_x < p.output_w; ++out_x, output += p.channels) {
        const struct bl_taps x =
            bl_taps_inside(out_x * p.stride_w - p.pad_left, p.filter_w, 1, p.input_w);
        const struct mve_window window = {y.end - y.first, x.end - x.first, row, pixel};
        const int32_t count = window.rows * window.columns;
        const uint32_t reciprocal = UINT32_MAX / (uint32_t)count + 1;
        const int8_t* from = image + y.at * row + x.at * pixel;
        for (int32_t c = 0; c < p.channels; c += kMveWords) {
          const mve_pred16_t live = vctp32q((uint32_t)(p.channels - c));
          const int32x4_t mean =
              average(mve_sum_channels(from + c, &window, live), count, reciprocal);
          vstrbq_p_s32(output + c, vminq_s32(vmaxq_s32(mean, low), high), live);
        }
      }
    }
  }
  return 0;
}
