// ADD and MUL on int16 of equal shapes for Helium, four elements at a time.
#include "kernels/abi_elementwise.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"
#include "kernels/mve/vector.h"
#include "kernels/reference/reference_kernels.h"

typedef int32x4_t combination(int32x4_t a, int32x4_t b, const void* params);

// Inlined, and so is `combine`.
MVE_INLINE void combine_all(const struct bl_broadcast* space, const int16_t* input1,
                            const int16_t* input2, int16_t* output, combination* combine,
                            const void* params) {
  int32_t count = space->extent[0] * space->extent[1] * space->extent[2] * space->extent[3];
  for (; count > 0; count -= kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)count);
    const int32x4_t a = vldrhq_z_s32(input1, live), b = vldrhq_z_s32(input2, live);
    vstrhq_p_s32(output, combine(a, b, params), live);
    input1 += kMveWords;
    input2 += kMveWords;
    output += kMveWords;
  }
}

MVE_INLINE int32x4_t add_elements(int32x4_t a, int32x4_t b, const void* params) {
  const struct bl_add_params* p = params;
  const int32x4_t a_shifted = vshlq_r_s32(vaddq_n_s32(a, p->input1_offset), p->left_shift);
  const int32x4_t b_shifted = vshlq_r_s32(vaddq_n_s32(b, p->input2_offset), p->left_shift);
  const int32x4_t sum =
      vaddq_s32(mve_rescale_all(a_shifted, p->input1_multiplier, p->input1_shift),
                mve_rescale_all(b_shifted, p->input2_multiplier, p->input2_shift));
  return mve_finish(mve_rescale_all(sum, p->output_multiplier, p->output_shift), p->output_offset,
                    vdupq_n_s32(p->activation_min), vdupq_n_s32(p->activation_max));
}

BL_ADDED_KERNEL(mve_add_s16)
int32_t mve_add_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params p = *(const struct bl_add_params*)params;
  if (!p.broadcast.same_shape) return reference_add_s16(params, operands, scratch);
  combine_all(&p.broadcast, operands[0], operands[1], operands[2], add_elements, &p);
  return 0;
}

MVE_INLINE int32x4_t mul_elements(int32x4_t a, int32x4_t b, const void* params) {
  const struct bl_mul_params* p = params;
  const int32x4_t product =
      vmulq_s32(vaddq_n_s32(a, p->input1_offset), vaddq_n_s32(b, p->input2_offset));
  return mve_finish(mve_rescale_all(product, p->output_multiplier, p->output_shift),
                    p->output_offset, vdupq_n_s32(p->activation_min),
                    vdupq_n_s32(p->activation_max));
}

BL_ADDED_KERNEL(mve_mul_s16)
int32_t mve_mul_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_mul_params p = *(const struct bl_mul_params*)params;
  if (!p.broadcast.same_shape) return reference_mul_s16(params, operands, scratch);
  combine_all(&p.broadcast, operands[0], operands[1], operands[2], mul_elements, &p);
  return 0;
}
