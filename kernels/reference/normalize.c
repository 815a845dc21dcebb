// L2_NORMALIZATION, row by row.
#include <math.h>

#include "kernels/abi_elementwise.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/inverse_root.h"

BL_ADDED_KERNEL(reference_l2_normalization_f32)
int32_t reference_l2_normalization_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_rows_params p = *(const struct bl_rows_params*)params;
  const float* input = operands[0];
  float* output = operands[1];
  (void)scratch;
  for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {
    float squares = 0;
    for (int32_t i = 0; i < p.depth; ++i) squares += input[i] * input[i];
    const float root = sqrtf(squares);
    const float length = root < 1e-6f ? 1e-6f : root;
    for (int32_t i = 0; i < p.depth; ++i) output[i] = input[i] / length;
  }
  return 0;
}

BL_ADDED_KERNEL(reference_l2_normalization_s8)
int32_t reference_l2_normalization_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_rows_params p = *(const struct bl_rows_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {
    int32_t squares = 0;
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t value = input[i] + p.input_offset;
      squares += value * value;
    }
    const struct scaled_root root = inverse_square_root(squares);
    for (int32_t i = 0; i < p.depth; ++i) {  // to a scale of 1/128
      const int32_t value = input[i] + p.input_offset;
      output[i] =
          (int8_t)bl_clamp(bl_rescale(value, root.multiplier, root.shift + 7), INT8_MIN, INT8_MAX);
    }
  }
  return 0;
}
