// The functions of one element that IEEE 754 defines to the bit: ABS, NEG, SQRT, RSQRT, SQUARE,
// CEIL, FLOOR, ROUND; and LOGICAL_NOT.
#include <math.h>

#include "kernels/fixed_point.h"
#include "kernels/reference/inverse_root.h"
#include "kernels/reference/map.h"

// To the nearest integer, a half to the even one.
static inline float nearest_even(float x) {
  const float below = floorf(x);
  const float rest = x - below;
  return rest < 0.5f || (rest == 0.5f && (int32_t)below % 2 == 0) ? below : below + 1.0f;
}

#define FLOAT_KERNEL(NAME, EXPRESSION)                                     \
  static inline float NAME##_f32(float x, const struct bl_map_params* p) { \
    (void)p;                                                               \
    return EXPRESSION;                                                     \
  }                                                                        \
  MAP_KERNEL(reference_##NAME##_f32, float, float, bl_map_params, NAME##_f32)

FLOAT_KERNEL(abs, fabsf(x))
FLOAT_KERNEL(neg, -x)
FLOAT_KERNEL(sqrt, sqrtf(x))
FLOAT_KERNEL(rsqrt, 1.0f / sqrtf(x))
FLOAT_KERNEL(square, x* x)
FLOAT_KERNEL(ceil, ceilf(x))
FLOAT_KERNEL(floor, floorf(x))
FLOAT_KERNEL(round, nearest_even(x))

static inline uint8_t logical_not(uint8_t x, const struct bl_map_params* p) {
  (void)p;
  return !x;
}

MAP_KERNEL(reference_logical_not_bool, uint8_t, uint8_t, bl_map_params, logical_not)

static inline int32_t requantized(int32_t value, const struct bl_requantize_params* p) {
  const int32_t scaled =
      bl_rescale(value, p->output_multiplier, p->output_shift) + p->output_offset;
  return bl_clamp(scaled, p->activation_min, p->activation_max);
}

static inline int32_t absolute(int32_t value, const struct bl_requantize_params* p) {
  const int32_t steps = value + p->input_offset;
  return requantized(steps < 0 ? -steps : steps, p);
}

// Twenty bits below the root's units; the second rescaling takes them off again.
static inline int32_t inverse_root(int32_t value, const struct bl_requantize_params* p) {
  const int32_t steps = value + p->input_offset;
  if (steps <= 0) return p->activation_max;
  const struct scaled_root root = inverse_square_root(steps);
  const int32_t fine = bl_rescale(1, root.multiplier, root.shift + 20);
  const int32_t scaled =
      bl_rescale(fine, p->output_multiplier, p->output_shift - 20) + p->output_offset;
  return bl_clamp(scaled, p->activation_min, p->activation_max);
}

MAP_KERNEL(reference_abs_s8, int8_t, int8_t, bl_requantize_params, absolute)
MAP_KERNEL(reference_abs_s16, int16_t, int16_t, bl_requantize_params, absolute)
MAP_KERNEL(reference_rsqrt_s8, int8_t, int8_t, bl_requantize_params, inverse_root)
MAP_KERNEL(reference_rsqrt_s16, int16_t, int16_t, bl_requantize_params, inverse_root)
