// ADD on int8 for cores with the DSP extension, with broadcasting.
//
// Made for the parameters that TFLite derives: inputs shifted left by 20, and the input with the
// larger scale multiplied by a half, so without a shift to the right. The other input's rounding
// shift and the sum are one instruction, and its power is kept negative so that a shift by 1 fits:
//   sum + round(x / 2^e) = ((sum << 32) - (x + (x >> 31)) * -2^(32-e) + 2^31) >> 32
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/elementwise.h"
#include "kernels/dsp/requantize.h"
#include "kernels/reference/reference_kernels.h"

enum { kLeftShift = 20 };

struct add_constants {
  int32_t offset1, multiplier1;
  int32_t offset2, multiplier2, negative_power2;
  int32_t multiplier, power, offset;
};

// The high multiply of requantize.h on twice the shifted value, below 2^28 in all.
DSP_INLINE int32_t scale(int32_t value, int32_t offset, int32_t multiplier) {
  return dsp_high_multiply(bl_shift_left(value + offset, kLeftShift + 1), multiplier);
}

DSP_INLINE int32_t add_shifted(int32_t a, int32_t b, const void* constants) {
  const struct add_constants* k = constants;
  const int32_t x = scale(b, k->offset2, k->multiplier2);
  const int32_t sum = dsp_high_multiply_subtract(x + (x >> 31), k->negative_power2,
                                                 scale(a, k->offset1, k->multiplier1));
  return dsp_requantize_doubled(2 * sum, k->multiplier, k->power, k->offset);
}

DSP_INLINE int32_t add_unshifted(int32_t a, int32_t b, const void* constants) {
  const struct add_constants* k = constants;
  const int32_t sum = scale(a, k->offset1, k->multiplier1) + scale(b, k->offset2, k->multiplier2);
  return dsp_requantize_doubled(2 * sum, k->multiplier, k->power, k->offset);
}

static int is_between(int32_t value, int32_t low, int32_t high) {
  return value >= low && value <= high;
}

// Zero points of int8 keep the inputs below 2^28 and their sum below 2^29.
static int is_taken(const struct bl_add_params* p) {
  return p->left_shift == kLeftShift && is_between(p->input1_offset, -127, 128) &&
         is_between(p->input2_offset, -127, 128) && is_between(p->input1_shift, -31, 0) &&
         is_between(p->input2_shift, -31, 0) && (p->input1_shift == 0 || p->input2_shift == 0) &&
         is_between(p->output_shift, -31, -2);
}

// Exchanges the inputs, so that the first is the one without a shift.
static struct bl_add_params exchanged(const struct bl_add_params* p) {
  struct bl_add_params q = *p;
  for (int i = 0; i < 4; ++i) {
    q.broadcast.stride1[i] = p->broadcast.stride2[i];
    q.broadcast.stride2[i] = p->broadcast.stride1[i];
  }
  q.input1_offset = p->input2_offset;
  q.input1_multiplier = p->input2_multiplier;
  q.input1_shift = p->input2_shift;
  q.input2_offset = p->input1_offset;
  q.input2_multiplier = p->input1_multiplier;
  q.input2_shift = p->input1_shift;
  return q;
}

int32_t dsp_add_s8(const void* params, void* const* operands, void* scratch) {
  struct bl_add_params p = *(const struct bl_add_params*)params;
  if (!is_taken(&p)) return reference_add_s8(params, operands, scratch);
  const int8_t* input1 = operands[0];
  const int8_t* input2 = operands[1];
  if (p.input1_shift != 0) {
    p = exchanged(&p);
    input1 = operands[1];
    input2 = operands[0];
  }
  const struct add_constants constants = {p.input1_offset,
                                          p.input1_multiplier,
                                          p.input2_offset,
                                          p.input2_multiplier,
                                          (int32_t)-(uint32_t)dsp_power_of_shift(p.input2_shift),
                                          p.output_multiplier,
                                          dsp_power_of_shift(p.output_shift),
                                          p.output_offset};
  if (p.input2_shift == 0) {
    dsp_combine(&p.broadcast, input1, input2, operands[2], add_unshifted, &constants);
  } else {
    dsp_combine(&p.broadcast, input1, input2, operands[2], add_shifted, &constants);
  }
  dsp_clamp_bytes(operands[2], dsp_output_count(&p.broadcast), p.activation_min, p.activation_max);
  return 0;
}
