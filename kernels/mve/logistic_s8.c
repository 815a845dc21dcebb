// LOGISTIC and TANH on int8 for Helium: Q4.27 numbers as kernels/reference/sigmoid.h has them, four
// at a time.
#include "kernels/abi_elementwise.h"
#include "kernels/mve/exponential.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"

// bl_one_over_one_plus.
MVE_INLINE int32x4_t one_over_one_plus(int32x4_t x) {
  const int32x4_t one = vdupq_n_s32(INT32_C(1) << 29);
  const int32x4_t d = vaddq_n_s32(vshrq_n_s32(x, 1), INT32_C(1) << 30);
  int32x4_t estimate = vaddq_n_s32(vqrdmulhq_n_s32(d, -1010580540), 1515870810);
  for (int step = 0; step < 3; ++step) {
    const int32x4_t error = vsubq_s32(one, vqrdmulhq_s32(d, estimate));
    estimate = vaddq_s32(estimate, vqshlq_n_s32(vqrdmulhq_s32(estimate, error), 2));
  }
  return vqshlq_n_s32(estimate, 1);
}

// The logistic function in units of 2^-8, less a half of all, and tanh(x) in units of 2^-7.
MVE_INLINE int32x4_t logistic(int32x4_t x) {
  const int32x4_t magnitude = vnegq_s32(vabsq_s32(x));
  const int32x4_t positive = one_over_one_plus(mve_exp_on_negative(magnitude, 4));
  const int32x4_t negative = vsubq_s32(vdupq_n_s32(INT32_MAX), positive);
  const int32x4_t either = vpselq_s32(positive, negative, vcmpgtq_n_s32(x, 0));
  const int32x4_t half = vdupq_n_s32(INT32_C(1) << 30);
  const int32x4_t value = vpselq_s32(half, either, vcmpeqq_n_s32(x, 0));
  return vsubq_n_s32(vrshrq_n_s32(value, 23), 128);
}

MVE_INLINE int32x4_t hyperbolic_tangent(int32x4_t x) {
  const int32x4_t none = vdupq_n_s32(0), all = vdupq_n_s32(INT32_MAX);
  const int32x4_t half = one_over_one_plus(mve_exp_on_negative(vnegq_s32(vabsq_s32(x)), 5));
  const int32x4_t twice = vaddq_n_s32(vaddq_s32(half, half), INT32_MIN);
  int32x4_t value = vpselq_s32(all, twice, vcmpeqq_n_s32(half, INT32_MAX));
  value = vrshrq_n_s32(vpselq_s32(none, value, vcmpeqq_n_s32(x, 0)), 24);
  return vpselq_s32(vnegq_s32(value), value, vcmpltq_n_s32(x, 0));
}

MVE_INLINE void map(int32x4_t function(int32x4_t), const struct bl_sigmoid_params* params,
                    void* const* operands) {
  const struct bl_sigmoid_params p = *params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  const int32x4_t low = vdupq_n_s32(INT8_MIN), high = vdupq_n_s32(INT8_MAX);
  for (int32_t left = p.count; left > 0; left -= kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)left);
    const int32x4_t steps = vaddq_n_s32(vldrbq_z_s32(input, live), p.input_offset);
    int32x4_t value = function(mve_rescale_all(steps, p.input_multiplier, p.input_shift));
    value = vpselq_s32(low, value, vcmpleq_n_s32(steps, -p.radius));
    value = vpselq_s32(high, value, vcmpgeq_n_s32(steps, p.radius));
    vstrbq_p_s32(output, vminq_s32(value, high), live);
    input += kMveWords;
    output += kMveWords;
  }
}

BL_ADDED_KERNEL(mve_logistic_s8)
int32_t mve_logistic_s8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  map(logistic, params, operands);
  return 0;
}

BL_ADDED_KERNEL(mve_tanh_s8)
int32_t mve_tanh_s8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  map(hyperbolic_tangent, params, operands);
  return 0;
}
