// SPLIT and SPLIT_V on elements of any width.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

#define SPLIT(bits)                                                                           \
  BL_ADDED_KERNEL(reference_split_b##bits)                                                    \
  int32_t reference_split_b##bits(const void* params, void* const* operands, void* scratch) { \
    const struct bl_split_params p = *(const struct bl_split_params*)params;                  \
    const int32_t* row_elements = operands[0];                                                \
    const int##bits##_t* from = operands[1];                                                  \
    (void)scratch;                                                                            \
    for (int32_t k = 0; k < p.rows; ++k) {                                                    \
      for (int32_t i = 0; i < p.outputs; ++i) {                                               \
        const int32_t copied = row_elements[i];                                               \
        int##bits##_t* to = (int##bits##_t*)operands[2 + i] + k * copied;                     \
        for (int32_t j = 0; j < copied; ++j) to[j] = from[j];                                 \
        from += copied;                                                                       \
      }                                                                                       \
    }                                                                                         \
    return 0;                                                                                 \
  }

SPLIT(8)
SPLIT(16)
SPLIT(32)
