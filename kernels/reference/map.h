// Stamps the kernels of operators that make each element of their output of one element of their
// input.
#ifndef BOARDLESS_KERNELS_REFERENCE_MAP_H_
#define BOARDLESS_KERNELS_REFERENCE_MAP_H_

#include "kernels/abi_elementwise.h"

// int32_t NAME(params, operands, scratch), which stores function(element, params); PARAMS begins
// with the count of elements.
#define MAP_KERNEL(NAME, IN, OUT, PARAMS, FUNCTION)                                \
  BL_ADDED_KERNEL(NAME)                                                            \
  int32_t NAME(const void* params, void* const* operands, void* scratch) {         \
    const struct PARAMS p = *(const struct PARAMS*)params;                         \
    const IN* input = operands[0];                                                 \
    OUT* output = operands[1];                                                     \
    (void)scratch;                                                                 \
    for (int32_t i = 0; i < p.count; ++i) output[i] = (OUT)FUNCTION(input[i], &p); \
    return 0;                                                                      \
  }

#endif  // BOARDLESS_KERNELS_REFERENCE_MAP_H_
