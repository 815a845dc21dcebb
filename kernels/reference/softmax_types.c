// SOFTMAX on what softmax.c has not, row by row.
#include "kernels/abi_elementwise.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/softmax_exp.h"

// Shares of the row's sum in units of 2^-bits, from `lowest` up.
#define DEFINE_SOFTMAX(name, In, Out, bits, lowest, highest)                              \
  BL_ADDED_KERNEL(name)                                                                   \
  int32_t name(const void* params, void* const* operands, void* scratch) {                \
    const struct bl_softmax_params p = *(const struct bl_softmax_params*)params;          \
    const In* input = operands[0];                                                        \
    Out* output = operands[1];                                                            \
    (void)scratch;                                                                        \
    for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {     \
      int32_t largest = input[0];                                                         \
      for (int32_t i = 1; i < p.depth; ++i) largest = bl_max(largest, input[i]);          \
      int32_t sum = 0;                                                                    \
      for (int32_t i = 0; i < p.depth; ++i) {                                             \
        const int32_t difference = input[i] - largest;                                    \
        if (difference < p.diff_min) continue;                                            \
        sum += bl_rounding_shift_right(scaled_exp(difference, &p), kSumIntegerBits);      \
      }                                                                                   \
      int32_t bits_over_unit;                                                             \
      int32_t reciprocal = bl_reciprocal(sum, kSumIntegerBits, &bits_over_unit);          \
      int32_t exponent = bits_over_unit + 31 - (bits);                                    \
      if (exponent > 31) { /* every share is below half a unit */                         \
        reciprocal = 0;                                                                   \
        exponent = 31;                                                                    \
      }                                                                                   \
      for (int32_t i = 0; i < p.depth; ++i) {                                             \
        const int32_t difference = input[i] - largest;                                    \
        int32_t result = lowest;                                                          \
        if (difference >= p.diff_min) {                                                   \
          const int32_t share = bl_high_multiply(reciprocal, scaled_exp(difference, &p)); \
          result += bl_rounding_shift_right(share, exponent);                             \
        }                                                                                 \
        output[i] = (Out)bl_clamp(result, lowest, highest);                               \
      }                                                                                   \
    }                                                                                     \
    return 0;                                                                             \
  }

DEFINE_SOFTMAX(reference_softmax_s8_s16, int8_t, int16_t, 16, INT16_MIN, INT16_MAX)
DEFINE_SOFTMAX(reference_softmax_u8, uint8_t, uint8_t, 8, 0, UINT8_MAX)

// Between the two of 513 entries that are 128 steps apart around `at`.
static inline int32_t looked_up(const int16_t* table, int32_t at) {
  const int32_t index = 256 + (at >> 7);
  const int32_t low = table[index];
  return low + (((table[index + 1] - low) * (at & 127) + 64) >> 7);
}

BL_ADDED_KERNEL(reference_softmax_s16)
int32_t reference_softmax_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params p = *(const struct bl_softmax_params*)params;
  const int16_t* exponentials = operands[0];  // over -10 to 0
  const int16_t* reciprocals = operands[1];   // of 1 + x over 0 to 1
  const int16_t* input = operands[2];
  int16_t* output = operands[3];
  (void)scratch;
  for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {
    int32_t largest = INT16_MIN;
    for (int32_t i = 0; i < p.depth; ++i) largest = bl_max(largest, input[i]);
    int32_t sum = 0;  // Q16.15
    for (int32_t i = 0; i < p.depth; ++i) {
      const int32_t scaled = bl_rescale(input[i] - largest, p.input_multiplier, p.input_left_shift);
      output[i] = (int16_t)looked_up(exponentials, bl_clamp(scaled + 32767, INT16_MIN, INT16_MAX));
      sum += output[i];
    }
    const int32_t headroom = __builtin_clz((uint32_t)sum);
    const int32_t unit = (int32_t)((((int64_t)sum << (headroom - 1)) + (1 << 13)) >> 14);
    const int32_t reciprocal =
        looked_up(reciprocals, bl_clamp(unit - (1 << 15) - (1 << 16), INT16_MIN, INT16_MAX));
    const int32_t shift = 31 - headroom;
    for (int32_t i = 0; i < p.depth; ++i) {
      const int64_t share = (int64_t)output[i] * reciprocal + (INT64_C(1) << (shift - 1));
      output[i] = (int16_t)bl_clamp((int32_t)(share >> shift), 0, INT16_MAX);
    }
  }
  return 0;
}
