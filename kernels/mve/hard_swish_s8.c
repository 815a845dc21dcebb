// HARD_SWISH on int8 for Helium, in the 16-bit fixed point of kernels/reference/rectify.c, four at
// a time.
#include "kernels/abi_elementwise.h"
#include "kernels/mve/exponential.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/vector.h"

MVE_INLINE int32x4_t to_int16(int32x4_t values) {
  return vmovlbq_s16(vqmovnbq_s32(vdupq_n_s16(0), values));
}

// a * b / 2^15 of int16, a half rounded up; only the product of the two most negative numbers
// saturates.
MVE_INLINE int32x4_t rounded_product(int32x4_t a, int32_t b) {
  return to_int16(vrshrq_n_s32(vmulq_n_s32(a, b), 15));
}

MVE_INLINE int32x4_t gate_of(int32x4_t fine, const struct bl_hard_swish_params* p) {
  int32x4_t gate = fine;
  if (p->gate_exponent > 0) gate = to_int16(vshlq_r_s32(gate, p->gate_exponent - 1));
  gate = rounded_product(gate, p->gate_multiplier);
  if (p->gate_exponent > 0) gate = to_int16(vaddq_s32(gate, gate));
  if (p->gate_exponent < 0) gate = mve_rounding_shift_right(gate, -p->gate_exponent);
  return vshrq_n_s32(vaddq_n_s32(gate, 1 << 15), 1);
}

BL_ADDED_KERNEL(mve_hard_swish_s8)
int32_t mve_hard_swish_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_hard_swish_params p = *(const struct bl_hard_swish_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  const int32x4_t low = vdupq_n_s32(INT8_MIN), high = vdupq_n_s32(INT8_MAX);
  const int32x4_t below_one = vdupq_n_s32((1 << 15) - 1);
  (void)scratch;
  for (int32_t left = p.count; left > 0; left -= kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)left);
    const int32x4_t steps = vaddq_n_s32(vldrbq_z_s32(input, live), p.input_offset);
    const int32x4_t fine = vshlq_n_s32(steps, 7);
    const int32x4_t exact =
        vmulq_s32(gate_of(fine, &p), rounded_product(fine, p.output_multiplier));
    // Towards zero.
    const int32x4_t fix = vandq_s32(vshrq_n_s32(exact, 31), below_one);
    int32x4_t value = vshrq_n_s32(vaddq_s32(exact, fix), 15);
    if (p.output_exponent < 0) value = mve_rounding_shift_right(value, -p.output_exponent);
    value = vaddq_n_s32(value, p.output_offset);
    vstrbq_p_s32(output, vminq_s32(vmaxq_s32(value, low), high), live);
    input += kMveWords;
    output += kMveWords;
  }
  return 0;
}
