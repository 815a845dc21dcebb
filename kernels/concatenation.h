// CONCATENATION as copies of rows, one input after the other. Libraries bring their own copy.
#ifndef BOARDLESS_KERNELS_CONCATENATION_H_
#define BOARDLESS_KERNELS_CONCATENATION_H_

#include "kernels/abi.h"
#include "kernels/pad.h"

// Always inlined, and so is `copy`: it is no indirect call.
__attribute__((always_inline)) static inline int32_t bl_concatenate(const void* params,
                                                                    void* const* operands,
                                                                    bl_copy* copy) {
  const struct bl_concatenation_params* p = params;
  const int32_t* row_bytes = operands[0];
  int8_t* output = operands[2 + p->inputs];
  int32_t step = 0;
  for (int32_t i = 0; i < p->inputs; ++i) step += row_bytes[i];
  for (int32_t i = 0; i < p->inputs; ++i) {
    const int8_t* from = operands[2 + i];
    int8_t* to = output;
    const int32_t bytes = row_bytes[i];
    for (int32_t rows = p->rows; rows > 0; --rows) {
      copy(to, from, bytes);
      from += bytes;
      to += step;
    }
    output += bytes;
  }
  return 0;
}

#endif  // BOARDLESS_KERNELS_CONCATENATION_H_
