// MUL on what mul.c has not, DIV, FLOOR_DIV and FLOOR_MOD.
#include <math.h>

#include "kernels/abi_elementwise.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/activation_range.h"
#include "kernels/reference/binary.h"

static inline int32_t to_output(int32_t scaled, const struct bl_mul_params* p) {
  return bl_clamp(scaled + p->output_offset, p->activation_min, p->activation_max);
}

static inline int32_t mul(int32_t a, int32_t b, const struct bl_mul_params* p) {
  const int32_t product = (a + p->input1_offset) * (b + p->input2_offset);
  return to_output(bl_rescale(product, p->output_multiplier, p->output_shift), p);
}

// The dividend, shifted left as far as it goes, times the divisor's reciprocal. A divisor of zero
// gives the limit on the dividend's side.
static inline int32_t divide(int32_t a, int32_t b, const struct bl_mul_params* p) {
  int32_t dividend = a + p->input1_offset;
  int32_t divisor = b + p->input2_offset;
  if (divisor == 0) return dividend < 0 ? p->activation_min : p->activation_max;
  if (divisor < 0) {
    dividend = -dividend;
    divisor = -divisor;
  }
  int32_t bits_over_unit;
  const int32_t reciprocal = bl_reciprocal(divisor, 31, &bits_over_unit);
  const int32_t headroom = __builtin_clrsb(dividend);
  const int32_t quotient = bl_high_multiply(bl_shift_left(dividend, headroom), reciprocal);
  const int32_t shift = p->output_shift - bits_over_unit - headroom;
  // Further than 31 bits nothing is left.
  return to_output(shift < -31 ? 0 : bl_rescale(quotient, p->output_multiplier, shift), p);
}

BINARY_KERNEL(reference_mul_u8, uint8_t, uint8_t, uint8_t, bl_mul_params, mul)
BINARY_KERNEL(reference_mul_s16, int16_t, int16_t, int16_t, bl_mul_params, mul)
BINARY_KERNEL(reference_div_s8, int8_t, int8_t, int8_t, bl_mul_params, divide)

static inline float mul_floats(float a, float b, const struct bl_float_arithmetic_params* p) {
  return clamp_float(a * b, p->activation_min, p->activation_max);
}

static inline float div_floats(float a, float b, const struct bl_float_arithmetic_params* p) {
  return clamp_float(a / b, p->activation_min, p->activation_max);
}

static inline float floor_div(float a, float b, const struct bl_binary_params* p) {
  (void)p;
  return (float)floor((double)a / (double)b);
}

// The remainder has the divisor's sign.
static inline float floor_mod(float a, float b, const struct bl_binary_params* p) {
  const float remainder = fmodf(a, b);
  (void)p;
  return remainder != 0 && (b < 0) != (remainder < 0) ? remainder + b : remainder;
}

BINARY_KERNEL(reference_mul_f32, float, float, float, bl_float_arithmetic_params, mul_floats)
BINARY_KERNEL(reference_div_f32, float, float, float, bl_float_arithmetic_params, div_floats)
BINARY_KERNEL(reference_floor_div_f32, float, float, float, bl_binary_params, floor_div)
BINARY_KERNEL(reference_floor_mod_f32, float, float, float, bl_binary_params, floor_mod)

static inline int32_t mul_integers(int32_t a, int32_t b,
                                   const struct bl_integer_arithmetic_params* p) {
  const int32_t product = (int32_t)((uint32_t)a * (uint32_t)b);
  return bl_clamp(product, p->activation_min, p->activation_max);
}

// The quotient by zero is 0, as Arm's instruction has it, and that of the lowest number by -1
// wraps.
static inline int32_t div_integers(int32_t a, int32_t b,
                                   const struct bl_integer_arithmetic_params* p) {
  const int32_t quotient = b == 0 ? 0 : b == -1 ? (int32_t)(0 - (uint32_t)a) : a / b;
  return bl_clamp(quotient, p->activation_min, p->activation_max);
}

BINARY_KERNEL(reference_mul_s32, int32_t, int32_t, int32_t, bl_integer_arithmetic_params,
              mul_integers)
BINARY_KERNEL(reference_div_s32, int32_t, int32_t, int32_t, bl_integer_arithmetic_params,
              div_integers)
