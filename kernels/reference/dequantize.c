// DEQUANTIZE from int8 to float.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

int32_t reference_dequantize_s8_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_dequantize_params p = *(const struct bl_dequantize_params*)params;
  const int8_t* input = operands[0];
  float* output = operands[1];
  (void)scratch;
  for (int32_t i = 0; i < p.count; ++i) output[i] = p.scale * (float)(input[i] - p.zero_point);
  return 0;
}
