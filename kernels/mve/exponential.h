// exp(x) in the fixed point of kernels/fixed_point.h, four at a time: VQRDMULH is bl_high_multiply.
#ifndef BOARDLESS_KERNELS_MVE_EXPONENTIAL_H_
#define BOARDLESS_KERNELS_MVE_EXPONENTIAL_H_

#include "kernels/mve/vector.h"

// bl_rounding_shift_right by a number of bits that all elements share, at least 1.
MVE_INLINE int32x4_t mve_rounding_shift_right(int32x4_t values, int32_t bits) {
  return vrshlq_n_s32(vqaddq_s32(values, vshrq_n_s32(values, 31)), -bits);
}

// bl_exp_last_quarter.
MVE_INLINE int32x4_t mve_exp_last_quarter(int32x4_t x) {
  const int32_t exp_minus_eighth = 1895147668, third = 715827883;
  const int32x4_t d = vaddq_n_s32(x, INT32_C(1) << 28);
  const int32x4_t d2 = vqrdmulhq_s32(d, d);
  const int32x4_t d3 = vqrdmulhq_s32(d2, d);
  const int32x4_t d4 = vqrdmulhq_s32(d2, d2);
  const int32x4_t cubic = vqrdmulhq_n_s32(vaddq_s32(mve_rounding_shift_right(d4, 2), d3), third);
  const int32x4_t tail = mve_rounding_shift_right(vaddq_s32(cubic, d2), 1);
  return vaddq_n_s32(vqrdmulhq_n_s32(vaddq_s32(d, tail), exp_minus_eighth), exp_minus_eighth);
}

// bl_exp_step.
MVE_INLINE int32x4_t mve_exp_step(int32x4_t result, int32x4_t remainder, int bit, int32_t factor) {
  const int32x4_t selected = vandq_s32(remainder, vdupq_n_s32(INT32_C(1) << bit));
  return vpselq_s32(vqrdmulhq_n_s32(result, factor), result, vcmpneq_n_s32(selected, 0));
}

// exp(x) for x <= 0 with `integer_bits` of 4 or 5, as Q0.31: bl_exp_on_negative and its like.
MVE_INLINE int32x4_t mve_exp_on_negative(int32x4_t x, int integer_bits) {
  const int first = 29 - integer_bits;  // the bit worth a quarter
  const int32_t quarter = INT32_C(1) << first;
  const int32x4_t last_quarter = vsubq_n_s32(vandq_s32(x, vdupq_n_s32(quarter - 1)), quarter);
  const int32x4_t remainder = vsubq_s32(last_quarter, x);
  int32x4_t result = mve_exp_last_quarter(integer_bits == 5 ? vshlq_n_s32(last_quarter, 5)
                                                            : vshlq_n_s32(last_quarter, 4));
  result = mve_exp_step(result, remainder, first, 1672461947);
  result = mve_exp_step(result, remainder, first + 1, 1302514674);
  result = mve_exp_step(result, remainder, first + 2, 790015084);
  result = mve_exp_step(result, remainder, first + 3, 290630308);
  result = mve_exp_step(result, remainder, first + 4, 39332535);
  result = mve_exp_step(result, remainder, first + 5, 720401);
  if (integer_bits == 5) result = mve_exp_step(result, remainder, first + 6, 242);
  return vpselq_s32(vdupq_n_s32(INT32_MAX), result, vcmpeqq_n_s32(x, 0));
}

#endif  // BOARDLESS_KERNELS_MVE_EXPONENTIAL_H_
