// QUANTIZE from float to int8.
#include <math.h>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

int32_t reference_quantize_f32_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_quantize_params p = *(const struct bl_quantize_params*)params;
  const float* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  // Clamped before the conversion, which is undefined for a float outside int32's range; a NaN
  // becomes the smallest value.
  const float smallest = (float)(INT8_MIN - p.zero_point);
  const float largest = (float)(INT8_MAX - p.zero_point);
  for (int32_t i = 0; i < p.count; ++i) {
    float rounded = roundf(input[i] / p.scale);
    if (!(rounded >= smallest)) rounded = smallest;
    if (rounded > largest) rounded = largest;
    output[i] = (int8_t)((int32_t)rounded + p.zero_point);
  }
  return 0;
}
