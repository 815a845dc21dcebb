// The contract between the host and a kernel image: one entry per operator, called on the simulated
// core. Every struct has fixed-width fields only, so host and target agree on its layout.
//
//   int32_t <library>_<kernel>(const void* params, void* const* operands, void* scratch);
//   int32_t <library>_<kernel>_scratch_bytes(const void* params);        (optional; 0 when absent)
//   int32_t <library>_<kernel>_accepts(const void* params);              (optional; 1 when absent)
//
// <library> is `reference`, `scalar`, `dsp`, `mve` or that of an adapter (kernels/adapters);
// <kernel> is named in the comment over each struct. `operands` points to an array of addresses in
// the order the comment gives; an absent optional operand is null. `scratch` is 4-byte aligned and
// at least as large as <..>_scratch_bytes says. The return value is 0; another one says that the
// library refused. Where <..>_accepts returns 0 the library cannot do these parameters, and the
// reference kernel runs.
// Tensors are NHWC and dense, filters OHWI (depthwise: 1HWO), as in TFLite.
//
// Integer semantics are those of TFLite's reference operators with double rounding: a saturating
// rounding doubling high multiply, then a rounding right shift (round half away from zero).
// `shift` > 0 shifts left before the multiply, `shift` < 0 shifts right after it.
#ifndef BOARDLESS_KERNELS_ABI_H_
#define BOARDLESS_KERNELS_ABI_H_

#include <stdint.h>

#include "kernels/abi_movement.h"

// For the definition of a kernel that is added to the bundled libraries: the kernels that were
// there before keep their addresses, so that a new operator changes no prediction of another.
#define BL_ADDED_KERNEL(name) __attribute__((section(".behind." #name)))

