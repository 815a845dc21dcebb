// REVERSE_V2 on elements of any width, along dimensions that lie side by side.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

#define REVERSE(bits)                                                                           \
  BL_ADDED_KERNEL(reference_reverse_b##bits)                                                    \
  int32_t reference_reverse_b##bits(const void* params, void* const* operands, void* scratch) { \
    const struct bl_reverse_params p = *(const struct bl_reverse_params*)params;                \
    const int##bits##_t* input = operands[0];                                                   \
    int##bits##_t* output = operands[1];                                                        \
    (void)scratch;                                                                              \
    for (int32_t i = 0; i < p.upper; ++i) {                                                     \
      if (p.lower > 1) {                                                                        \
        for (int32_t j = 0; j < p.middle; ++j) {                                                \
          memcpy(output + (i * p.middle + p.middle - 1 - j) * p.lower,                          \
                 input + (i * p.middle + j) * p.lower, (size_t)p.lower * sizeof *output);       \
        }                                                                                       \
        continue;                                                                               \
      }                                                                                         \
      const int##bits##_t* from = input + (i + 1) * p.middle;                                   \
      for (int32_t j = 0; j < p.middle; ++j) output[i * p.middle + j] = *--from;                \
    }                                                                                           \
    return 0;                                                                                   \
  }

REVERSE(8)
REVERSE(16)
REVERSE(32)
REVERSE(64)
