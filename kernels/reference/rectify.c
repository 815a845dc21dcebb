// RELU, RELU6, LEAKY_RELU, PRELU, ELU on int8 and HARD_SWISH on what requantize.c has not.
#include "kernels/abi_elementwise.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/binary.h"
#include "kernels/reference/map.h"

static inline float relu(float x, const struct bl_map_params* p) {
  (void)p;
  return x < 0.0f ? 0.0f : x;
}

static inline float relu6(float x, const struct bl_map_params* p) {
  (void)p;
  return x > 6.0f ? 6.0f : x < 0.0f ? 0.0f : x;
}

static inline float leaky_relu(float x, const struct bl_leaky_relu_params* p) {
  return x > 0.0f ? x : x * p->slope;
}

static inline float hard_swish(float x, const struct bl_map_params* p) {
  const float shifted = x + 3.0f;
  const float raised = shifted < 0.0f ? 0.0f : shifted;
  (void)p;
  return x * (raised < 6.0f ? raised : 6.0f) / 6.0f;
}

MAP_KERNEL(reference_relu_f32, float, float, bl_map_params, relu)
MAP_KERNEL(reference_relu6_f32, float, float, bl_map_params, relu6)
MAP_KERNEL(reference_leaky_relu_f32, float, float, bl_leaky_relu_params, leaky_relu)
MAP_KERNEL(reference_hard_swish_f32, float, float, bl_map_params, hard_swish)

static inline int32_t clamp(int32_t value, const struct bl_clamp_params* p) {
  return bl_clamp(value, p->low, p->high);
}

MAP_KERNEL(reference_clamp_s8, int8_t, int8_t, bl_clamp_params, clamp)
MAP_KERNEL(reference_clamp_s16, int16_t, int16_t, bl_clamp_params, clamp)

static inline int32_t quantized_leaky_relu(int32_t value,
                                           const struct bl_quantized_leaky_relu_params* p,
                                           int32_t lowest, int32_t highest) {
  const int32_t steps = value + p->input_offset;
  int32_t result;
  if (steps >= 0) {
    result = bl_rescale(steps, p->positive_multiplier, p->positive_shift);
  } else {
    result = bl_rescale(steps, p->negative_multiplier, p->negative_shift);
    if (p->negates) result = -result;
  }
  return bl_clamp(result + p->output_offset, lowest, highest);
}

#define LEAKY_RELU_S8(x, p) quantized_leaky_relu(x, p, INT8_MIN, INT8_MAX)
#define LEAKY_RELU_S16(x, p) quantized_leaky_relu(x, p, INT16_MIN, INT16_MAX)
MAP_KERNEL(reference_leaky_relu_s8, int8_t, int8_t, bl_quantized_leaky_relu_params, LEAKY_RELU_S8)
MAP_KERNEL(reference_leaky_relu_s16, int16_t, int16_t, bl_quantized_leaky_relu_params,
           LEAKY_RELU_S16)

static inline float prelu(float x, float slope, const struct bl_binary_params* p) {
  (void)p;
  return x >= 0.0f ? x : x * slope;
}

static inline int32_t quantized_prelu(int32_t value, int32_t slope, const struct bl_prelu_params* p,
                                      int32_t lowest, int32_t highest) {
  const int32_t steps = value + p->input_offset;
  int32_t result;
  if (steps >= 0) {
    result = bl_rescale(steps, p->positive_multiplier, p->positive_shift);
  } else {
    result =
        bl_rescale(steps * (slope + p->slope_offset), p->negative_multiplier, p->negative_shift);
  }
  return bl_clamp(result + p->output_offset, lowest, highest);
}

#define PRELU_S8(x, slope, p) quantized_prelu(x, slope, p, INT8_MIN, INT8_MAX)
#define PRELU_S16(x, slope, p) quantized_prelu(x, slope, p, INT16_MIN, INT16_MAX)
BINARY_KERNEL(reference_prelu_f32, float, float, float, bl_binary_params, prelu)
BINARY_KERNEL(reference_prelu_s8, int8_t, int8_t, int8_t, bl_prelu_params, PRELU_S8)
BINARY_KERNEL(reference_prelu_s16, int16_t, int8_t, int16_t, bl_prelu_params, PRELU_S16)

BL_ADDED_KERNEL(reference_elu_s8)
int32_t reference_elu_s8(const void* params, void* const* operands, void* scratch) {
  const int32_t count = ((const struct bl_map_params*)params)->count;
  const int8_t* values = operands[0];
  const uint8_t* input = operands[1];
  int8_t* output = operands[2];
  (void)scratch;
  for (int32_t i = 0; i < count; ++i) output[i] = values[input[i]];
  return 0;
}

static inline int32_t clamp_16(int32_t value) { return bl_clamp(value, INT16_MIN, INT16_MAX); }

// a * b / 2^15 in 16 bits, rounded half up.
static inline int32_t rounded_product(int32_t a, int32_t b) {
  if (a == INT16_MIN && b == INT16_MIN) return INT16_MAX;
  const int32_t product = a * b;
  return (int16_t)((product + (product < 0 ? 1 - (1 << 14) : 1 << 14)) / (1 << 15));
}

// The input times a gate that goes from 0 at -3 to 1 at 3; a rounded product and a truncated one,
// so that their biases cancel.
static inline int32_t hard_swish_s8(int32_t value, const struct bl_hard_swish_params* p) {
  const int32_t fine = (value + p->input_offset) * 128;
  const int32_t unshifted = rounded_product(fine, p->output_multiplier);
  int32_t gate = fine;
  if (p->gate_exponent > 0) gate = clamp_16(gate * (1 << (p->gate_exponent - 1)));
  gate = rounded_product(gate, p->gate_multiplier);
  if (p->gate_exponent > 0) gate = clamp_16(gate * 2);
  if (p->gate_exponent < 0) gate = bl_rounding_shift_right(gate, -p->gate_exponent);
  gate = (gate + (1 << 15)) >> 1;
  const int32_t product = gate * unshifted / (1 << 15);
  const int32_t result = bl_rounding_shift_right(product, -p->output_exponent) + p->output_offset;
  return bl_clamp(result, INT8_MIN, INT8_MAX);
}

MAP_KERNEL(reference_hard_swish_s8, int8_t, int8_t, bl_hard_swish_params, hard_swish_s8)
