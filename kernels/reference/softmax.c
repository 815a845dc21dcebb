// SOFTMAX on int8, row by row, in fixed point.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/softmax_exp.h"

int32_t reference_softmax_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params p = *(const struct bl_softmax_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;

  for (int32_t row = 0; row < p.rows; ++row) {
    int32_t largest = INT8_MIN;
    for (int32_t i = 0; i < p.depth; ++i) largest = bl_max(largest, input[row * p.depth + i]);

    int32_t sum = 0;
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t difference = input[row * p.depth + i] - largest;
      if (difference >= p.diff_min) {
        sum += bl_rounding_shift_right(scaled_exp(difference, &p), kSumIntegerBits);
      }
    }

    int32_t bits_over_unit;
    int32_t reciprocal = bl_reciprocal(sum, kSumIntegerBits, &bits_over_unit);
    // The output's unit is 1/256: eight fraction bits are kept.
    int32_t exponent = bits_over_unit + 31 - 8;
    if (exponent > 31) {  // a sum of 512 or more: every share is below half a unit
      reciprocal = 0;
      exponent = 31;
    }
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t difference = input[row * p.depth + i] - largest;
      int32_t result = INT8_MIN;
      if (difference >= p.diff_min) {
        const int32_t share = bl_high_multiply(reciprocal, scaled_exp(difference, &p));
        result += bl_rounding_shift_right(share, exponent);
      }
      output[row * p.depth + i] = (int8_t)bl_clamp(result, INT8_MIN, INT8_MAX);
    }
  }
  return 0;
}
