// SOFTMAX on int16 for cores with the DSP extension: tables are looked up two entries at once.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/factor.h"
#include "kernels/dsp/simd.h"
#include "kernels/reference/reference_kernels.h"

// Between the two of 513 entries that are 128 steps apart around `at`, which is an int16:
// (low * (128 - part) + high * part + 64) / 128.
DSP_INLINE int32_t looked_up(const int16_t* table, int32_t at) {
  const uint32_t both = dsp_load_word(table + 256 + (at >> 7));
  const int32_t part = at & 127;
  return dsp_dot(both, dsp_pack_bottoms((uint32_t)(128 - part), (uint32_t)part), 64) >> 7;
}

static int32_t largest_of(const int16_t* input, int32_t count) {
  int32_t largest = INT16_MIN;
  for (int32_t i = 0; i < count; ++i) largest = bl_max(largest, input[i]);
  return largest;
}

// Stores a row's exponentials and returns their sum, in Q16.15.
DSP_INLINE int32_t store_exponentials(const int16_t* table, const int16_t* input, int32_t depth,
                                      struct dsp_factor by, int is_right, int16_t* output) {
  const int32_t largest = largest_of(input, depth);
  int32_t sum = 0;
  for (int32_t i = 0; i < depth; ++i) {
    const int32_t scaled = dsp_scale(input[i] - largest, by, is_right);
    const int32_t value = looked_up(table, dsp_saturate_to_int16(scaled + INT16_MAX));
    output[i] = (int16_t)value;
    sum += value;
  }
  return sum;
}

BL_ADDED_KERNEL(dsp_softmax_s16)
int32_t dsp_softmax_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params* p = params;
  if (!dsp_is_factor(p->input_multiplier, p->input_left_shift)) {
    return reference_softmax_s16(params, operands, scratch);
  }
  const struct dsp_factor by = dsp_factor_of(p->input_multiplier, p->input_left_shift);
  const int is_right = dsp_is_right(&by);
  const int16_t* exponentials = operands[0];  // over -10 to 0
  const int16_t* reciprocals = operands[1];   // of 1 + x over 0 to 1
  const int16_t* input = operands[2];
  int16_t* output = operands[3];
  const int32_t depth = p->depth;
  for (int32_t row = 0; row < p->rows; ++row, input += depth, output += depth) {
    const int32_t sum = is_right ? store_exponentials(exponentials, input, depth, by, 1, output)
                                 : store_exponentials(exponentials, input, depth, by, 0, output);
    const int32_t headroom = __builtin_clz((uint32_t)sum);
    const int32_t unit = (int32_t)((((int64_t)sum << (headroom - 1)) + (1 << 13)) >> 14);
    const int32_t reciprocal =
        looked_up(reciprocals, dsp_saturate_to_int16(unit - (1 << 15) - (1 << 16)));
    const int32_t shift = 31 - headroom, half = INT32_C(1) << (shift - 1);
    for (int32_t i = 0; i < depth; ++i) {
      output[i] = (int16_t)dsp_clamp((output[i] * reciprocal + half) >> shift, 0, INT16_MAX);
    }
  }
  return 0;
}
