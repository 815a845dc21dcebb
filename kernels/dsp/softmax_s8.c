// SOFTMAX on int8, row by row, in fixed point. Every exponential is computed once and kept for the
// second pass.
//
// Scratch: 4 * depth bytes for a row's exponentials.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/requantize.h"
#include "kernels/fixed_point.h"

// Integer bits of the sum of exponentials: room for 4095 elements of value 1.
enum { kSumIntegerBits = 12 };

int32_t dsp_softmax_s8_scratch_bytes(const void* params) {
  return ((const struct bl_softmax_params*)params)->depth * (int32_t)sizeof(int32_t);
}

int32_t dsp_softmax_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params p = *(const struct bl_softmax_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  int32_t* exponentials = scratch;
  for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {
    int32_t largest = INT8_MIN;
    for (int32_t i = 0; i < p.depth; ++i) largest = bl_max(largest, input[i]);

    int32_t sum = 0;
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t difference = input[i] - largest;
      if (difference < p.diff_min) continue;
      const int32_t shifted = bl_shift_left(difference, p.input_left_shift);
      exponentials[i] = bl_exp_on_negative(dsp_doubling_high_multiply(shifted, p.input_multiplier));
      sum += bl_rounding_shift_right(exponentials[i], kSumIntegerBits);
    }

    int32_t bits_over_unit;
    int32_t reciprocal = bl_reciprocal(sum, kSumIntegerBits, &bits_over_unit);
    // The output's unit is 1/256: eight fraction bits are kept. With a sum of 512 or more every
    // share is below half a unit, and the shift would be too long.
    int32_t right = bits_over_unit + 31 - 8;
    if (right > 31) reciprocal = right = 0;
    for (int32_t i = 0; i < p.depth; ++i) {
      int32_t result = INT8_MIN;
      if (input[i] - largest >= p.diff_min) {
        const int32_t share = dsp_doubling_high_multiply(reciprocal, exponentials[i]);
        result += bl_rounding_shift_right(share, right);
      }
      output[i] = (int8_t)bl_clamp(result, INT8_MIN, INT8_MAX);
    }
  }
  return 0;
}
