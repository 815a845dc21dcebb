// Sums of channels over a window of an image, which average pooling and global means need.
#ifndef BOARDLESS_KERNELS_DSP_CHANNEL_SUMS_H_
#define BOARDLESS_KERNELS_DSP_CHANNEL_SUMS_H_

#include <stdint.h>

#include "kernels/dsp/simd.h"
#include "kernels/fixed_point.h"

struct dsp_window {
  int32_t rows, columns;
  int32_t row_step, column_step;  // in bytes
};

// A window as wide as the image is a single row of pixels.
DSP_INLINE struct dsp_window dsp_window_of(int32_t rows, int32_t columns, int32_t row_step,
                                           int32_t column_step) {
  if (columns * column_step == row_step) {
    columns *= rows;
    rows = 1;
  }
  return (struct dsp_window){rows, columns, row_step, column_step};
}

// An int16 lane holds the sum of this many int8.
enum { kDspTapsInLane = 255 };

// Adds `columns` words of four channels to sums in int16 lanes.
DSP_INLINE void dsp_add_words(uint32_t* even, uint32_t* odd, const int8_t* from, int32_t columns,
                              int32_t step) {
  for (; columns >= 4; columns -= 4, from += 4 * step) {
    const uint32_t word0 = dsp_load_word(from), word1 = dsp_load_word(from + step);
    const uint32_t word2 = dsp_load_word(from + 2 * step), word3 = dsp_load_word(from + 3 * step);
    *even = dsp_add_even_pair(dsp_add_even_pair(*even, word0), word1);
    *odd = dsp_add_odd_pair(dsp_add_odd_pair(*odd, word0), word1);
    *even = dsp_add_even_pair(dsp_add_even_pair(*even, word2), word3);
    *odd = dsp_add_odd_pair(dsp_add_odd_pair(*odd, word2), word3);
  }
  for (; columns > 0; --columns, from += step) {
    const uint32_t word = dsp_load_word(from);
    *even = dsp_add_even_pair(*even, word);
    *odd = dsp_add_odd_pair(*odd, word);
  }
}

// Four channels at once.
static void dsp_sum_four_channels(int32_t* sums, const int8_t* from,
                                  const struct dsp_window* window) {
  uint32_t even = 0, odd = 0;
  int32_t room = kDspTapsInLane;
  sums[0] = sums[1] = sums[2] = sums[3] = 0;
  for (int32_t row = 0; row < window->rows; ++row, from += window->row_step) {
    const int8_t* at = from;
    for (int32_t left = window->columns; left > 0;) {
      const int32_t now = bl_min(left, room);
      dsp_add_words(&even, &odd, at, now, window->column_step);
      at += now * window->column_step;
      left -= now;
      room -= now;
      if (room > 0) continue;
      sums[0] += (int16_t)even;
      sums[1] += (int16_t)odd;
      sums[2] += (int32_t)even >> 16;
      sums[3] += (int32_t)odd >> 16;
      even = odd = 0;
      room = kDspTapsInLane;
    }
  }
  sums[0] += (int16_t)even;
  sums[1] += (int16_t)odd;
  sums[2] += (int32_t)even >> 16;
  sums[3] += (int32_t)odd >> 16;
}

static int32_t dsp_sum_channel(const int8_t* from, const struct dsp_window* window) {
  int32_t sum = 0;
  for (int32_t row = 0; row < window->rows; ++row, from += window->row_step) {
    const int8_t* at = from;
    for (int32_t i = window->columns; i > 0; --i, at += window->column_step) sum += *at;
  }
  return sum;
}

#endif  // BOARDLESS_KERNELS_DSP_CHANNEL_SUMS_H_
