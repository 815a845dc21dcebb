// Sums over a window of pixels, channel by channel: what averages are made of.
#ifndef BOARDLESS_KERNELS_MVE_CHANNEL_SUMS_H_
#define BOARDLESS_KERNELS_MVE_CHANNEL_SUMS_H_

#include "kernels/mve/vector.h"

// `rows` rows of `columns` pixels.
struct mve_window {
  int32_t rows, columns;
  int32_t row_step, pixel_step;  // bytes
};

// Of the four channels at `from`; `live` says which of them are there.
MVE_INLINE int32x4_t mve_sum_channels(const int8_t* from, const struct mve_window* window,
                                      mve_pred16_t live) {
  int32x4_t sums = vdupq_n_s32(0);
  for (int32_t rows = window->rows; rows > 0; --rows, from += window->row_step) {
    const int8_t* pixel = from;
    for (int32_t columns = window->columns; columns > 0; --columns, pixel += window->pixel_step) {
      sums = vaddq_s32(sums, vldrbq_z_s32(pixel, live));
    }
  }
  return sums;
}

#endif  // BOARDLESS_KERNELS_MVE_CHANNEL_SUMS_H_
