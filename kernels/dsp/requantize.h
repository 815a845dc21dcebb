// Rescaling of int32 sums to int8: bit for bit bl_rescale of kernels/fixed_point.h, in the fewest
// instructions that a layer's parameters allow.
//
// The short form takes 2 * sum and rests on two identities:
//   (sum * m + 2^30) >> 31 = (2 * sum * m + 2^31) >> 32              one SMMULR, while |sum| < 2^30
//   round(x / 2^e) half away from zero = (x + (x >> 31) + 2^(e-1)) >> e
//                                      = ((x + (x >> 31)) * 2^(32-e) + 2^31) >> 32   one SMMLAR
// The second needs 2^(32-e) to be an int32, so 2 <= e. What channels.h cannot bring inside those
// bounds takes the long form.
#ifndef BOARDLESS_KERNELS_DSP_REQUANTIZE_H_
#define BOARDLESS_KERNELS_DSP_REQUANTIZE_H_

#include <stdint.h>

#include "kernels/dsp/bytes.h"
#include "kernels/dsp/simd.h"
#include "kernels/fixed_point.h"

// What one output channel needs in the short form. The assembly of tiles.c knows this layout.
struct dsp_channel {
  int32_t bias;
  int32_t multiplier;
  int32_t power;  // 2^(32-e)
};

// bl_high_multiply in a 64-bit multiply-accumulate and a shift.
DSP_INLINE int32_t dsp_doubling_high_multiply(int32_t a, int32_t b) {
  if (a == INT32_MIN && b == INT32_MIN) return INT32_MAX;
  return (int32_t)(((int64_t)a * b + (INT64_C(1) << 30)) >> 31);
}

// The long form, for any sum, multiplier and shift.
DSP_INLINE int32_t dsp_rescale(int32_t sum, int32_t multiplier, int32_t shift) {
  const int32_t left = shift > 0 ? shift : 0;
  const int32_t right = shift > 0 ? 0 : -shift;
  return bl_rounding_shift_right(dsp_doubling_high_multiply(bl_shift_left(sum, left), multiplier),
                                 right);
}

// Only meant for the shifts of the short form; others give some number that nothing uses.
DSP_INLINE int32_t dsp_power_of_shift(int32_t shift) {
  return (int32_t)(UINT32_C(1) << ((32 + shift) & 31));
}

DSP_INLINE int dsp_is_short_shift(int32_t shift) { return shift <= -2 && shift >= -31; }

// The short form, saturated to int8. `doubled` is 2 * sum.
DSP_INLINE int32_t dsp_requantize_doubled(int32_t doubled, int32_t multiplier, int32_t power,
                                          int32_t output_offset) {
  const int32_t scaled = dsp_high_multiply(doubled, multiplier);
  return dsp_saturate_to_int8(dsp_high_multiply_add(scaled + (scaled >> 31), power, output_offset));
}

// The largest magnitude of an int8 plus `offset`.
DSP_INLINE int32_t dsp_largest_with_offset(int32_t offset) {
  return bl_max(127 + offset, 128 - offset);
}

// Clamps bytes that were saturated to int8 to a narrower range, four at a time.
static inline void dsp_clamp_bytes(int8_t* bytes, int32_t count, int32_t low, int32_t high) {
  if (low <= INT8_MIN && high >= INT8_MAX) return;
  const uint32_t lows = dsp_repeat_byte(low);
  const uint32_t highs = dsp_repeat_byte(high);
  for (; count >= 4; count -= 4, bytes += 4) {
    uint32_t word = dsp_load_word(bytes);
    uint32_t difference;
    // SSUB8 sets a GE flag for every lane that is not negative; SEL chooses by them.
    __asm__(
        "ssub8 %1, %0, %2\n\tsel %0, %0, %2\n\t"
        "ssub8 %1, %3, %0\n\tsel %0, %0, %3"
        : "+r"(word), "=&r"(difference)
        : "r"(lows), "r"(highs));
    dsp_store_word(bytes, word);
  }
  for (; count > 0; --count, ++bytes) *bytes = (int8_t)bl_clamp(*bytes, low, high);
}

#endif  // BOARDLESS_KERNELS_DSP_REQUANTIZE_H_
