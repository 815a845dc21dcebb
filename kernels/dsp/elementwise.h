// Walks the iteration space of an element-wise operator with two inputs, row by row.
#ifndef BOARDLESS_KERNELS_DSP_ELEMENTWISE_H_
#define BOARDLESS_KERNELS_DSP_ELEMENTWISE_H_

#include "kernels/abi.h"
#include "kernels/dsp/simd.h"

// Stores combine(a, b, constants), saturated to int8 already, for every element of the output.
// Always inlined, and so is `combine`: neither is an indirect call.
DSP_INLINE void dsp_combine(const struct bl_broadcast* space, const int8_t* input1,
                            const int8_t* input2, int8_t* output,
                            int32_t (*combine)(int32_t, int32_t, const void*),
                            const void* constants) {
  const int32_t* n = space->extent;
  if (space->same_shape) {
    int32_t count = n[0] * n[1] * n[2] * n[3];
    for (; count >= 4; count -= 4, input1 += 4, input2 += 4, output += 4) {
      const uint32_t a = dsp_load_word(input1), b = dsp_load_word(input2);
      output[0] = (int8_t)combine((int8_t)a, (int8_t)b, constants);
      output[1] = (int8_t)combine((int8_t)(a >> 8), (int8_t)(b >> 8), constants);
      output[2] = (int8_t)combine((int8_t)(a >> 16), (int8_t)(b >> 16), constants);
      output[3] = (int8_t)combine((int32_t)a >> 24, (int32_t)b >> 24, constants);
    }
    for (; count > 0; --count) *output++ = (int8_t)combine(*input1++, *input2++, constants);
    return;
  }
  const int32_t* s1 = space->stride1;
  const int32_t* s2 = space->stride2;
  for (int32_t i0 = 0; i0 < n[0]; ++i0) {
    for (int32_t i1 = 0; i1 < n[1]; ++i1) {
      for (int32_t i2 = 0; i2 < n[2]; ++i2) {
        const int8_t* a = input1 + i0 * s1[0] + i1 * s1[1] + i2 * s1[2];
        const int8_t* b = input2 + i0 * s2[0] + i1 * s2[1] + i2 * s2[2];
        for (int32_t i3 = n[3]; i3 > 0; --i3, a += s1[3], b += s2[3]) {
          *output++ = (int8_t)combine(*a, *b, constants);
        }
      }
    }
  }
}

DSP_INLINE int32_t dsp_output_count(const struct bl_broadcast* space) {
  return space->extent[0] * space->extent[1] * space->extent[2] * space->extent[3];
}

#endif  // BOARDLESS_KERNELS_DSP_ELEMENTWISE_H_
