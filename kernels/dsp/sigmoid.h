// The logistic function and the hyperbolic tangent of kernels/reference/sigmoid_s16.h in fewer
// instructions, bit for bit.
//
// A table's last step is as good as what follows: both round to the same. The negative side is the
// complement of the positive one, ~a = -a - 1, with the same half added to either.
#ifndef BOARDLESS_KERNELS_DSP_SIGMOID_H_
#define BOARDLESS_KERNELS_DSP_SIGMOID_H_

#include <stdint.h>

#include "kernels/dsp/simd.h"
#include "kernels/fixed_point.h"
#include "kernels/sigmoid_table.h"

// The logistic function at |x| less a half, in units of 2^-(16 + bits), where the table has a step
// every 2^bits; complemented where x is negative.
DSP_INLINE int32_t dsp_sigmoid_at(int32_t x, int32_t bits) {
  const int32_t magnitude = bl_min(x < 0 ? -x : x, (INT32_C(255) << bits) - 1);
  // An entry and the next one, each less a half.
  const uint32_t both = dsp_load_word(bl_sigmoid_table + (magnitude >> bits)) & 0x7fff7fffu;
  const int32_t unit = INT32_C(1) << bits, part = magnitude & (unit - 1);
  const uint32_t shares = dsp_pack_bottoms((uint32_t)(unit - part), (uint32_t)part);
  return dsp_products(shares, both) ^ (x >> 31);
}

DSP_INLINE int32_t dsp_sigmoid_logistic(int32_t x) {
  return ((dsp_sigmoid_at(x, 9) + (1 << 9)) >> 10) + (1 << 14);
}

DSP_INLINE int32_t dsp_sigmoid_tanh(int32_t x) { return (dsp_sigmoid_at(x, 8) + (1 << 7)) >> 8; }

#endif  // BOARDLESS_KERNELS_DSP_SIGMOID_H_
