// MEAN on int8 over other dimensions than mean_s8.c has, for Helium.
#include "kernels/mean.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/vector.h"

MVE_INLINE void add_run(int32_t* sums, const int8_t* from, int32_t count) {
  for (; count > 0; count -= kMveWords, from += kMveWords, sums += kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)count);
    const int32x4_t sum = vaddq_s32(vldrwq_z_s32(sums, live), vldrbq_z_s32(from, live));
    vstrwq_p_s32(sums, sum, live);
  }
}

BL_ADDED_KERNEL(mve_mean_along_s8)
int32_t mve_mean_along_s8(const void* params, void* const* operands, void* scratch) {
  return bl_mean_s8(params, operands, scratch, mve_sum_bytes, add_run);
}
