// Which channels of a layer the short form of requantize.h can compute, and their constants.
#ifndef BOARDLESS_KERNELS_DSP_CHANNELS_H_
#define BOARDLESS_KERNELS_DSP_CHANNELS_H_

#include <stdint.h>

#include "kernels/dsp/requantize.h"

// What is known of every sum of a layer.
struct dsp_sums {
  int32_t reach;      // no sum is further from its bias; negative if it could be 2^30
  int32_t low, high;  // the output's range, without its offset
  int32_t step_bits;  // 2^step_bits > reach + 1, see channels.c
};

// Sums of `terms` products of an int8 with an int8 plus `offset`.
static inline struct dsp_sums dsp_sums_of(int32_t terms, int32_t offset, int32_t output_offset,
                                          int32_t activation_min, int32_t activation_max) {
  const int64_t reach = (int64_t)terms * 128 * dsp_largest_with_offset(offset);
  struct dsp_sums sums = {-1, bl_max(activation_min, INT8_MIN) - output_offset,
                          bl_min(activation_max, INT8_MAX) - output_offset, 2};
  if (reach >> 30) return sums;
  sums.reach = (int32_t)reach;
  while (sums.reach + 1 >= INT32_C(1) << sums.step_bits) ++sums.step_bits;
  return sums;
}

// The bounds of the short form as they are.
DSP_INLINE int dsp_is_short(const struct dsp_sums* sums, int32_t bias, int32_t shift) {
  const int32_t room = (INT32_C(1) << 30) - 1 - sums->reach;
  return sums->reach >= 0 && bias <= room && bias >= -room && dsp_is_short_shift(shift);
}

int dsp_fit_step(struct dsp_channel* channel, const struct dsp_sums* sums, int32_t bias,
                 int32_t multiplier, int32_t shift);

// Puts down what a channel needs in the short form. Returns 0, and leaves the bias as it is and the
// power 0, if only the long form will do.
DSP_INLINE int dsp_put_channel(struct dsp_channel* channel, const struct dsp_sums* sums,
                               int32_t bias, int32_t multiplier, int32_t shift) {
  channel->bias = bias;
  channel->multiplier = multiplier;
  channel->power = 0;
  if (dsp_is_short(sums, bias, shift)) {
    channel->power = dsp_power_of_shift(shift);
    return 1;
  }
  return sums->reach >= 0 && shift >= -31 && dsp_fit_step(channel, sums, bias, multiplier, shift);
}

#endif  // BOARDLESS_KERNELS_DSP_CHANNELS_H_
