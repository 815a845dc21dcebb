// ADD and SUB on what add.c has not: other quantised types, float and plain integers.
#include "kernels/abi_elementwise.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/activation_range.h"
#include "kernels/reference/binary.h"

static inline int32_t scaled_first(int32_t a, const struct bl_add_params* p) {
  const int32_t shifted = bl_shift_left(a + p->input1_offset, p->left_shift);
  return bl_rescale(shifted, p->input1_multiplier, p->input1_shift);
}

static inline int32_t scaled_second(int32_t b, const struct bl_add_params* p) {
  const int32_t shifted = bl_shift_left(b + p->input2_offset, p->left_shift);
  return bl_rescale(shifted, p->input2_multiplier, p->input2_shift);
}

static inline int32_t to_output(int32_t value, const struct bl_add_params* p) {
  const int32_t result =
      bl_rescale(value, p->output_multiplier, p->output_shift) + p->output_offset;
  return bl_clamp(result, p->activation_min, p->activation_max);
}

static inline int32_t add(int32_t a, int32_t b, const struct bl_add_params* p) {
  return to_output(scaled_first(a, p) + scaled_second(b, p), p);
}

static inline int32_t sub(int32_t a, int32_t b, const struct bl_add_params* p) {
  return to_output(scaled_first(a, p) - scaled_second(b, p), p);
}

static inline int32_t squared_difference(int32_t a, int32_t b, const struct bl_add_params* p) {
  const int32_t difference = scaled_first(a, p) - scaled_second(b, p);
  return to_output(difference * difference, p);
}

BINARY_KERNEL(reference_add_u8, uint8_t, uint8_t, uint8_t, bl_add_params, add)
BINARY_KERNEL(reference_add_s16, int16_t, int16_t, int16_t, bl_add_params, add)
BINARY_KERNEL(reference_sub_s8, int8_t, int8_t, int8_t, bl_add_params, sub)
BINARY_KERNEL(reference_sub_u8, uint8_t, uint8_t, uint8_t, bl_add_params, sub)
BINARY_KERNEL(reference_sub_s16, int16_t, int16_t, int16_t, bl_add_params, sub)
BINARY_KERNEL(reference_squared_difference_s8, int8_t, int8_t, int8_t, bl_add_params,
              squared_difference)
BINARY_KERNEL(reference_squared_difference_s16, int16_t, int16_t, int16_t, bl_add_params,
              squared_difference)

static inline float add_floats(float a, float b, const struct bl_float_arithmetic_params* p) {
  return clamp_float(a + b, p->activation_min, p->activation_max);
}

static inline float sub_floats(float a, float b, const struct bl_float_arithmetic_params* p) {
  return clamp_float(a - b, p->activation_min, p->activation_max);
}

static inline float square_floats(float a, float b, const struct bl_binary_params* p) {
  const float difference = a - b;
  (void)p;
  return difference * difference;
}

BINARY_KERNEL(reference_add_f32, float, float, float, bl_float_arithmetic_params, add_floats)
BINARY_KERNEL(reference_sub_f32, float, float, float, bl_float_arithmetic_params, sub_floats)
BINARY_KERNEL(reference_squared_difference_f32, float, float, float, bl_binary_params,
              square_floats)

// Plain integers wrap.
static inline int32_t add_integers(int32_t a, int32_t b,
                                   const struct bl_integer_arithmetic_params* p) {
  const int32_t sum = (int32_t)((uint32_t)a + (uint32_t)b);
  return bl_clamp(sum, p->activation_min, p->activation_max);
}

static inline int32_t sub_integers(int32_t a, int32_t b,
                                   const struct bl_integer_arithmetic_params* p) {
  const int32_t difference = (int32_t)((uint32_t)a - (uint32_t)b);
  return bl_clamp(difference, p->activation_min, p->activation_max);
}

static inline int32_t square_integers(int32_t a, int32_t b, const struct bl_binary_params* p) {
  const uint32_t difference = (uint32_t)a - (uint32_t)b;
  (void)p;
  return (int32_t)(difference * difference);
}

BINARY_KERNEL(reference_add_s32, int32_t, int32_t, int32_t, bl_integer_arithmetic_params,
              add_integers)
BINARY_KERNEL(reference_sub_s32, int32_t, int32_t, int32_t, bl_integer_arithmetic_params,
              sub_integers)
BINARY_KERNEL(reference_squared_difference_s32, int32_t, int32_t, int32_t, bl_binary_params,
              square_integers)
