// ADD and MUL on int16 of equal shapes, without zero points, for cores with the DSP extension.
#include "kernels/abi_elementwise.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/factor.h"
#include "kernels/dsp/simd.h"
#include "kernels/reference/reference_kernels.h"

struct factors {
  struct dsp_factor input1, input2, output;
  int32_t left_shift;
};

typedef int32_t combination(int32_t a, int32_t b, const struct factors* by);

// Inlined, and so is `combine`.
DSP_INLINE void combine_pairs(const int16_t* input1, const int16_t* input2, int16_t* output,
                              int32_t count, const struct factors* factors, int32_t low,
                              int32_t high, combination* combine) {
  const struct factors by = *factors;
  for (; count >= 2; count -= 2, input1 += 2, input2 += 2, output += 2) {
    const int32_t a = (int32_t)dsp_load_word(input1), b = (int32_t)dsp_load_word(input2);
    const int32_t first = bl_clamp(combine((int16_t)a, (int16_t)b, &by), low, high);
    const int32_t second = bl_clamp(combine(a >> 16, b >> 16, &by), low, high);
    dsp_store_word(output, dsp_pack_bottoms((uint32_t)first, (uint32_t)second));
  }
  if (count > 0) *output = (int16_t)bl_clamp(combine(*input1, *input2, &by), low, high);
}

static int32_t count_of(const struct bl_broadcast* space) {
  return space->extent[0] * space->extent[1] * space->extent[2] * space->extent[3];
}

static int is_right(int32_t multiplier, int32_t shift) {
  return dsp_is_factor(multiplier, shift) && shift < 0;
}

DSP_INLINE int32_t add_any(int32_t a, int32_t b, const struct factors* by, int right1, int right2) {
  const int32_t sum = dsp_scale(a << by->left_shift, by->input1, right1) +
                      dsp_scale(b << by->left_shift, by->input2, right2);
  return dsp_scale_right(sum, by->output, 0);
}

DSP_INLINE int32_t add_right_right(int32_t a, int32_t b, const struct factors* by) {
  return add_any(a, b, by, 1, 1);
}
DSP_INLINE int32_t add_right_left(int32_t a, int32_t b, const struct factors* by) {
  return add_any(a, b, by, 1, 0);
}
DSP_INLINE int32_t add_left_right(int32_t a, int32_t b, const struct factors* by) {
  return add_any(a, b, by, 0, 1);
}
DSP_INLINE int32_t add_left_left(int32_t a, int32_t b, const struct factors* by) {
  return add_any(a, b, by, 0, 0);
}

BL_ADDED_KERNEL(dsp_add_s16)
int32_t dsp_add_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params* p = params;
  if (!p->broadcast.same_shape || p->input1_offset != 0 || p->input2_offset != 0 ||
      p->output_offset != 0 || p->left_shift > 15 || p->input1_shift > 0 || p->input2_shift > 0 ||
      !dsp_is_factor(p->input1_multiplier, p->input1_shift) ||
      !dsp_is_factor(p->input2_multiplier, p->input2_shift) ||
      !is_right(p->output_multiplier, p->output_shift)) {
    return reference_add_s16(params, operands, scratch);
  }
  const struct factors by = {dsp_factor_of(p->input1_multiplier, p->input1_shift),
                             dsp_factor_of(p->input2_multiplier, p->input2_shift),
                             dsp_factor_of(p->output_multiplier, p->output_shift), p->left_shift};
  const int32_t count = count_of(&p->broadcast);
  const int32_t low = p->activation_min, high = p->activation_max;
  if (p->input1_shift < 0 && p->input2_shift < 0) {
    combine_pairs(operands[0], operands[1], operands[2], count, &by, low, high, add_right_right);
  } else if (p->input1_shift < 0) {
    combine_pairs(operands[0], operands[1], operands[2], count, &by, low, high, add_right_left);
  } else if (p->input2_shift < 0) {
    combine_pairs(operands[0], operands[1], operands[2], count, &by, low, high, add_left_right);
  } else {
    combine_pairs(operands[0], operands[1], operands[2], count, &by, low, high, add_left_left);
  }
  return 0;
}

DSP_INLINE int32_t multiply(int32_t a, int32_t b, const struct factors* by) {
  return dsp_scale_right(a * b, by->output, 0);
}

BL_ADDED_KERNEL(dsp_mul_s16)
int32_t dsp_mul_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_mul_params* p = params;
  if (!p->broadcast.same_shape || p->input1_offset != 0 || p->input2_offset != 0 ||
      p->output_offset != 0 || !is_right(p->output_multiplier, p->output_shift)) {
    return reference_mul_s16(params, operands, scratch);
  }
  const struct factors by = {.output = dsp_factor_of(p->output_multiplier, p->output_shift)};
  combine_pairs(operands[0], operands[1], operands[2], count_of(&p->broadcast), &by,
                p->activation_min, p->activation_max, multiply);
  return 0;
}
