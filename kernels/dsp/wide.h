// Sums of int16 values times int8 weights: in 32 bits as long as they surely fit, then in 64, and
// from there to int16, bit for bit as the reference.
#ifndef BOARDLESS_KERNELS_DSP_WIDE_H_
#define BOARDLESS_KERNELS_DSP_WIDE_H_

#include <stdint.h>

#include "kernels/dsp/requantize.h"
#include "kernels/dsp/simd.h"
#include "kernels/fixed_point.h"

// Products are at most 2^22, so 511 of them stay below 2^31: this many steps of four, and a rest.
enum { kDspWideSteps = 120 };

// What a channel needs. In sums of 64 bits `multiplier` is cut to 16 bits and `shift` a right
// shift; or, where the sums surely fit 32 bits and one SMMULR is exact, `multiplier` is that of the
// SMMULR.
struct dsp_wide_channel {
  int64_t bias;
  int32_t multiplier;
  int16_t shift;
  int16_t is_short;
};

// `taps`: how many products a sum has.
DSP_INLINE void dsp_put_wide_channel(struct dsp_wide_channel* channel, const void* bias, int32_t c,
                                     int32_t multiplier, int32_t shift, int is_narrow,
                                     int32_t taps) {
  channel->is_short = 0;
  if (is_narrow) {
    channel->bias = bias ? ((const int32_t*)bias)[c] : 0;
    channel->multiplier = multiplier;
    channel->shift = (int16_t)shift;
    return;
  }
  const int32_t cut =
      multiplier < INT32_C(0x7fff0000) ? (multiplier + (INT32_C(1) << 15)) >> 16 : 0x7fff;
  const int32_t right = 15 - shift;
  channel->bias = bias ? ((const int64_t*)bias)[c] : 0;
  channel->multiplier = cut;
  channel->shift = (int16_t)right;
  if (taps > 4 * kDspWideSteps || right < 16 || right > 32) return;
  const int32_t room = INT32_MAX - (taps << 22);
  if (channel->bias > room || channel->bias < -room) return;
  // (sum * cut + 2^(right - 1)) >> right = (sum * cut * 2^(32 - right) + 2^31) >> 32.
  channel->multiplier = bl_shift_left(cut, 32 - right);
  channel->is_short = 1;
}

// A sum, the bias included, of a channel in the short form.
DSP_INLINE int16_t dsp_short_output(const struct dsp_wide_channel* channel, int32_t sum,
                                    int32_t offset, int32_t low, int32_t high) {
  return (int16_t)dsp_clamp(dsp_high_multiply(sum, channel->multiplier) + offset, low, high);
}

// A sum without the bias, of any channel.
DSP_INLINE int16_t dsp_wide_output(const struct dsp_wide_channel* channel, int64_t sum,
                                   int is_narrow, int32_t offset, int32_t low, int32_t high) {
  sum += channel->bias;
  if (channel->is_short) return dsp_short_output(channel, (int32_t)sum, offset, low, high);
  int32_t value;
  if (is_narrow) {
    value = dsp_rescale((int32_t)sum, channel->multiplier, channel->shift);
  } else {
    const int64_t half = INT64_C(1) << (channel->shift - 1);
    value = (int32_t)((sum * channel->multiplier + half) >> channel->shift);
  }
  return (int16_t)dsp_clamp(value + offset, low, high);
}

// Four values as the pairs that an SXTB16 of their weights meets.
DSP_INLINE uint32_t dsp_even_values(const int16_t* from) {
  return dsp_pack_bottoms(dsp_load_word(from), dsp_load_word(from + 2));
}
DSP_INLINE uint32_t dsp_odd_values(const int16_t* from) {
  return dsp_pack_tops(dsp_load_word(from), dsp_load_word(from + 2));
}

// Puts a row of `taps` >= 4 values in steps that are `step` words apart, their odd pairs `odd`
// words behind the even ones. A row that is no multiple of four ends with a step of its last four
// values, of which those that are done already are zero.
DSP_INLINE void dsp_put_wide_row(uint32_t* slot, int32_t step, int32_t odd, const int16_t* from,
                                 int32_t taps) {
  const int32_t tail = taps & 3;
  for (int32_t k = taps >> 2; k > 0; --k, from += 4, slot += step) {
    slot[0] = dsp_even_values(from);
    slot[odd] = dsp_odd_values(from);
  }
  if (tail) {
    from += tail - 4;
    slot[0] = tail == 1 ? 0 : dsp_even_values(from) & 0xffff0000u;
    slot[odd] = tail == 3 ? dsp_odd_values(from) : dsp_odd_values(from) & 0xffff0000u;
  }
}

#endif  // BOARDLESS_KERNELS_DSP_WIDE_H_
