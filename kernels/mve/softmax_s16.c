// SOFTMAX on int16 for Helium, row by row, four table look-ups at a time.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"

// Between the two of 513 entries that are 128 steps apart around `at`, which are int16.
MVE_INLINE int32x4_t look_up(const int16_t* table, int32x4_t at) {
  const uint32x4_t index = vreinterpretq_u32_s32(vaddq_n_s32(vshrq_n_s32(at, 7), 256));
  const int32x4_t low = vldrhq_gather_shifted_offset_s32(table, index);
  const int32x4_t high = vldrhq_gather_shifted_offset_s32(table + 1, index);
  const int32x4_t part = vandq_s32(at, vdupq_n_s32(127));
  return vaddq_s32(low, vrshrq_n_s32(vmulq_s32(vsubq_s32(high, low), part), 7));
}

static int32_t largest_of(const int16_t* input, int32_t count) {
  int16_t largest = INT16_MIN;
  for (; count > 0; count -= 8, input += 8) {
    const mve_pred16_t live = vctp16q((uint32_t)count);
    largest = vmaxvq_p_s16(largest, vldrhq_z_s16(input, live), live);
  }
  return largest;
}

// To int16.
MVE_INLINE int32x4_t saturated(int32x4_t values) {
  return vmovlbq_s16(vqmovnbq_s32(vdupq_n_s16(0), values));
}

BL_ADDED_KERNEL(mve_softmax_s16)
int32_t mve_softmax_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params p = *(const struct bl_softmax_params*)params;
  const int16_t* exponentials = operands[0];  // over -10 to 0
  const int16_t* reciprocals = operands[1];   // of 1 + x over 0 to 1
  const int16_t* input = operands[2];
  int16_t* output = operands[3];
  (void)scratch;
  for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {
    const int32_t largest = largest_of(input, p.depth);
    int32_t sum = 0;  // Q16.15
    for (int32_t i = 0; i < p.depth; i += kMveWords) {
      const mve_pred16_t live = vctp32q((uint32_t)(p.depth - i));
      const int32x4_t difference = vsubq_n_s32(vldrhq_z_s32(input + i, live), largest);
      const int32x4_t scaled = mve_rescale_all(difference, p.input_multiplier, p.input_left_shift);
      const int32x4_t values = look_up(exponentials, saturated(vaddq_n_s32(scaled, 32767)));
      sum = vaddvaq_p_s32(sum, values, live);
      vstrhq_p_s32(output + i, values, live);
    }
    const int32_t headroom = __builtin_clz((uint32_t)sum);
    const int32_t unit = (int32_t)((((int64_t)sum << (headroom - 1)) + (1 << 13)) >> 14);
    const int32x4_t at = vdupq_n_s32(unit - (1 << 15) - (1 << 16));
    const int32_t reciprocal = vgetq_lane_s32(look_up(reciprocals, saturated(at)), 0);
    const int32_t shift = 31 - headroom;
    const int32x4_t none = vdupq_n_s32(0), most = vdupq_n_s32(INT16_MAX);
    for (int32_t i = 0; i < p.depth; i += kMveWords) {
      const mve_pred16_t live = vctp32q((uint32_t)(p.depth - i));
      const int32x4_t product = vmulq_n_s32(vldrhq_z_s32(output + i, live), reciprocal);
      const int32x4_t share = vrshlq_n_s32(product, -shift);
      vstrhq_p_s32(output + i, vminq_s32(vmaxq_s32(share, none), most), live);
    }
  }
  return 0;
}
