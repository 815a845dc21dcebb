// QUANTIZE between int8 tensors for Helium; with its clamp also RELU and RELU6.
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"

int32_t mve_requantize_s8_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_requantize_params p = *(const struct bl_requantize_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  const int32x4_t low = vdupq_n_s32(p.activation_min), high = vdupq_n_s32(p.activation_max);
  for (int32_t count = p.count; count > 0; count -= kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)count);
    const int32x4_t value = vaddq_n_s32(vldrbq_z_s32(input, live), p.input_offset);
    const int32x4_t scaled = mve_rescale_all(value, p.output_multiplier, p.output_shift);
    vstrbq_p_s32(output, mve_finish(scaled, p.output_offset, low, high), live);
    input += kMveWords;
    output += kMveWords;
  }
  return 0;
}
