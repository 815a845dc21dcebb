// QUANTIZE between int8 tensors; with its clamp also RELU and RELU6.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

int32_t reference_requantize_s8_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_requantize_params p = *(const struct bl_requantize_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  for (int32_t i = 0; i < p.count; ++i) {
    const int32_t value =
        bl_rescale(input[i] + p.input_offset, p.output_multiplier, p.output_shift) +
        p.output_offset;
    output[i] = (int8_t)bl_clamp(value, p.activation_min, p.activation_max);
  }
  return 0;
}
