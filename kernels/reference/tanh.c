// TANH.
#include "kernels/reference/map.h"
#include "kernels/reference/sigmoid.h"
#include "kernels/reference/sigmoid_s16.h"

static inline int32_t tanh_s8(int32_t value, const struct bl_sigmoid_params* p) {
  const int32_t steps = value + p->input_offset;
  if (steps <= -p->radius) return INT8_MIN;
  if (steps >= p->radius) return INT8_MAX;
  const int32_t x = bl_rescale(steps, p->input_multiplier, p->input_shift);
  return bl_clamp(bl_rounding_shift_right(tanh_q4(x), 24), INT8_MIN, INT8_MAX);
}

static inline int32_t tanh_s16(int16_t value, const struct bl_sigmoid_params* p) {
  return bl_tanh_s16(bl_sigmoid_input(value, p->input_multiplier, p->input_shift));
}

MAP_KERNEL(reference_tanh_s8, int8_t, int8_t, bl_sigmoid_params, tanh_s8)
MAP_KERNEL(reference_tanh_s16, int16_t, int16_t, bl_sigmoid_params, tanh_s16)