#ifdef __cplusplus
extern "C" {
#endif

// conv_2d_s8, and on uint8 conv_2d_u8. Operands: input int8, filter int8, bias int32 or null,
// multiplier int32[output_c], shift int32[output_c], output int8.
struct bl_conv_2d_params {
  int32_t batches;
  int32_t input_h, input_w, input_c;
  int32_t output_h, output_w, output_c;
  int32_t filter_h, filter_w;
  int32_t stride_h, stride_w;
  int32_t dilation_h, dilation_w;
  int32_t pad_top, pad_left;
  int32_t input_offset;   // added to each input value: minus its zero point
  int32_t filter_offset;  // added to each filter value; 0 for int8
  int32_t output_offset;  // the output's zero point
  int32_t activation_min, activation_max;
};

// depthwise_conv_2d_s8. Operands as conv_2d_s8; output_c = input_c * depth_multiplier.
struct bl_depthwise_conv_2d_params {
  struct bl_conv_2d_params conv;
  int32_t depth_multiplier;
};

// What a fused activation lets through of a float.
struct bl_float_clamp {
  float min, max;
};

// grouped_conv_2d_s8: input and output channels fall into `groups` of equal size, and each group of
// output channels sees the input channels of its own; the filter's depth is input_c / groups.
// Operands as conv_2d_s8, of which this is the case of several groups.
//
// conv_2d_s16, in one group or several. Operands: input int16, filter int8, bias or null,
// multiplier, shift, output int16. Bias and sums have `sum_bits`: 64, which are rescaled as
// bl_rescale_wide (fixed_point.h) does, or 32. There are no offsets.
//
// conv_2d_f32. Operands: input, filter, bias or null, null, null, output, all float. Products are
// summed in the order of the filter and the bias is added last. `conv` says the geometry alone.
struct bl_grouped_conv_2d_params {
  struct bl_conv_2d_params conv;
  int32_t groups;
  int32_t sum_bits;
  struct bl_float_clamp activation;
};

// depthwise_conv_2d_s16 with sums of 64 bits, and depthwise_conv_2d_f32. Operands as conv_2d_s16
// and conv_2d_f32.
struct bl_typed_depthwise_conv_2d_params {
  struct bl_depthwise_conv_2d_params depthwise;
  struct bl_float_clamp activation;
};

// fully_connected_s8. Operands: input int8 [batches][input_depth], filter int8
// [output_depth][input_depth], bias int32 or null, multiplier int32[per_channel ? output_depth :
// 1], shift likewise, output int8.
struct bl_fully_connected_params {
  int32_t batches, input_depth, output_depth;
  int32_t input_offset, filter_offset, output_offset;
  int32_t per_channel;
  int32_t activation_min, activation_max;
};

// fully_connected_s16, fully_connected_f32. Operands as conv_2d_s16 and conv_2d_f32. Unlike a
// convolution's, the int16 input has an offset. Of floats only the extents count.
struct bl_typed_fully_connected_params {
  struct bl_fully_connected_params fully_connected;
  int32_t sum_bits;
  struct bl_float_clamp activation;
};

// transpose_conv_s8, transpose_conv_s16 (sums of 64 bits), transpose_conv_f32. Parameters: struct
// bl_grouped_conv_2d_params with one group and no dilation, where the padding is cut off the
// output. Operands as conv_2d_s8, conv_2d_s16 and conv_2d_f32.

// batch_matmul_s8, batch_matmul_s16 (without offsets), batch_matmul_f32. Operands: left, right,
// output. Matrices of `rows` times `depth` on the left and `columns` times `depth` on the right:
// operands that are not stored so are transposed first. The steps are from one matrix to the next
// along each dimension of the batch, 0 where an operand is the same for all.
struct bl_batch_matmul_params {
  int32_t batch[3];
  int32_t left_step[3], right_step[3];
  int32_t rows, columns, depth;
  int32_t transpose_left, transpose_right;
  int32_t left_matrices, right_matrices;  // stored
  int32_t matrix_rows;                    // of a stored matrix of the left operand
  int32_t left_offset, right_offset;
  int32_t output_offset, multiplier, shift;
};

// svdf_s8_s8, svdf_s8_s16 (weights over time and state of int16), svdf_f32. Operands: input
// [batches][inputs], feature weights [filters][inputs], time weights [filters][memory], bias or
// null, state [batches][filters][memory], which is changed, output [batches][filters / rank].
struct bl_svdf_params {
  int32_t batches, inputs, filters, rank, memory;
  int32_t input_offset;
  int32_t state_offset, state_multiplier, state_shift;
  int32_t output_offset, output_multiplier, output_shift;
  struct bl_float_clamp activation;
};

struct bl_multiplier {
  int32_t multiplier, shift;
};

// The gates of an LSTM, in the order in which its operands have them.
enum { BL_LSTM_INPUT, BL_LSTM_FORGET, BL_LSTM_CELL, BL_LSTM_OUTPUT, BL_LSTM_GATES };

// unidirectional_sequence_lstm_s8 and _s16 (with biases of int64): on weights of int8 and cells of
// int16. Operands: input, four weights of the input, four of the hidden state, four biases, hidden
// state and cell state, both changed, output.
struct bl_lstm_params {
  int32_t time_major;
  int32_t batches, steps, inputs, units;
  int32_t input_offset, hidden_offset;
  struct bl_multiplier input_product[BL_LSTM_GATES], hidden_product[BL_LSTM_GATES];
  struct bl_multiplier forget_by, input_by, hidden_by;
  int32_t cell_clip;                    // 0: none
  int32_t tanh_multiplier, tanh_shift;  // of the cells
};

// unidirectional_sequence_lstm_f32. Operands as those of integers, all float.
struct bl_float_lstm_params {
  int32_t time_major;
  int32_t batches, steps, inputs, units;
  float cell_clip;  // 0: none
};

// average_pool_2d_s8, max_pool_2d_s8. Operands: input int8, output int8. Taps in the padding do not
// count; the average rounds half away from zero.
struct bl_pool_2d_params {
  int32_t batches;
  int32_t input_h, input_w, channels;
  int32_t output_h, output_w;
  int32_t filter_h, filter_w;
  int32_t stride_h, stride_w;
  int32_t pad_top, pad_left;
  int32_t activation_min, activation_max;
};

// average_pool_2d_f32, max_pool_2d_f32, l2_pool_2d_f32 (the root of the mean square). Operands:
// input float, output float.
struct bl_float_pool_2d_params {
  struct bl_pool_2d_params pool;
  struct bl_float_clamp activation;
};

// A 4-D iteration space with a stride in elements for each input; 0 broadcasts that dimension.
// The output is dense. `same_shape` says that both inputs are dense and of the output's shape.
struct bl_broadcast {
  int32_t extent[4];
  int32_t stride1[4];
  int32_t stride2[4];
  int32_t same_shape;
};

// add_s8. Operands: input1 int8, input2 int8, output int8. Each input, offset added, is shifted
// left by `left_shift` and rescaled; the sum is rescaled to the output.
struct bl_add_params {
  struct bl_broadcast broadcast;
  int32_t left_shift;
  int32_t input1_offset, input1_multiplier, input1_shift;
  int32_t input2_offset, input2_multiplier, input2_shift;
  int32_t output_offset, output_multiplier, output_shift;
  int32_t activation_min, activation_max;
};

// mul_s8. Operands: input1 int8, input2 int8, output int8.
struct bl_mul_params {
  struct bl_broadcast broadcast;
  int32_t input1_offset, input2_offset;
  int32_t output_offset, output_multiplier, output_shift;
  int32_t activation_min, activation_max;
};

// softmax_s8. Operands: input int8 [rows][depth], output int8 (scale 1/256, zero point -128).
// Fixed-point exponential with 5 integer bits, as TFLite's reference operator.
struct bl_softmax_params {
  int32_t rows, depth;
  int32_t input_multiplier, input_left_shift;
  int32_t diff_min;  // a difference to the row's maximum below this contributes nothing
};

// copy_b8 (RESHAPE and other operators that only move bytes). Operands: input, output.
struct bl_copy_params {
  int32_t bytes;
};

// concatenation_s8, concatenation_b8. Operands: row_bytes int32[inputs], scales or null, input 0,
// input 1, …, output, all of one type. The output is `rows` rows; each is made of the next
// row_bytes[i] bytes of every input i in turn. `scales`: float[inputs][2], factor and offset that
// bring an input of another quantisation to the output's, for uint8 only.
struct bl_concatenation_params {
  int32_t inputs;
  int32_t rows;
  int32_t output_offset;  // the output's zero point
};

// pad_s8. Operands: input int8, output int8. Dimensions are left-padded to 4 with extent 1.
struct bl_pad_params {
  int32_t input_extent[4];
  int32_t before[4];
  int32_t after[4];
  int32_t pad_value;
};

// quantize_f32_s8, _u8, _s16. Operands: input float, output. round(x / scale) half away from zero,
// + zero point, clamped.
struct bl_quantize_params {
  int32_t count;
  float scale;
  int32_t zero_point;
};

// dequantize_s8_f32, _u8_f32, _s16_f32. Operands: input, output float: scale * (q - zero_point).
struct bl_dequantize_params {
  int32_t count;
  float scale;
  int32_t zero_point;
};

// requantize_IN_OUT (QUANTIZE between integers; RELU and RELU6 with their clamp). Operands: input,
// output. A left shift of an int32 wraps.
struct bl_requantize_params {
  int32_t count;
  int32_t input_offset;
  int32_t output_offset, output_multiplier, output_shift;
  int32_t activation_min, activation_max;
};

// mean_s8. Operands: input int8, output int8. The input seen as a 4-D dense array; dimensions with
// reduce[i] != 0 are averaged away. Sum, offset and division follow TFLite's quantized reference
// (the rescale includes 1/count).
struct bl_mean_params {
  int32_t extent[4];
  int32_t reduce[4];
  int32_t count;  // elements averaged into each output
  int32_t input_offset;
  int32_t output_offset, output_multiplier, output_shift;
};

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // BOARDLESS_KERNELS_ABI_H_
