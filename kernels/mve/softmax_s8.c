// SOFTMAX on int8 for Helium, row by row, four exponentials at a time in the fixed point of
// kernels/fixed_point.h. Each is computed once and kept.
//
// Scratch: the exponentials of a row.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/mve/exponential.h"
#include "kernels/mve/mve_kernels.h"

// Integer bits of the sum of exponentials: room for 4095 elements of value 1.
enum { kSumIntegerBits = 12 };

static int32_t largest_of(const int8_t* input, int32_t count) {
  int8_t largest = INT8_MIN;
  for (; count > 0; count -= kMveBytes, input += kMveBytes) {
    const mve_pred16_t live = vctp8q((uint32_t)count);
    largest = vmaxvq_p_s8(largest, vldrbq_z_s8(input, live), live);
  }
  return largest;
}

int32_t mve_softmax_s8_scratch_bytes(const void* params) {
  return ((const struct bl_softmax_params*)params)->depth * (int32_t)sizeof(int32_t);
}

int32_t mve_softmax_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params p = *(const struct bl_softmax_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  int32_t* exponentials = scratch;
  for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {
    const int32_t largest = largest_of(input, p.depth);
    int32_t sum = 0;
    for (int32_t i = 0; i < p.depth; i += kMveWords) {
      const mve_pred16_t live = vctp32q((uint32_t)(p.depth - i));
      const int32x4_t difference = vsubq_n_s32(vldrbq_z_s32(input + i, live), largest);
      const mve_pred16_t counts = vcmpgeq_m_n_s32(difference, p.diff_min, live);
      const int32x4_t shifted = vshlq_r_s32(difference, p.input_left_shift);
      const int32x4_t values = mve_exp_on_negative(vqrdmulhq_n_s32(shifted, p.input_multiplier), 5);
      vstrwq_p_s32(exponentials + i, values, live);
      sum = vaddvaq_p_s32(sum, mve_rounding_shift_right(values, kSumIntegerBits), counts);
    }

    int32_t bits_over_unit;
    int32_t reciprocal = bl_reciprocal(sum, kSumIntegerBits, &bits_over_unit);
    // The output's unit is 1/256: eight fraction bits are kept. With a sum of 512 or more every
    // share is below half a unit, and the shift would be too long.
    int32_t right = bits_over_unit + 31 - 8;
    if (right > 31) {
      reciprocal = 0;
      right = 31;
    }
    const int32x4_t nothing = vdupq_n_s32(INT8_MIN), most = vdupq_n_s32(INT8_MAX);
    for (int32_t i = 0; i < p.depth; i += kMveWords) {
      const mve_pred16_t live = vctp32q((uint32_t)(p.depth - i));
      const int32x4_t difference = vsubq_n_s32(vldrbq_z_s32(input + i, live), largest);
      const mve_pred16_t counts = vcmpgeq_m_n_s32(difference, p.diff_min, live);
      const int32x4_t values = vldrwq_z_s32(exponentials + i, live);
      const int32x4_t share = mve_rounding_shift_right(vqrdmulhq_n_s32(values, reciprocal), right);
      const int32x4_t result = vminq_s32(vaddq_n_s32(share, INT8_MIN), most);
      vstrbq_p_s32(output + i, vpselq_s32(result, nothing, counts), live);
    }
  }
  return 0;
}
