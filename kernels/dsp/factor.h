// Rescaling by multipliers that stay the same for many numbers, bit for bit bl_rescale of
// kernels/fixed_point.h, for numbers of any size. The identities are those of requantize.h.
#ifndef BOARDLESS_KERNELS_DSP_FACTOR_H_
#define BOARDLESS_KERNELS_DSP_FACTOR_H_

#include <stdint.h>

#include "kernels/dsp/simd.h"
#include "kernels/fixed_point.h"

// 2 * multiplier - 2^32, with which SMMLAR multiplies when it adds the number itself; and for
// shifts to the right the power of requantize.h, negative so that a shift by 1 fits, else how many
// bits go before the multiplier.
struct dsp_factor {
  int32_t multiplier, negative_power, left;
};

DSP_INLINE int dsp_is_factor(int32_t multiplier, int32_t shift) {
  return multiplier > 0 && shift >= -31 && shift <= 31;
}

DSP_INLINE struct dsp_factor dsp_factor_of(int32_t multiplier, int32_t shift) {
  const uint32_t power = UINT32_C(1) << ((32 + shift) & 31);
  return (struct dsp_factor){bl_shift_left(multiplier, 1), shift < 0 ? (int32_t)-power : 0,
                             bl_max(shift, 0)};
}

DSP_INLINE int dsp_is_right(const struct dsp_factor* factor) { return factor->negative_power != 0; }

// `value` times a factor to the right and `added`.
DSP_INLINE int32_t dsp_scale_right(int32_t value, struct dsp_factor by, int32_t added) {
  const int32_t product = dsp_high_multiply_add(value, by.multiplier, value);
  return dsp_high_multiply_subtract(product + (product >> 31), by.negative_power, added);
}

// `value` times one to the left, or without a shift.
DSP_INLINE int32_t dsp_scale_left(int32_t value, struct dsp_factor by) {
  const int32_t shifted = bl_shift_left(value, by.left);
  return dsp_high_multiply_add(shifted, by.multiplier, shifted);
}

DSP_INLINE int32_t dsp_scale(int32_t value, struct dsp_factor by, int is_right) {
  return is_right ? dsp_scale_right(value, by, 0) : dsp_scale_left(value, by);
}

#endif  // BOARDLESS_KERNELS_DSP_FACTOR_H_
