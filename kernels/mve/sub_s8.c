// SUB on int8 for Helium, with broadcasting.
#include "kernels/abi.h"
#include "kernels/mve/elementwise.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"
#include "kernels/reference/reference_kernels.h"

MVE_INLINE int32x4_t subtract_elements(int32x4_t a, int32x4_t b, const void* constants) {
  const struct bl_add_params* p = constants;
  const int32x4_t a_shifted = vshlq_r_s32(vaddq_n_s32(a, p->input1_offset), p->left_shift);
  const int32x4_t b_shifted = vshlq_r_s32(vaddq_n_s32(b, p->input2_offset), p->left_shift);
  const int32x4_t difference =
      vsubq_s32(mve_rescale_all(a_shifted, p->input1_multiplier, p->input1_shift),
                mve_rescale_all(b_shifted, p->input2_multiplier, p->input2_shift));
  return mve_finish(mve_rescale_all(difference, p->output_multiplier, p->output_shift),
                    p->output_offset, vdupq_n_s32(p->activation_min),
                    vdupq_n_s32(p->activation_max));
}

BL_ADDED_KERNEL(mve_sub_s8)
int32_t mve_sub_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params p = *(const struct bl_add_params*)params;
  if (!mve_combines(&p.broadcast)) return reference_sub_s8(params, operands, scratch);
  mve_combine(&p.broadcast, operands[0], operands[1], operands[2], subtract_elements, &p);
  return 0;
}
