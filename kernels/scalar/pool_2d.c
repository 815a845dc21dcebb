// AVERAGE_POOL_2D and MAX_POOL_2D on int8 and int16 for cores without SIMD: channel by channel over
// a window, whose bounds are worked out once.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/scalar/requantize.h"
#include "kernels/scalar/scalar_kernels.h"
#include "kernels/window.h"

// A window as wide as the image is a single row of pixels.
struct window {
  int32_t rows, columns;
  int32_t row_step, pixel_step;  // in elements
};

static struct window window_of(const struct bl_taps* y, const struct bl_taps* x, int32_t row,
                               int32_t pixel) {
  const int32_t rows = y->end - y->first, columns = x->end - x->first;
  if (columns * pixel == row) return (struct window){1, rows * columns, row, pixel};
  return (struct window){rows, columns, row, pixel};
}

// Rounds half away from zero.
SCALAR_INLINE int32_t mean(int32_t sum, int32_t count) {
  const int32_t half = count / 2;
  return (sum > 0 ? sum + half : sum - half) / count;
}

#define sum_of(state, value) ((state) + (value))
#define ending_mean(state, count) mean(state, count)
#define ending_largest(state, count) (state)

// One pixel: windows of two by two taps are common, and need no loops over taps.
#define DEFINE_POOL(name, Value, initial, take, ending)                                      \
  SCALAR_INLINE void name##_pixel(const struct bl_pool_2d_params* p, const Value* from,      \
                                  const struct window* window, Value* output) {              \
    const int32_t low = p->activation_min, high = p->activation_max, row = window->row_step; \
    const int32_t pixel = window->pixel_step, count = window->rows * window->columns;        \
    Value* const end = output + p->channels;                                                 \
    (void)count;                                                                             \
    if (window->rows == 2 && window->columns == 2) {                                         \
      for (; output != end; ++from) {                                                        \
        const int32_t upper = take(take(initial, from[0]), from[pixel]);                     \
        const int32_t state = take(take(upper, from[row]), from[row + pixel]);               \
        *output++ = (Value)bl_clamp(ending(state, 4), low, high);                            \
      }                                                                                      \
      return;                                                                                \
    }                                                                                        \
    for (; output != end; ++from) {                                                          \
      const Value* line = from;                                                              \
      int32_t state = initial;                                                               \
      for (int32_t i = window->rows; i > 0; --i, line += row) {                              \
        const Value* at = line;                                                              \
        for (int32_t j = window->columns; j > 0; --j, at += pixel) state = take(state, *at); \
      }                                                                                      \
      *output++ = (Value)bl_clamp(ending(state, count), low, high);                          \
    }                                                                                        \
  }                                                                                          \
  BL_ADDED_KERNEL(scalar_##name)                                                             \
  int32_t scalar_##name(const void* params, void* const* operands, void* scratch) {          \
    const struct bl_pool_2d_params p = *(const struct bl_pool_2d_params*)params;             \
    const Value* image = operands[0];                                                        \
    Value* output = operands[1];                                                             \
    const int32_t pixel = p.channels, row = p.input_w * p.channels;                          \
    (void)scratch;                                                                           \
    for (int32_t batch = 0; batch < p.batches; ++batch, image += p.input_h * row) {          \
      for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {                                 \
        const struct bl_taps y =                                                             \
            bl_taps_inside(out_y * p.stride_h - p.pad_top, p.filter_h, 1, p.input_h);        \
        for (int32_t out_x = 0; out_x < p.output_w; ++out_x, output += p.channels) {         \
          const struct bl_taps x =                                                           \
              bl_taps_inside(out_x * p.stride_w - p.pad_left, p.filter_w, 1, p.input_w);     \
          const struct window window = window_of(&y, &x, row, pixel);                        \
          name##_pixel(&p, image + y.at * row + x.at * pixel, &window, output);              \
        }                                                                                    \
      }                                                                                      \
    }                                                                                        \
    return 0;                                                                                \
  }

DEFINE_POOL(average_pool_2d_s8, int8_t, 0, sum_of, ending_mean)
DEFINE_POOL(average_pool_2d_s16, int16_t, 0, sum_of, ending_mean)
DEFINE_POOL(max_pool_2d_s8, int8_t, INT8_MIN, bl_max, ending_largest)
DEFINE_POOL(max_pool_2d_s16, int16_t, INT16_MIN, bl_max, ending_largest)
