// Walks the iteration space of an element-wise operator with two inputs, four elements at a time.
#ifndef BOARDLESS_KERNELS_MVE_ELEMENTWISE_H_
#define BOARDLESS_KERNELS_MVE_ELEMENTWISE_H_

#include "kernels/abi.h"
#include "kernels/mve/vector.h"

// Both inputs, widened, to what is stored, clamped already.
typedef int32x4_t mve_combination(int32x4_t a, int32x4_t b, const void* constants);

// A run of elements; a step of 0 repeats the input's one element.
MVE_INLINE void mve_combine_run(const int8_t* input1, int32_t step1, const int8_t* input2,
                                int32_t step2, int8_t* output, int32_t count,
                                mve_combination* combine, const void* constants) {
  for (; count > 0; count -= kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)count);
    const int32x4_t a = step1 ? vldrbq_z_s32(input1, live) : vdupq_n_s32(*input1);
    const int32x4_t b = step2 ? vldrbq_z_s32(input2, live) : vdupq_n_s32(*input2);
    vstrbq_p_s32(output, combine(a, b, constants), live);
    if (step1) input1 += kMveWords;
    if (step2) input2 += kMveWords;
    output += kMveWords;
  }
}

// Whether the last dimension of both inputs is dense or a single element.
MVE_INLINE int mve_combines(const struct bl_broadcast* space) {
  return space->same_shape || ((space->stride1[3] | 1) == 1 && (space->stride2[3] | 1) == 1);
}

// Stores the combination for every element of the output. Inlined, and so is `combine`: neither is
// an indirect call.
MVE_INLINE void mve_combine(const struct bl_broadcast* space, const int8_t* input1,
                            const int8_t* input2, int8_t* output, mve_combination* combine,
                            const void* constants) {
  const int32_t* n = space->extent;
  const int32_t* s1 = space->stride1;
  const int32_t* s2 = space->stride2;
  if (space->same_shape) {
    mve_combine_run(input1, 1, input2, 1, output, n[0] * n[1] * n[2] * n[3], combine, constants);
    return;
  }
  for (int32_t i0 = 0; i0 < n[0]; ++i0) {
    for (int32_t i1 = 0; i1 < n[1]; ++i1) {
      for (int32_t i2 = 0; i2 < n[2]; ++i2) {
        const int8_t* a = input1 + i0 * s1[0] + i1 * s1[1] + i2 * s1[2];
        const int8_t* b = input2 + i0 * s2[0] + i1 * s2[1] + i2 * s2[2];
        mve_combine_run(a, s1[3], b, s2[3], output, n[3], combine, constants);
        output += n[3];
      }
    }
  }
}

#endif  // BOARDLESS_KERNELS_MVE_ELEMENTWISE_H_
