// What the kernels on floats share: vectors over channels, so that every sum takes its products in
// the reference's order, one rounding for each product and one for each sum.
#ifndef BOARDLESS_KERNELS_MVE_FLOAT_H_
#define BOARDLESS_KERNELS_MVE_FLOAT_H_

#include "kernels/abi.h"
#include "kernels/mve/vector.h"

// Where each of four rows of weights, `stride` floats apart, begins. Behind the last of `rows` it
// is the last again.
MVE_INLINE uint32x4_t mve_float_rows(const float* weights, int32_t stride, int32_t rows) {
  const uint32x4_t row = vminq_u32(vidupq_n_u32(0, 1), vdupq_n_u32((uint32_t)(rows - 1)));
  return vmlaq_n_u32(vdupq_n_u32((uint32_t)weights), row, (uint32_t)stride * sizeof(float));
}

// Four sums and their biases, if there are any, as outputs.
MVE_INLINE void mve_store_floats(float* output, float32x4_t sums, const float* bias,
                                 struct bl_float_clamp to, mve_pred16_t live) {
  float32x4_t low = vdupq_n_f32(to.min);
  // A vector, or Clang turns the comparison round to a scalar's LT, which holds for a not-a-number.
  __asm__("" : "+w"(low));
  if (bias) sums = vaddq_f32(sums, vldrwq_z_f32(bias, live));
  // Not by VMAXNM and VMINNM: a not-a-number stays one.
  sums = vpselq_f32(low, sums, vcmpgtq_f32(low, sums));
  sums = vpselq_f32(vdupq_n_f32(to.max), sums, vcmpgtq_n_f32(sums, to.max));
  vstrwq_p_f32(output, sums, live);
}

#endif  // BOARDLESS_KERNELS_MVE_FLOAT_H_
