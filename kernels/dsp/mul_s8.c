// MUL on int8 for cores with the DSP extension, with broadcasting.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/elementwise.h"
#include "kernels/dsp/requantize.h"
#include "kernels/reference/reference_kernels.h"

struct mul_constants {
  int32_t offset1, offset2;
  int32_t multiplier, power, offset;
};

DSP_INLINE int32_t mul_elements(int32_t a, int32_t b, const void* constants) {
  const struct mul_constants* k = constants;
  const int32_t product = (a + k->offset1) * (b + k->offset2);
  return dsp_requantize_doubled(2 * product, k->multiplier, k->power, k->offset);
}

static int is_zero_point(int32_t offset) { return offset >= -INT8_MAX && offset <= -INT8_MIN; }

int32_t dsp_mul_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_mul_params* p = params;
  if (!is_zero_point(p->input1_offset) || !is_zero_point(p->input2_offset) ||
      !dsp_is_short_shift(p->output_shift)) {
    return reference_mul_s8(params, operands, scratch);
  }
  const struct mul_constants constants = {p->input1_offset, p->input2_offset, p->output_multiplier,
                                          dsp_power_of_shift(p->output_shift), p->output_offset};
  dsp_combine(&p->broadcast, operands[0], operands[1], operands[2], mul_elements, &constants);
  dsp_clamp_bytes(operands[2], dsp_output_count(&p->broadcast), p->activation_min,
                  p->activation_max);
  return 0;
}
