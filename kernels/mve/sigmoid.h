// The logistic function and the hyperbolic tangent of kernels/reference/sigmoid_s16.h, four at a
// time, bit for bit.
//
// A table's last step is as good as what follows: both round to the same. The negative side is the
// complement of the positive one, ~a = -a - 1, with the same half added to either.
#ifndef BOARDLESS_KERNELS_MVE_SIGMOID_H_
#define BOARDLESS_KERNELS_MVE_SIGMOID_H_

#include "kernels/mve/vector.h"
#include "kernels/sigmoid_table.h"

// Inputs at the table's scale, as bl_sigmoid_input.
MVE_INLINE int32x4_t mve_sigmoid_input(int32x4_t values, int32_t multiplier, int32_t shift) {
  const int32_t half = (int32_t)((UINT32_C(1) << shift) >> 1);
  return vshlq_r_s32(vaddq_n_s32(vmulq_n_s32(values, multiplier), half), -shift);
}

// The logistic function at |x| less a half, in units of 2^-(16 + bits), where the table has a step
// every 2^bits; complemented where x is negative.
MVE_INLINE int32x4_t mve_sigmoid_at(int32x4_t x, int bits) {
  const int32_t unit = INT32_C(1) << bits;
  const int32x4_t magnitude = vminq_s32(vabsq_s32(x), vdupq_n_s32(255 * unit - 1));
  const uint32x4_t step = vreinterpretq_u32_s32(vshlq_r_s32(magnitude, -bits));
  const int32x4_t low =
      vreinterpretq_s32_u32(vldrhq_gather_shifted_offset_u32(bl_sigmoid_table, step));
  const int32x4_t high =
      vreinterpretq_s32_u32(vldrhq_gather_shifted_offset_u32(bl_sigmoid_table + 1, step));
  const int32x4_t part = vandq_s32(magnitude, vdupq_n_s32(unit - 1));
  const int32x4_t whole = vshlq_r_s32(vsubq_n_s32(low, 32768), bits);
  const int32x4_t value = vaddq_s32(whole, vmulq_s32(part, vsubq_s32(high, low)));
  return veorq_s32(value, vshrq_n_s32(x, 31));
}

MVE_INLINE int32x4_t mve_sigmoid_logistic(int32x4_t x) {
  return vaddq_n_s32(vrshrq_n_s32(mve_sigmoid_at(x, 9), 10), 1 << 14);
}

MVE_INLINE int32x4_t mve_sigmoid_tanh(int32x4_t x) { return vrshrq_n_s32(mve_sigmoid_at(x, 8), 8); }

#endif  // BOARDLESS_KERNELS_MVE_SIGMOID_H_
