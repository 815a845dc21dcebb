// Fixed-point arithmetic of TFLite's quantised operators (double rounding), shared by all kernel
// libraries. Qm.n means m integer bits, n fraction bits and a sign; a product of two Q values is
// their doubling high multiply, so Qa.* times Qb.* is Q(a+b).*.
#ifndef BOARDLESS_KERNELS_FIXED_POINT_H_
#define BOARDLESS_KERNELS_FIXED_POINT_H_

#include <stdint.h>

static inline int32_t bl_min(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int32_t bl_max(int32_t a, int32_t b) { return a > b ? a : b; }
static inline int32_t bl_clamp(int32_t value, int32_t low, int32_t high) {
  return bl_min(bl_max(value, low), high);
}

// Left shift that wraps instead of being undefined when bits are lost.
static inline int32_t bl_shift_left(int32_t value, int32_t bits) {
  return (int32_t)((uint32_t)value << bits);
}

// Saturates where bl_shift_left would lose bits; 0 <= bits <= 30.
static inline int32_t bl_saturating_shift_left(int32_t value, int32_t bits) {
  const int32_t limit = (INT32_C(1) << (31 - bits)) - 1;
  if (value > limit) return INT32_MAX;
  if (value < -limit) return INT32_MIN;
  return bl_shift_left(value, bits);
}

// Saturating rounding doubling high multiply: a * b / 2^31, a half rounded up. Only the product of
// the two most negative numbers saturates. Written as TFLite defines it, a nudge and a truncating
// division, because the reference kernels are to cost what TFLite's cost; (a * b + 2^30) >> 31 is
// the same number.
static inline int32_t bl_high_multiply(int32_t a, int32_t b) {
  if (a == INT32_MIN && b == INT32_MIN) return INT32_MAX;
  const int64_t half = INT64_C(1) << 30;
  const int64_t product = (int64_t)a * b;
  return (int32_t)((product + (product < 0 ? 1 - half : half)) / (INT64_C(1) << 31));
}

// Divides by 2^bits and rounds half away from zero; 0 <= bits <= 31.
static inline int32_t bl_rounding_shift_right(int32_t value, int32_t bits) {
  const int32_t mask = (int32_t)((UINT32_C(1) << bits) - 1);
  const int32_t half = (mask >> 1) + (value < 0);
  return (value >> bits) + ((value & mask) > half);
}

// value * multiplier * 2^(shift - 31), rounded twice.
static inline int32_t bl_rescale(int32_t value, int32_t multiplier, int32_t shift) {
  const int32_t left = shift > 0 ? shift : 0;
  const int32_t right = shift > 0 ? 0 : -shift;
  return bl_rounding_shift_right(bl_high_multiply(bl_shift_left(value, left), multiplier), right);
}

// The same for a sum of 64 bits within 2^47: the multiplier is cut to 16 bits, and the product is
// rounded once, a half up; -31 <= shift <= 7.
static inline int32_t bl_rescale_wide(int64_t value, int32_t multiplier, int32_t shift) {
  const int32_t cut =
      multiplier < INT32_C(0x7fff0000) ? (multiplier + (INT32_C(1) << 15)) >> 16 : 0x7fff;
  const int32_t right = 15 - shift;
  return (int32_t)((value * cut + (INT64_C(1) << (right - 1))) >> right);
}

// exp(x) for x in [-1/4, 0), Q0.31: Taylor polynomial of degree 4 around -1/8.
static inline int32_t bl_exp_last_quarter(int32_t x) {
  const int32_t exp_minus_eighth = 1895147668;
  const int32_t third = 715827883;
  const int32_t d = x + (INT32_C(1) << 28);
  const int32_t d2 = bl_high_multiply(d, d);
  const int32_t d3 = bl_high_multiply(d2, d);
  const int32_t d4 = bl_high_multiply(d2, d2);
  // d^2/2 + d^3/6 + d^4/24 = ((d^4/4 + d^3)/3 + d^2)/2
  const int32_t cubic = bl_high_multiply(bl_rounding_shift_right(d4, 2) + d3, third);
  const int32_t tail = bl_rounding_shift_right(cubic + d2, 1);
  return exp_minus_eighth + bl_high_multiply(exp_minus_eighth, d + tail);
}

// `result` times `factor` (Q0.31) where `remainder` has the bit worth exp(-2^weight) set. The
// product is formed either way, as TFLite's branch-free form does.
static inline int32_t bl_exp_step(int32_t result, int32_t remainder, int32_t bit, int32_t factor) {
  const int32_t product = bl_high_multiply(result, factor);
  return (remainder & (INT32_C(1) << bit)) != 0 ? product : result;
}

// exp(x) for x <= 0 in Q5.26, as Q0.31: the part of x below a quarter by polynomial, every higher
// bit by one multiplication with exp(-1/4), exp(-1/2), … exp(-16).
static inline int32_t bl_exp_on_negative(int32_t x) {
  const int32_t quarter = INT32_C(1) << 24;
  const int32_t last_quarter = (x & (quarter - 1)) - quarter;
  const int32_t remainder = last_quarter - x;
  int32_t result = bl_exp_last_quarter(last_quarter * 32);
  result = bl_exp_step(result, remainder, 24, 1672461947);
  result = bl_exp_step(result, remainder, 25, 1302514674);
  result = bl_exp_step(result, remainder, 26, 790015084);
  result = bl_exp_step(result, remainder, 27, 290630308);
  result = bl_exp_step(result, remainder, 28, 39332535);
  result = bl_exp_step(result, remainder, 29, 720401);
  result = bl_exp_step(result, remainder, 30, 242);
  return x == 0 ? INT32_MAX : result;
}

// 1 / (1 + x) for x in [0, 1), both Q0.31: three Newton-Raphson steps from 48/17 - 32/17 * d, where
// d = (1 + x) / 2.
static inline int32_t bl_one_over_one_plus(int32_t x) {
  const int32_t one = INT32_C(1) << 29;  // Q2.29, as the estimate
  const int32_t d = (int32_t)(((int64_t)x + INT32_MAX + 1) / 2);
  int32_t estimate = 1515870810 + bl_high_multiply(d, -1010580540);
  for (int step = 0; step < 3; ++step) {
    const int32_t error = one - bl_high_multiply(d, estimate);
    estimate += bl_saturating_shift_left(bl_high_multiply(estimate, error), 2);
  }
  return bl_saturating_shift_left(estimate, 1);
}

// 1 / sum as Q0.31 times 2^-*bits_over_unit; `sum` > 0 has `integer_bits` integer bits.
static inline int32_t bl_reciprocal(int32_t sum, int32_t integer_bits, int32_t* bits_over_unit) {
  const int32_t headroom = __builtin_clz((uint32_t)sum);
  *bits_over_unit = integer_bits - headroom;
  return bl_one_over_one_plus((int32_t)(((uint32_t)sum << headroom) - (UINT32_C(1) << 31)));
}

#endif  // BOARDLESS_KERNELS_FIXED_POINT_H_
