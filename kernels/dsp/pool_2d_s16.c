// AVERAGE_POOL_2D and MAX_POOL_2D on int16 for cores with the DSP extension, two channels at a
// time.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/simd.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

struct window {
  int32_t rows, columns;
  int32_t row_step, pixel_step;  // in elements
};

// Two channels' result, or one's in the low half.
typedef uint32_t pooling(const int16_t* from, const struct window* window, int is_pair);

DSP_INLINE uint32_t load(const int16_t* from, int is_pair) {
  return is_pair ? dsp_load_word(from) : (uint32_t)(int32_t)*from;
}

DSP_INLINE uint32_t clamp_lanes(uint32_t lanes, int32_t low, int32_t high) {
  const int32_t first = bl_clamp((int16_t)lanes, low, high);
  const int32_t second = bl_clamp((int32_t)lanes >> 16, low, high);
  return dsp_pack_bottoms((uint32_t)first, (uint32_t)second);
}

// Inlined, and so is `pool`.
DSP_INLINE int32_t pool_2d(const struct bl_pool_2d_params* params, const int16_t* image,
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
        const int16_t* from = image + y.at * row + x.at * pixel;
        int32_t c = 0;
        for (; c + 2 <= p.channels; c += 2) {
          const uint32_t pair = pool(from + c, &window, 1);
          dsp_store_word(output + c, clamp_lanes(pair, p.activation_min, p.activation_max));
        }
        if (c < p.channels) {
          const int32_t value = (int16_t)pool(from + c, &window, 0);
          output[c] = (int16_t)bl_clamp(value, p.activation_min, p.activation_max);
        }
      }
    }
  }
  return 0;
}

// The larger of each pair of lanes.
DSP_INLINE uint32_t larger_lanes(uint32_t a, uint32_t b) {
  uint32_t difference;
  __asm__("ssub16 %1, %0, %2\n\tsel %0, %0, %2" : "+r"(a), "=&r"(difference) : "r"(b));
  return a;
}

DSP_INLINE uint32_t largest(const int16_t* from, const struct window* window, int is_pair) {
  uint32_t lanes = 0x80008000u;
  for (int32_t rows = window->rows; rows > 0; --rows, from += window->row_step) {
    const int16_t* at = from;
    for (int32_t left = window->columns; left > 0; --left, at += window->pixel_step) {
      lanes = larger_lanes(lanes, load(at, is_pair));
    }
  }
  return lanes;
}

// Rounds half away from zero.
DSP_INLINE int32_t mean(int32_t sum, int32_t count) {
  const int32_t half = count / 2;
  return (sum > 0 ? sum + half : sum - half) / count;
}

DSP_INLINE uint32_t average(const int16_t* from, const struct window* window, int is_pair) {
  int32_t first = 0, second = 0;
  for (int32_t rows = window->rows; rows > 0; --rows, from += window->row_step) {
    const int16_t* at = from;
    for (int32_t left = window->columns; left > 0; --left, at += window->pixel_step) {
      const uint32_t lanes = load(at, is_pair);
      first += (int16_t)lanes;
      second += (int32_t)lanes >> 16;
    }
  }
  const int32_t count = window->rows * window->columns;
  return dsp_pack_bottoms((uint32_t)mean(first, count), (uint32_t)mean(second, count));
}

BL_ADDED_KERNEL(dsp_max_pool_2d_s16)
int32_t dsp_max_pool_2d_s16(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  return pool_2d(params, operands[0], operands[1], largest);
}

BL_ADDED_KERNEL(dsp_average_pool_2d_s16)
int32_t dsp_average_pool_2d_s16(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  return pool_2d(params, operands[0], operands[1], average);
}
