// TRANSPOSE on elements of any width, one dimension after the other.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

#define TRANSPOSE(bits)                                                                           \
  static void transpose_dimension_b##bits(const struct bl_transpose_params* p, int32_t dimension, \
                                          const int##bits##_t* input, int##bits##_t* output) {    \
    const int32_t extent = p->output_extent[dimension];                                           \
    const int32_t stride = p->input_stride[p->permutation[dimension]];                            \
    if (dimension == p->dimensions - 1 || dimension == BL_DIMENSIONS - 1) {                       \
      for (int32_t i = 0; i < extent; ++i, input += stride) output[i] = *input;                   \
      return;                                                                                     \
    }                                                                                             \
    for (int32_t i = 0; i < extent; ++i) {                                                        \
      transpose_dimension_b##bits(p, dimension + 1, input, output);                               \
      input += stride;                                                                            \
      output += p->output_stride[dimension];                                                      \
    }                                                                                             \
  }                                                                                               \
  BL_ADDED_KERNEL(reference_transpose_b##bits)                                                    \
  int32_t reference_transpose_b##bits(const void* params, void* const* operands, void* scratch) { \
    const struct bl_transpose_params p = *(const struct bl_transpose_params*)params;              \
    (void)scratch;                                                                                \
    transpose_dimension_b##bits(&p, 0, operands[0], operands[1]);                                 \
    return 0;                                                                                     \
  }

TRANSPOSE(8)
TRANSPOSE(16)
TRANSPOSE(32)
