// Sigmoid and hyperbolic tangent of Q4.27 numbers.
#ifndef BOARDLESS_KERNELS_REFERENCE_SIGMOID_H_
#define BOARDLESS_KERNELS_REFERENCE_SIGMOID_H_

#include <stdint.h>

#include "kernels/fixed_point.h"

// exp(x) for x <= 0 in Q4.27, as Q0.31: bl_exp_on_negative with an integer bit less.
static inline int32_t exp_on_negative_q4(int32_t x) {
  const int32_t quarter = INT32_C(1) << 25;
  const int32_t last_quarter = (x & (quarter - 1)) - quarter;
  const int32_t remainder = last_quarter - x;
  int32_t result = bl_exp_last_quarter(last_quarter * 16);
  result = bl_exp_step(result, remainder, 25, 1672461947);
  result = bl_exp_step(result, remainder, 26, 1302514674);
  result = bl_exp_step(result, remainder, 27, 790015084);
  result = bl_exp_step(result, remainder, 28, 290630308);
  result = bl_exp_step(result, remainder, 29, 39332535);
  result = bl_exp_step(result, remainder, 30, 720401);
  return x == 0 ? INT32_MAX : result;
}

// 1 / (1 + exp(-x)) for x in Q4.27, as Q0.31; all three cases are formed, as TFLite does.
static inline int32_t sigmoid_q4(int32_t x) {
  const int32_t positive = bl_one_over_one_plus(exp_on_negative_q4(x > 0 ? -x : x));
  if (x == 0) return INT32_C(1) << 30;
  return x > 0 ? positive : INT32_MAX - positive;
}

// 2 / (1 + e) - 1 for e in [0, 1), both Q0.31. Half of the quotient is held just below 1.
static inline int32_t twice_reciprocal_less_one(int32_t e) {
  const int32_t half = bl_one_over_one_plus(e);
  if (half == INT32_MAX) return INT32_MAX;
  return (int32_t)(2 * (uint32_t)half - (UINT32_C(1) << 31));
}

// tanh(x) for x in Q4.27, as Q0.31: (1 - e) / (1 + e), e = exp(-2 |x|), whose argument is x in
// Q5.26.
static inline int32_t tanh_q4(int32_t x) {
  const int32_t positive = twice_reciprocal_less_one(bl_exp_on_negative(x < 0 ? x : -x));
  if (x == 0) return 0;
  return x < 0 ? -positive : positive;
}

#endif  // BOARDLESS_KERNELS_REFERENCE_SIGMOID_H_
