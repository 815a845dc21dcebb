// ADD on int8 for cores with the DSP extension, with broadcasting.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/elementwise.h"
#include "kernels/dsp/requantize.h"
#include "kernels/dsp/scaled_sum.h"
#include "kernels/reference/reference_kernels.h"

DSP_INLINE int32_t add_shifted(int32_t a, int32_t b, const void* constants) {
  const struct dsp_sum_constants* k = constants;
  const int32_t x = dsp_scale_input(b, k->offset2, k->multiplier2);
  const int32_t sum = dsp_high_multiply_subtract(x + (x >> 31), k->negative_power2,
                                                 dsp_scale_input(a, k->offset1, k->multiplier1));
  return dsp_requantize_doubled(2 * sum, k->multiplier, k->power, k->offset);
}

DSP_INLINE int32_t add_unshifted(int32_t a, int32_t b, const void* constants) {
  const struct dsp_sum_constants* k = constants;
  const int32_t sum = dsp_scale_input(a, k->offset1, k->multiplier1) +
                      dsp_scale_input(b, k->offset2, k->multiplier2);
  return dsp_requantize_doubled(2 * sum, k->multiplier, k->power, k->offset);
}

int32_t dsp_add_s8(const void* params, void* const* operands, void* scratch) {
  struct bl_add_params p = *(const struct bl_add_params*)params;
  if (!dsp_takes_sum(&p)) return reference_add_s8(params, operands, scratch);
  const int8_t* input1 = operands[0];
  const int8_t* input2 = operands[1];
  if (p.input1_shift != 0) {
    p = dsp_exchanged(&p);
    input1 = operands[1];
    input2 = operands[0];
  }
  const struct dsp_sum_constants constants = dsp_sum_constants_of(&p);
  if (p.input2_shift == 0) {
    dsp_combine(&p.broadcast, input1, input2, operands[2], add_unshifted, &constants);
  } else {
    dsp_combine(&p.broadcast, input1, input2, operands[2], add_shifted, &constants);
  }
  dsp_clamp_bytes(operands[2], dsp_output_count(&p.broadcast), p.activation_min, p.activation_max);
  return 0;
}
