// FILL on elements of any width, and ZEROS_LIKE.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

#define FILL(bits)                                                                           \
  BL_ADDED_KERNEL(reference_fill_b##bits)                                                    \
  int32_t reference_fill_b##bits(const void* params, void* const* operands, void* scratch) { \
    const struct bl_fill_params* p = params;                                                 \
    const int##bits##_t value = *(const int##bits##_t*)operands[0];                          \
    int##bits##_t* output = operands[1];                                                     \
    (void)scratch;                                                                           \
    for (int32_t i = 0; i < p->count; ++i) output[i] = value;                                \
    return 0;                                                                                \
  }

FILL(8)
FILL(32)

BL_ADDED_KERNEL(reference_zeros_b8)
int32_t reference_zeros_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_fill_params* p = params;
  (void)scratch;
  memset(operands[0], 0, (size_t)p->count);
  return 0;
}
