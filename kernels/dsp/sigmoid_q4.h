// Sigmoid and hyperbolic tangent of Q4.27 numbers, bit for bit those of
// kernels/reference/sigmoid.h, where every product is one instruction: an operand that is short of
// 2^30 is doubled, or SMMLAR adds the other one to the product with what is left of it.
#ifndef BOARDLESS_KERNELS_DSP_SIGMOID_Q4_H_
#define BOARDLESS_KERNELS_DSP_SIGMOID_Q4_H_

#include <stdint.h>

#include "kernels/dsp/simd.h"

// bl_high_multiply of any number by one within 2^30.
DSP_INLINE int32_t dsp_times_small(int32_t any, int32_t small) {
  return dsp_high_multiply(any, small * 2);
}

// The same by a number from 2^30 on.
DSP_INLINE int32_t dsp_times_large(int32_t any, int32_t large) {
  return dsp_high_multiply_add(any, (int32_t)((uint32_t)large * 2), any);
}

// bl_exp_last_quarter, of d within 2^28, whose square and what is added to it are not negative.
DSP_INLINE int32_t dsp_exp_last_quarter(int32_t x) {
  const int32_t exp_minus_eighth = 1895147668;
  const int32_t third = 715827883;
  const int32_t d = x + (INT32_C(1) << 28);
  const int32_t d2 = dsp_times_small(d, d);
  const int32_t d3 = dsp_times_small(d2, d);
  const int32_t d4 = dsp_times_small(d2, d2);
  const int32_t cubic = dsp_times_small(((d4 + 2) >> 2) + d3, third);
  const int32_t tail = (cubic + d2 + 1) >> 1;
  return exp_minus_eighth + dsp_times_large(d + tail, exp_minus_eighth);
}

// exp(x) for x <= 0 with `integer_bits` of 4 or 5, as Q0.31.
DSP_INLINE int32_t dsp_exp_on_negative(int32_t x, int integer_bits) {
  const int first = 29 - integer_bits;  // the bit worth a quarter
  const int32_t quarter = INT32_C(1) << first;
  const int32_t last_quarter = (x & (quarter - 1)) - quarter;
  const int32_t remainder = last_quarter - x;
  int32_t result = dsp_exp_last_quarter(last_quarter * (1 << integer_bits));
  if (remainder & (quarter << 0)) result = dsp_times_large(result, 1672461947);
  if (remainder & (quarter << 1)) result = dsp_times_large(result, 1302514674);
  if (remainder & (quarter << 2)) result = dsp_times_small(result, 790015084);
  if (remainder & (quarter << 3)) result = dsp_times_small(result, 290630308);
  if (remainder & (quarter << 4)) result = dsp_times_small(result, 39332535);
  if (remainder & (quarter << 5)) result = dsp_times_small(result, 720401);
  if (integer_bits == 5 && (remainder & (quarter << 6))) result = dsp_times_small(result, 242);
  return x == 0 ? INT32_MAX : result;
}

// bl_one_over_one_plus. Errors are below 2^26.
DSP_INLINE int32_t dsp_one_over_one_plus(int32_t x) {
  const int32_t one = INT32_C(1) << 29;
  const int32_t d = (x >> 1) + (INT32_C(1) << 30);
  int32_t estimate = 1515870810 + dsp_times_small(d, -1010580540);
  for (int step = 0; step < 3; ++step) {
    const int32_t error = one - dsp_times_large(estimate, d);
    estimate += dsp_times_small(estimate, error) * 4;
  }
  return estimate > INT32_MAX / 2 ? INT32_MAX : estimate * 2;
}

DSP_INLINE int32_t dsp_sigmoid_q4(int32_t x) {
  const int32_t positive = dsp_one_over_one_plus(dsp_exp_on_negative(x > 0 ? -x : x, 4));
  if (x == 0) return INT32_C(1) << 30;
  return x > 0 ? positive : INT32_MAX - positive;
}

// The magnitude of tanh(x), (1 - e) / (1 + e) for e = exp(-2 |x|), whose argument is x in Q5.26.
DSP_INLINE int32_t dsp_tanh_magnitude_q4(int32_t x) {
  const int32_t half = dsp_one_over_one_plus(dsp_exp_on_negative(x < 0 ? x : -x, 5));
  if (x == 0) return 0;
  return half == INT32_MAX ? INT32_MAX : (int32_t)(2 * (uint32_t)half - (UINT32_C(1) << 31));
}

#endif  // BOARDLESS_KERNELS_DSP_SIGMOID_Q4_H_
