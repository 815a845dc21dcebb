// SUB on int8 for cores with the DSP extension, with broadcasting. Where the second input is the
// one without a shift, they are exchanged and the first is what is subtracted from.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/elementwise.h"
#include "kernels/dsp/requantize.h"
#include "kernels/dsp/scaled_sum.h"
#include "kernels/reference/reference_kernels.h"

// Rounding half away from zero is the same for either sign.
DSP_INLINE int32_t end(int32_t unshifted, int32_t shifted, const struct dsp_sum_constants* k) {
  const int32_t sum =
      dsp_high_multiply_subtract(shifted + (shifted >> 31), k->negative_power2, unshifted);
  return dsp_requantize_doubled(2 * sum, k->multiplier, k->power, k->offset);
}

DSP_INLINE int32_t subtract_shifted(int32_t a, int32_t b, const void* constants) {
  const struct dsp_sum_constants* k = constants;
  return end(dsp_scale_input(a, k->offset1, k->multiplier1),
             -dsp_scale_input(b, k->offset2, k->multiplier2), k);
}

// Of exchanged inputs.
DSP_INLINE int32_t subtract_from_shifted(int32_t b, int32_t a, const void* constants) {
  const struct dsp_sum_constants* k = constants;
  return end(-dsp_scale_input(b, k->offset1, k->multiplier1),
             dsp_scale_input(a, k->offset2, k->multiplier2), k);
}

DSP_INLINE int32_t subtract_unshifted(int32_t a, int32_t b, const void* constants) {
  const struct dsp_sum_constants* k = constants;
  const int32_t difference = dsp_scale_input(a, k->offset1, k->multiplier1) -
                             dsp_scale_input(b, k->offset2, k->multiplier2);
  return dsp_requantize_doubled(2 * difference, k->multiplier, k->power, k->offset);
}

BL_ADDED_KERNEL(dsp_sub_s8)
int32_t dsp_sub_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params* p = params;
  if (!dsp_takes_sum(p)) return reference_sub_s8(params, operands, scratch);
  int8_t* output = operands[2];
  if (p->input1_shift != 0) {
    const struct bl_add_params q = dsp_exchanged(p);
    const struct dsp_sum_constants constants = dsp_sum_constants_of(&q);
    dsp_combine(&q.broadcast, operands[1], operands[0], output, subtract_from_shifted, &constants);
  } else {
    const struct dsp_sum_constants constants = dsp_sum_constants_of(p);
    if (p->input2_shift == 0) {
      dsp_combine(&p->broadcast, operands[0], operands[1], output, subtract_unshifted, &constants);
    } else {
      dsp_combine(&p->broadcast, operands[0], operands[1], output, subtract_shifted, &constants);
    }
  }
  dsp_clamp_bytes(output, dsp_output_count(&p->broadcast), p->activation_min, p->activation_max);
  return 0;
}
