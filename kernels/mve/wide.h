// What the kernels on int16 with weights of int8 share: sums and their way to int16, bit for bit as
// the reference's sums of 64 bits.
//
// A product is at most 2^22, so that 511 of them fit 32 bits. The multiplier is cut to 16 bits, and
//   (sum * cut + 2^(right-1)) >> right = (sum * cut * 2^(32-right) + 2^31) >> 32
// is one VRMULH for shifts to the right of 16 to 32.
#ifndef BOARDLESS_KERNELS_MVE_WIDE_H_
#define BOARDLESS_KERNELS_MVE_WIDE_H_

#include "kernels/fixed_point.h"
#include "kernels/mve/vector.h"

enum { kMveWideTaps = 511, kMveHalfwords = 8 };

// Biases and multipliers of a layer's channels, one behind the other, in the form above.
struct mve_wide_outputs {
  int32_t* bias;
  int32_t* multiplier;
  int32_t offset, low, high;
};

MVE_INLINE int32_t mve_wide_bytes(int32_t channels) {
  return 2 * channels * (int32_t)sizeof(int32_t);
}

// Puts down what the channels need. Returns 0 if one of them cannot have the form: then all are
// summed in 64 bits. `per_channel` is 0 where all have the first multiplier and shift.
static inline int mve_put_wide_outputs(const struct mve_wide_outputs* outputs, int32_t channels,
                                       int32_t taps, int per_channel, void* const* operands) {
  const int64_t* bias = operands[2];
  const int32_t* multiplier = operands[3];
  const int32_t* shift = operands[4];
  if (taps > kMveWideTaps) return 0;
  const int32_t room = INT32_MAX - (taps << 22);
  for (int32_t c = 0; c < channels; ++c) {
    const int32_t scale = per_channel ? c : 0;
    const int32_t cut = multiplier[scale] < INT32_C(0x7fff0000)
                            ? (multiplier[scale] + (INT32_C(1) << 15)) >> 16
                            : 0x7fff;
    const int32_t right = 15 - shift[scale];
    const int64_t start = bias ? bias[c] : 0;
    if (right < 16 || right > 32 || start > room || start < -room) return 0;
    outputs->bias[c] = (int32_t)start;
    outputs->multiplier[c] = bl_shift_left(cut, 32 - right);
  }
  return 1;
}

// Rescales the sums of four channels from `c` on, of which `live` are stored.
MVE_INLINE void mve_store_wide(const struct mve_wide_outputs* outputs, int32_t c, int32x4_t sums,
                               int16_t* output, mve_pred16_t live) {
  const int32x4_t biased = vaddq_s32(sums, vldrwq_z_s32(outputs->bias + c, live));
  int32x4_t values = vrmulhq_s32(biased, vldrwq_z_s32(outputs->multiplier + c, live));
  values = vaddq_n_s32(values, outputs->offset);
  values = vmaxq_s32(values, vdupq_n_s32(outputs->low));
  values = vminq_s32(values, vdupq_n_s32(outputs->high));
  vstrhq_p_s32(output + c, values, live);
}

enum { kMveWideRows = 4 };

// Adds to four sums the products of `count` values with four rows of weights, `stride` bytes apart.
MVE_INLINE void mve_add_wide_rows(int32_t* sums, const int16_t* values, const int8_t* weights,
                                  int32_t stride, int32_t count) {
  const int8_t *w0 = weights, *w1 = w0 + stride, *w2 = w1 + stride, *w3 = w2 + stride;
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  for (; count > 0; count -= kMveHalfwords) {
    const mve_pred16_t live = vctp16q((uint32_t)count);
    const int16x8_t x = vldrhq_z_s16(values, live);
    s0 = vmladavaq_p_s16(s0, x, vldrbq_z_s16(w0, live), live);
    s1 = vmladavaq_p_s16(s1, x, vldrbq_z_s16(w1, live), live);
    s2 = vmladavaq_p_s16(s2, x, vldrbq_z_s16(w2, live), live);
    s3 = vmladavaq_p_s16(s3, x, vldrbq_z_s16(w3, live), live);
    values += kMveHalfwords;
    w0 += kMveHalfwords;
    w1 += kMveHalfwords;
    w2 += kMveHalfwords;
    w3 += kMveHalfwords;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
}

// The same in 64 bits.
MVE_INLINE void mve_add_long_rows(int64_t* sums, const int16_t* values, const int8_t* weights,
                                  int32_t stride, int32_t count) {
  for (int32_t row = 0; row < kMveWideRows; ++row, weights += stride) {
    const int16_t* x = values;
    const int8_t* w = weights;
    int64_t sum = sums[row];
    for (int32_t left = count; left > 0; left -= kMveHalfwords) {
      const mve_pred16_t live = vctp16q((uint32_t)left);
      sum = vmlaldavaq_p_s16(sum, vldrhq_z_s16(x, live), vldrbq_z_s16(w, live), live);
      x += kMveHalfwords;
      w += kMveHalfwords;
    }
    sums[row] = sum;
  }
}

// Rescales such sums of four channels from `c` on.
static inline void mve_store_long(const struct mve_wide_outputs* outputs, int32_t c,
                                  const int64_t* sums, int per_channel, void* const* operands,
                                  int16_t* output) {
  const int64_t* bias = operands[2];
  const int32_t *multiplier = operands[3], *shift = operands[4];
  for (int32_t i = c; i < c + kMveWideRows; ++i) {
    const int32_t scale = per_channel ? i : 0;
    const int64_t sum = sums[i - c] + (bias ? bias[i] : 0);
    const int32_t value = bl_rescale_wide(sum, multiplier[scale], shift[scale]) + outputs->offset;
    output[i] = (int16_t)bl_clamp(value, outputs->low, outputs->high);
  }
}

#endif  // BOARDLESS_KERNELS_MVE_WIDE_H_
