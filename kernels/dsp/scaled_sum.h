// What ADD and SUB on int8 share, for the parameters that TFLite derives: inputs shifted left by
// 20, and the input with the larger scale multiplied by a half, so without a shift to the right.
// The other input's rounding shift and the sum are one instruction, and its power is kept negative
// so that a shift by 1 fits:
//   sum + round(x / 2^e) = ((sum << 32) - (x + (x >> 31)) * -2^(32-e) + 2^31) >> 32
#ifndef BOARDLESS_KERNELS_DSP_SCALED_SUM_H_
#define BOARDLESS_KERNELS_DSP_SCALED_SUM_H_

#include "kernels/abi.h"
#include "kernels/dsp/elementwise.h"
#include "kernels/dsp/requantize.h"

enum { kDspLeftShift = 20 };

struct dsp_sum_constants {
  int32_t offset1, multiplier1;
  int32_t offset2, multiplier2, negative_power2;
  int32_t multiplier, power, offset;
};

// The high multiply of requantize.h on twice the shifted value, below 2^28 in all.
DSP_INLINE int32_t dsp_scale_input(int32_t value, int32_t offset, int32_t multiplier) {
  return dsp_high_multiply(bl_shift_left(value + offset, kDspLeftShift + 1), multiplier);
}

static int dsp_is_between(int32_t value, int32_t low, int32_t high) {
  return value >= low && value <= high;
}

// Zero points of int8 keep the inputs below 2^28 and their sum below 2^29.
static int dsp_takes_sum(const struct bl_add_params* p) {
  return p->left_shift == kDspLeftShift && dsp_is_between(p->input1_offset, -127, 128) &&
         dsp_is_between(p->input2_offset, -127, 128) && dsp_is_between(p->input1_shift, -31, 0) &&
         dsp_is_between(p->input2_shift, -31, 0) &&
         (p->input1_shift == 0 || p->input2_shift == 0) && dsp_is_between(p->output_shift, -31, -2);
}

// Exchanges the inputs, so that the first is the one without a shift.
static struct bl_add_params dsp_exchanged(const struct bl_add_params* p) {
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

// Of inputs of which the first has no shift.
DSP_INLINE struct dsp_sum_constants dsp_sum_constants_of(const struct bl_add_params* p) {
  return (struct dsp_sum_constants){p->input1_offset,
                                    p->input1_multiplier,
                                    p->input2_offset,
                                    p->input2_multiplier,
                                    (int32_t)-(uint32_t)dsp_power_of_shift(p->input2_shift),
                                    p->output_multiplier,
                                    dsp_power_of_shift(p->output_shift),
                                    p->output_offset};
}

#endif  // BOARDLESS_KERNELS_DSP_SCALED_SUM_H_
