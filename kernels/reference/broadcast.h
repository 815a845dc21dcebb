// Walks the iteration space of an element-wise operator with two inputs.
#ifndef BOARDLESS_KERNELS_REFERENCE_BROADCAST_H_
#define BOARDLESS_KERNELS_REFERENCE_BROADCAST_H_

#include "kernels/abi.h"

static inline int32_t broadcast_offset(const int32_t* stride, const int32_t* index) {
  return index[0] * stride[0] + index[1] * stride[1] + index[2] * stride[2] + index[3] * stride[3];
}

// Stores combine(a, b, params) for every element of the output. Inlined into each operator, so that
// `combine` is no indirect call.
__attribute__((always_inline)) static inline void broadcast_apply(
    const struct bl_broadcast* space, const int8_t* input1, const int8_t* input2, int8_t* output,
    int8_t (*combine)(int32_t, int32_t, const void*), const void* params) {
  const int32_t* n = space->extent;
  if (space->same_shape) {
    const int32_t count = n[0] * n[1] * n[2] * n[3];
    for (int32_t i = 0; i < count; ++i) output[i] = combine(input1[i], input2[i], params);
    return;
  }
  int32_t out = 0;
  int32_t index[4];
  for (index[0] = 0; index[0] < n[0]; ++index[0]) {
    for (index[1] = 0; index[1] < n[1]; ++index[1]) {
      for (index[2] = 0; index[2] < n[2]; ++index[2]) {
        for (index[3] = 0; index[3] < n[3]; ++index[3]) {
          output[out++] = combine(input1[broadcast_offset(space->stride1, index)],
                                  input2[broadcast_offset(space->stride2, index)], params);
        }
      }
    }
  }
}

#endif  // BOARDLESS_KERNELS_REFERENCE_BROADCAST_H_
