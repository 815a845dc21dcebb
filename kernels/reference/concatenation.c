// CONCATENATION: rows of every input, one after the other, as bytes.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

static inline int32_t concatenate(const void* params, void* const* operands) {
  const struct bl_concatenation_params p = *(const struct bl_concatenation_params*)params;
  const int32_t* row_bytes = operands[0];
  void* const* inputs = operands + 2;
  int8_t* output = operands[2 + p.inputs];
  for (int32_t row = 0; row < p.rows; ++row) {
    for (int32_t i = 0; i < p.inputs; ++i) {
      memcpy(output, (const int8_t*)inputs[i] + row * row_bytes[i], (size_t)row_bytes[i]);
      output += row_bytes[i];
    }
  }
  return 0;
}

BL_ADDED_KERNEL(reference_concatenation_s8)
int32_t reference_concatenation_s8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  return concatenate(params, operands);
}

// Of elements of any other type.
BL_ADDED_KERNEL(reference_concatenation_b8)
int32_t reference_concatenation_b8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  return concatenate(params, operands);
}
