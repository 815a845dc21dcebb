// BROADCAST_TO on elements of any width, and the shapes that BROADCAST_ARGS joins.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

BL_ADDED_KERNEL(reference_broadcast_to_b8)
int32_t reference_broadcast_to_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_broadcast_to_params p = *(const struct bl_broadcast_to_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  for (int32_t i = 0; i < p.output_elements; ++i) {
    int32_t left = i, from = 0;
    for (int32_t d = 0; d < p.dimensions; ++d) {
      const int32_t at = left / p.output_stride[d];
      left %= p.output_stride[d];
      if (p.input_stride[d] != 0) from += at * p.input_stride[d];
    }
    memcpy(output + i * p.element_bytes, input + from * p.element_bytes, (size_t)p.element_bytes);
  }
  return 0;
}

#define BROADCAST_ARGS(bits)                                                                   \
  static inline int##bits##_t from_the_end_s##bits(const int##bits##_t* shape, int32_t count,  \
                                                   int32_t i) {                                \
    return count - 1 - i < 0 ? 1 : shape[count - 1 - i];                                       \
  }                                                                                            \
  BL_ADDED_KERNEL(reference_broadcast_args_s##bits)                                            \
  int32_t reference_broadcast_args_s##bits(const void* params, void* const* operands,          \
                                           void* scratch) {                                    \
    const struct bl_broadcast_args_params p = *(const struct bl_broadcast_args_params*)params; \
    int##bits##_t* output = operands[2];                                                       \
    (void)scratch;                                                                             \
    for (int32_t i = 0; i < p.output_count; ++i) {                                             \
      const int##bits##_t a = from_the_end_s##bits(operands[0], p.count1, i);                  \
      const int##bits##_t b = from_the_end_s##bits(operands[1], p.count2, i);                  \
      if (a != b && a != 1 && b != 1) return 1;                                                \
      output[p.output_count - 1 - i] = a == 1 ? b : a;                                         \
    }                                                                                          \
    return 0;                                                                                  \
  }

BROADCAST_ARGS(32)
BROADCAST_ARGS(64)
