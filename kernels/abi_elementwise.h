// The parameters of element-wise operators' kernels, of reductions and of what goes along rows,
// beside those in abi.h.
#ifndef BOARDLESS_KERNELS_ABI_ELEMENTWISE_H_
#define BOARDLESS_KERNELS_ABI_ELEMENTWISE_H_

#include "kernels/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

// add_s16, sub_s8, sub_s16, squared_difference_s8, squared_difference_s16: struct bl_add_params;
// a squared difference is squared before it is rescaled to the output. mul_s16, div_s8: struct
// bl_mul_params. Operands of these and of what follows: input1, input2, output.

// add_f32, sub_f32, mul_f32, div_f32.
struct bl_float_arithmetic_params {
  struct bl_broadcast broadcast;
  float activation_min, activation_max;
};

// add_s32, sub_s32, mul_s32, div_s32: plain integers, which wrap.
struct bl_integer_arithmetic_params {
  struct bl_broadcast broadcast;
  int32_t activation_min, activation_max;
};

// maximum_*, minimum_*, squared_difference_f32, squared_difference_s32, floor_div_f32,
// floor_mod_f32, prelu_f32; equal_* and the other comparisons, logical_and_bool, logical_or_bool,
// whose output is bool.
struct bl_binary_params {
  struct bl_broadcast broadcast;
};

// equal_s8 and the other comparisons of quantised values. Each, offset added, is shifted left by
// `left_shift` and rescaled.
struct bl_comparison_params {
  struct bl_broadcast broadcast;
  int32_t left_shift;
  int32_t input1_offset, input1_multiplier, input1_shift;
  int32_t input2_offset, input2_multiplier, input2_shift;
};

// prelu_s8, prelu_s16 (input, slopes int8, output). What is negative is multiplied by its slope.
struct bl_prelu_params {
  struct bl_broadcast broadcast;
  int32_t input_offset, slope_offset, output_offset;
  int32_t positive_multiplier, positive_shift;
  int32_t negative_multiplier, negative_shift;
};

// sqrt_f32, exp_f32, log_f32, sin_f32, cos_f32, logistic_f32, tanh_f32, elu_f32 and the other
// functions of one element without parameters. Operands: input, output.
// elu_s8. Operands: int8[256], its values for 0, 1, … 127, -128, … -1; input, output.
struct bl_map_params {
  int32_t count;
};

// clamp_s8, clamp_s16 (RELU6, which stays on its input's scale). Operands: input, output.
struct bl_clamp_params {
  int32_t count;
  int32_t low, high;
};

// leaky_relu_f32. Operands: input, output.
struct bl_leaky_relu_params {
  int32_t count;
  float slope;
};

// leaky_relu_s8, leaky_relu_s16. Operands: input, output.
struct bl_quantized_leaky_relu_params {
  int32_t count;
  int32_t input_offset, output_offset;
  int32_t positive_multiplier, positive_shift;
  int32_t negative_multiplier, negative_shift;
  int32_t negates;  // the slope is below 0
};

// hard_swish_s8: in 16-bit fixed point; exponents as `shift` elsewhere. Operands: input, output.
struct bl_hard_swish_params {
  int32_t count;
  int32_t input_offset, output_offset;
  int32_t output_multiplier, output_exponent;
  int32_t gate_multiplier, gate_exponent;  // to a scale where 3 is 32768
};

// rsqrt_s8, rsqrt_s16: struct bl_requantize_params, as abs_s8 and abs_s16. The reciprocal root of
// 0, and of what has none, is the largest value.

// logistic_s8, tanh_s8: inputs `radius` steps away from zero or more are at the limit; others are
// rescaled to Q4.27. logistic_s16, tanh_s16: inputs are multiplied and shifted right by
// `input_shift`, to steps of 1/3 of 2^-12. Operands: input, output.
struct bl_sigmoid_params {
  int32_t count;
  int32_t input_offset, radius;
  int32_t input_multiplier, input_shift;
};

// sum_f32, reduce_max_*, reduce_min_*, reduce_all_bool, mean_f32; sum_s8, sum_s16 and mean_s16
// have struct bl_mean_params. Operands: input, output. The input as a 4-D dense array, reduced
// along dimensions with reduce[i] != 0.
struct bl_reduce_params {
  int32_t extent[4];
  int32_t reduce[4];
  int32_t count;      // elements that become one
  int32_t is_window;  // a mean over height and width that stay as dimensions of extent 1
};

// How a quantised sum is formed, starting from the real zero.
struct bl_quantized_sum_params {
  int32_t left_shift;
  int32_t input_offset, input_multiplier, input_shift;
  int32_t output_offset, output_multiplier, output_shift;
};

// add_n_f32, add_n_s8. Operands: input 0, input 1, …, output.
struct bl_add_n_params {
  int32_t inputs;
  int32_t count;
  struct bl_quantized_sum_params scaling;
};

// cumsum_f32, cumsum_s8. Operands: input, output. Sums along `count` elements that are `inner`
// apart; of those before an element alone where `exclusive`, from the last on where `reverse`.
struct bl_cumsum_params {
  int32_t outer, count, inner;
  int32_t exclusive, reverse;
  struct bl_quantized_sum_params scaling;
};

// softmax_s8_s16: struct bl_softmax_params; output of scale 2^-16, zero point -32768. softmax_u8:
// the same; output of scale 1/256, zero point 0. softmax_s16: operands int16[513], exp over -10 to
// 0; int16[513], 1 / (1 + x) over 0 to 1; input, output, of scale 2^-15; shifts as elsewhere,
// diff_min unused.

// softmax_f32. Operands: input, output. Differences to the row's maximum are multiplied by `beta`.
struct bl_float_softmax_params {
  int32_t rows, depth;
  float beta;
};

// log_softmax_s8 (output of scale 1/16, zero point 127): differences as softmax_s8's. `back`
// brings a number in Q5.26 to the input's steps. Operands: input, output.
struct bl_log_softmax_params {
  int32_t rows, depth;
  int32_t input_multiplier, input_left_shift;
  int32_t back_multiplier, back_shift;
  int32_t diff_min;
};

// l2_normalization_f32, l2_normalization_s8 (output of scale 1/128), log_softmax_f32. Operands:
// input, output.
struct bl_rows_params {
  int32_t rows, depth;
  int32_t input_offset;
};

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // BOARDLESS_KERNELS_ABI_ELEMENTWISE_H_
