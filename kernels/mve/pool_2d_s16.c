// AVERAGE_POOL_2D and MAX_POOL_2D on int16 for Helium, four or eight channels at a time.
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/vector.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

enum { kHalves = 8 };

struct window {
  int32_t rows, columns;
  int32_t row_step, pixel_step;  // in elements
};

// Pools `count` channels.
typedef void pooling(const int16_t* from, int16_t* output, int32_t count,
                     const struct window* window, int32_t low, int32_t high);

// Inlined, and so is `pool`.
MVE_INLINE int32_t pool_2d(const struct bl_pool_2d_params* params, const int16_t* image,
                           int16_t* output, pooling* pool) {
  const struct bl_pool_2d_params p = *params;
  const int32_t pixel = p.channels, row = p.input_w * p.channels;
  for (int32_t batch = 0; batch < p.batches; ++batch, image += p.input_h * row) {
    for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p.stride_h - p.pad_top, p.filter_h, 1, p.input_h);
      for (int32_t out_x = 0; out_x < p.output_w; ++out_x, output += p.channels) {
        const struct bl_taps x =
            bl_taps_inside(out_x * p.stride_w - p.pad_left, p.filter_w, 1, p.input_w);
        const struct window window = {y.end - y.first, x.end - x.first, row, pixel};
        pool(image + y.at * row + x.at * pixel, output, p.channels, &window, p.activation_min,
             p.activation_max);
      }
    }
  }
  return 0;
}

MVE_INLINE void largest(const int16_t* from, int16_t* output, int32_t count,
                        const struct window* window, int32_t low, int32_t high) {
  for (; count > 0; count -= kHalves, from += kHalves, output += kHalves) {
    const mve_pred16_t live = vctp16q((uint32_t)count);
    const int16_t* line = from;
    int16x8_t values = vdupq_n_s16((int16_t)low);
    for (int32_t rows = window->rows; rows > 0; --rows, line += window->row_step) {
      const int16_t* at = line;
      for (int32_t left = window->columns; left > 0; --left, at += window->pixel_step) {
        values = vmaxq_s16(values, vldrhq_z_s16(at, live));
      }
    }
    vstrhq_p_s16(output, vminq_s16(values, vdupq_n_s16((int16_t)high)), live);
  }
}

// sum / taps, rounded half away from zero. The quotient of n = |sum| + taps / 2 is the high half of
// n * ceil(2^32 / taps): exact while n * taps < 2^32, and n <= 32769 * taps.
enum { kMostTaps = 360 };

MVE_INLINE void average(const int16_t* from, int16_t* output, int32_t count,
                        const struct window* window, int32_t low, int32_t high) {
  const int32_t taps = window->rows * window->columns;
  const uint32_t reciprocal = UINT32_MAX / (uint32_t)taps + 1;
  for (; count > 0; count -= kMveWords, from += kMveWords, output += kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)count);
    const int16_t* line = from;
    int32x4_t sums = vdupq_n_s32(0);
    for (int32_t rows = window->rows; rows > 0; --rows, line += window->row_step) {
      const int16_t* at = line;
      for (int32_t left = window->columns; left > 0; --left, at += window->pixel_step) {
        sums = vaddq_s32(sums, vldrhq_z_s32(at, live));
      }
    }
    const uint32x4_t n = vaddq_n_u32(vreinterpretq_u32_s32(vabsq_s32(sums)), (uint32_t)taps / 2);
    const uint32x4_t quotient = taps == 1 ? n : vmulhq_u32(n, vdupq_n_u32(reciprocal));
    const int32x4_t magnitude = vreinterpretq_s32_u32(quotient);
    const int32x4_t mean = vnegq_m_s32(magnitude, magnitude, vcmpltq_n_s32(sums, 0));
    vstrhq_p_s32(output, vminq_s32(vmaxq_s32(mean, vdupq_n_s32(low)), vdupq_n_s32(high)), live);
  }
}

BL_ADDED_KERNEL(mve_max_pool_2d_s16)
int32_t mve_max_pool_2d_s16(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  return pool_2d(params, operands[0], operands[1], largest);
}

BL_ADDED_KERNEL(mve_average_pool_2d_s16)
int32_t mve_average_pool_2d_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_pool_2d_params* p = params;
  if (p->filter_h * p->filter_w > kMostTaps) {
    return reference_average_pool_2d_s16(params, operands, scratch);
  }
  return pool_2d(params, operands[0], operands[1], average);
}
