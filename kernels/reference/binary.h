// Stamps the kernels of element-wise operators with two inputs. A row of the innermost loop is one
// of three, as in TFLite: either input may be one element for all of it.
#ifndef BOARDLESS_KERNELS_REFERENCE_BINARY_H_
#define BOARDLESS_KERNELS_REFERENCE_BINARY_H_

#include "kernels/abi_elementwise.h"

static inline int32_t binary_row(const int32_t* stride, int32_t i, int32_t j, int32_t k) {
  return i * stride[0] + j * stride[1] + k * stride[2];
}

// int32_t NAME(params, operands, scratch), which stores combine(a, b, params) for every element of
// the output; PARAMS begins with the iteration space.
#define BINARY_KERNEL(NAME, A, B, OUT, PARAMS, COMBINE)                                       \
  BL_ADDED_KERNEL(NAME)                                                                       \
  int32_t NAME(const void* params, void* const* operands, void* scratch) {                    \
    const struct PARAMS p = *(const struct PARAMS*)params;                                    \
    const struct bl_broadcast* space = &p.broadcast;                                          \
    const int32_t* n = space->extent;                                                         \
    const A* input1 = operands[0];                                                            \
    const B* input2 = operands[1];                                                            \
    OUT* output = operands[2];                                                                \
    (void)scratch;                                                                            \
    if (space->same_shape) {                                                                  \
      const int32_t count = n[0] * n[1] * n[2] * n[3];                                        \
      for (int32_t i = 0; i < count; ++i) output[i] = (OUT)COMBINE(input1[i], input2[i], &p); \
      return 0;                                                                               \
    }                                                                                         \
    for (int32_t i = 0; i < n[0]; ++i) {                                                      \
      for (int32_t j = 0; j < n[1]; ++j) {                                                    \
        for (int32_t k = 0; k < n[2]; ++k) {                                                  \
          const A* a = input1 + binary_row(space->stride1, i, j, k);                          \
          const B* b = input2 + binary_row(space->stride2, i, j, k);                          \
          if (space->stride1[3] == 0) {                                                       \
            const A one = *a;                                                                 \
            for (int32_t l = 0; l < n[3]; ++l) output[l] = (OUT)COMBINE(one, b[l], &p);       \
          } else if (space->stride2[3] == 0) {                                                \
            const B one = *b;                                                                 \
            for (int32_t l = 0; l < n[3]; ++l) output[l] = (OUT)COMBINE(a[l], one, &p);       \
          } else {                                                                            \
            for (int32_t l = 0; l < n[3]; ++l) output[l] = (OUT)COMBINE(a[l], b[l], &p);      \
          }                                                                                   \
          output += n[3];                                                                     \
        }                                                                                     \
      }                                                                                       \
    }                                                                                         \
    return 0;                                                                                 \
  }

#endif  // BOARDLESS_KERNELS_REFERENCE_BINARY_H_
