// Gathers the input values under a filter at one output position (im2col), padding as the input's
// zero point.
#ifndef BOARDLESS_KERNELS_SCALAR_PATCH_H_
#define BOARDLESS_KERNELS_SCALAR_PATCH_H_

#include <stdint.h>

#include "kernels/abi.h"
#include "kernels/scalar/requantize.h"
#include "kernels/window.h"

typedef uint32_t __attribute__((may_alias)) scalar_word;

SCALAR_INLINE void scalar_copy_bytes(int8_t* to, const int8_t* from, int32_t count) {
  if ((((uintptr_t)to | (uintptr_t)from) & 3) == 0) {
    for (; count >= 4; count -= 4, to += 4, from += 4)
      *(scalar_word*)to = *(const scalar_word*)from;
  }
  for (; count > 0; --count) {
    *to++ = *from++;
    __asm__ volatile("" ::: "memory");  // no call of memcpy, which is built for size
  }
}

// `image` is that of one batch; `to` has room for all taps.
static inline void scalar_gather(int8_t* to, const struct bl_conv_2d_params* p, const int8_t* image,
                                 int32_t out_y, int32_t out_x) {
  const struct bl_taps y =
      bl_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
  const struct bl_taps x =
      bl_taps_inside(out_x * p->stride_w - p->pad_left, p->filter_w, p->dilation_w, p->input_w);
  const int32_t channels = p->input_c, row = p->filter_w * channels;
  if (x.end - x.first < p->filter_w || y.end - y.first < p->filter_h) {
    int8_t* at = to;
    for (int32_t i = p->filter_h * row; i > 0; --i) {
      *at++ = (int8_t)-p->input_offset;
      __asm__ volatile("" ::: "memory");
    }
  }
  int32_t run = channels, runs = x.end - x.first;
  if (p->dilation_w == 1) {
    run *= runs;
    runs = 1;
  }
  const int32_t from_step = p->dilation_h * p->input_w * channels;
  const int8_t* from = image + (y.at * p->input_w + x.at) * channels;
  to += y.first * row + x.first * channels;
  for (int32_t rows = y.end - y.first; rows > 0; --rows, to += row, from += from_step) {
    for (int32_t i = 0; i < runs; ++i) {
      scalar_copy_bytes(to + i * run, from + i * p->dilation_w * channels, run);
    }
  }
}

#endif  // BOARDLESS_KERNELS_SCALAR_PATCH_H_
