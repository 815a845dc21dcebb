// Convolutions of CMSIS-NN.
#include "kernels/adapters/cmsis_nn.h"

struct convolution {
  cmsis_nn_dims input, filter, bias, output;
};

static struct convolution convolution_dims(const struct bl_conv_2d_params* p) {
  const struct convolution dims = {
      .input = {p->batches, p->input_h, p->input_w, p->input_c},
      .filter = {p->output_c, p->filter_h, p->filter_w, p->input_c},
      .bias = {1, 1, 1, p->output_c},
      .output = {p->batches, p->output_h, p->output_w, p->output_c},
  };
  return dims;
}

static cmsis_nn_conv_params convolution_params(const struct bl_conv_2d_params* p) {
  const cmsis_nn_conv_params params = {
      .input_offset = p->input_offset,
      .output_offset = p->output_offset,
      .stride = {.w = p->stride_w, .h = p->stride_h},
      .padding = {.w = p->pad_left, .h = p->pad_top},
      .dilation = {.w = p->dilation_w, .h = p->dilation_h},
      .activation = {p->activation_min, p->activation_max},
  };
  return params;
}

int32_t cmsis_nn_conv_2d_s8_scratch_bytes(const void* params) {
  const struct bl_conv_2d_params* p = params;
  const struct convolution dims = convolution_dims(p);
  const cmsis_nn_conv_params convolution = convolution_params(p);
  return arm_convolve_wrapper_s8_get_buffer_size(&convolution, &dims.input, &dims.filter,
                                                 &dims.output);
}

int32_t cmsis_nn_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = params;
  const struct convolution dims = convolution_dims(p);
  const cmsis_nn_conv_params convolution = convolution_params(p);
  const cmsis_nn_per_channel_quant_params quantization = {operands[3], operands[4]};
  const cmsis_nn_context context = {scratch, 0};
  return arm_convolve_wrapper_s8(&context, &convolution, &quantization, &dims.input, operands[0],
                                 &dims.filter, operands[1], &dims.bias, operands[2], &dims.output,
                                 operands[5]);
}

static struct convolution depthwise_dims(const struct bl_conv_2d_params* p) {
  struct convolution dims = convolution_dims(p);
  const cmsis_nn_dims filter = {1, p->filter_h, p->filter_w, p->output_c};
  dims.filter = filter;
  return dims;
}

static cmsis_nn_dw_conv_params depthwise_params(const struct bl_depthwise_conv_2d_params* p) {
  const cmsis_nn_conv_params convolution = convolution_params(&p->conv);
  const cmsis_nn_dw_conv_params params = {
      .input_offset = convolution.input_offset,
      .output_offset = convolution.output_offset,
      .ch_mult = p->depth_multiplier,
      .stride = convolution.stride,
      .padding = convolution.padding,
      .dilation = convolution.dilation,
      .activation = convolution.activation,
  };
  return params;
}

int32_t cmsis_nn_depthwise_conv_2d_s8_scratch_bytes(const void* params) {
  const struct bl_depthwise_conv_2d_params* p = params;
  const struct convolution dims = depthwise_dims(&p->conv);
  const cmsis_nn_dw_conv_params depthwise = depthwise_params(p);
  return arm_depthwise_conv_wrapper_s8_get_buffer_size(&depthwise, &dims.input, &dims.filter,
                                                       &dims.output);
}

int32_t cmsis_nn_depthwise_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_depthwise_conv_2d_params* p = params;
  const struct convolution dims = depthwise_dims(&p->conv);
  const cmsis_nn_dw_conv_params depthwise = depthwise_params(p);
  const cmsis_nn_per_channel_quant_params quantization = {operands[3], operands[4]};
  const cmsis_nn_context context = {scratch, 0};
  return arm_depthwise_conv_wrapper_s8(&context, &depthwise, &quantization, &dims.input,
                                       operands[0], &dims.filter, operands[1], &dims.bias,
                                       operands[2], &dims.output, operands[5]);
}

#ifdef HAS_INT16_CONVOLUTION
int32_t cmsis_nn_conv_2d_s16_accepts(const void* params) {
  return ((const struct bl_grouped_conv_2d_params*)params)->groups == 1;
}

int32_t cmsis_nn_conv_2d_s16_scratch_bytes(const void* params) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct convolution dims = convolution_dims(&p->conv);
  const cmsis_nn_conv_params convolution = convolution_params(&p->conv);
  return arm_convolve_wrapper_s16_get_buffer_size(&convolution, &dims.input, &dims.filter,
                                                  &dims.output);
}

int32_t cmsis_nn_conv_2d_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct convolution dims = convolution_dims(&p->conv);
  const cmsis_nn_conv_params convolution = convolution_params(&p->conv);
  const cmsis_nn_per_channel_quant_params quantization = {operands[3], operands[4]};
  const cmsis_nn_bias_data bias = {operands[2], p->sum_bits == 32};
  const cmsis_nn_context context = {scratch, 0};
  return arm_convolve_wrapper_s16(&context, &convolution, &quantization, &dims.input, operands[0],
                                  &dims.filter, operands[1], &dims.bias, &bias, &dims.output,
                                  operands[5]);
}
#endif

#ifdef HAS_INT16_DEPTHWISE
int32_t cmsis_nn_depthwise_conv_2d_s16_scratch_bytes(const void* params) {
  const struct bl_typed_depthwise_conv_2d_params* p = params;
  const struct convolution dims = depthwise_dims(&p->depthwise.conv);
  const cmsis_nn_dw_conv_params depthwise = depthwise_params(&p->depthwise);
  return arm_depthwise_conv_wrapper_s16_get_buffer_size(&depthwise, &dims.input, &dims.filter,
                                                        &dims.output);
}

int32_t cmsis_nn_depthwise_conv_2d_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_typed_depthwise_conv_2d_params* p = params;
  const struct convolution dims = depthwise_dims(&p->depthwise.conv);
  const cmsis_nn_dw_conv_params depthwise = depthwise_params(&p->depthwise);
  const cmsis_nn_per_channel_quant_params quantization = {operands[3], operands[4]};
  const cmsis_nn_context context = {scratch, 0};
  return arm_depthwise_conv_wrapper_s16(&context, &depthwise, &quantization, &dims.input,
                                        operands[0], &dims.filter, operands[1], &dims.bias,
                                        operands[2], &dims.output, operands[5]);
}
#endif

#ifdef HAS_TRANSPOSE_CONV
// What is cut off along a dimension beside the same padding on both sides.
static int32_t uneven(int32_t input, int32_t stride, int32_t filter, int32_t output, int32_t pad) {
  const int32_t all = (input - 1) * stride + filter - output;
  return all > 2 * pad ? all - 2 * pad : 0;
}

static cmsis_nn_transpose_conv_params transposed_params(const struct bl_conv_2d_params* p) {
  const cmsis_nn_transpose_conv_params params = {
      .input_offset = p->input_offset,
      .output_offset = p->output_offset,
      .stride = {.w = p->stride_w, .h = p->stride_h},
      .padding = {.w = p->pad_left, .h = p->pad_top},
      .padding_offsets = {.w = uneven(p->input_w, p->stride_w, p->filter_w, p->output_w,
                                      p->pad_left),
                          .h = uneven(p->input_h, p->stride_h, p->filter_h, p->output_h,
                                      p->pad_top)},
      .dilation = {.w = 1, .h = 1},
      .activation = {p->activation_min, p->activation_max},
  };
  return params;
}

struct transposed_scratch {
  int32_t rows, filter;  // bytes
};

static struct transposed_scratch transposed_scratch(const struct bl_conv_2d_params* p) {
  const struct convolution dims = convolution_dims(p);
  const cmsis_nn_transpose_conv_params transposed = transposed_params(p);
  const struct transposed_scratch bytes = {
      words(arm_transpose_conv_s8_get_buffer_size(&transposed, &dims.input, &dims.filter,
                                                  &dims.output)),
      words(arm_transpose_conv_s8_get_reverse_conv_buffer_size(&transposed, &dims.input,
                                                               &dims.filter)),
  };
  return bytes;
}

// Every output is to be reached by a tap; and where the library does not make it a convolution, as
// much is to be cut off on both sides.
int32_t cmsis_nn_transpose_conv_s8_accepts(const void* params) {
  const struct bl_conv_2d_params* p = params;
  const int32_t h = (p->input_h - 1) * p->stride_h + p->filter_h - p->output_h - 2 * p->pad_top;
  const int32_t w = (p->input_w - 1) * p->stride_w + p->filter_w - p->output_w - 2 * p->pad_left;
  const int is_convolved = p->stride_h <= 2 && p->stride_w <= 2 && p->input_c > 16;
  return (h == 0 && w == 0) || (is_convolved && h >= 0 && w >= 0);
}

int32_t cmsis_nn_transpose_conv_s8_scratch_bytes(const void* params) {
  const struct transposed_scratch bytes = transposed_scratch(params);
  return bytes.rows + bytes.filter;
}

int32_t cmsis_nn_transpose_conv_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = &((const struct bl_grouped_conv_2d_params*)params)->conv;
  const struct convolution dims = convolution_dims(p);
  const cmsis_nn_transpose_conv_params transposed = transposed_params(p);
  const cmsis_nn_per_channel_quant_params quantization = {operands[3], operands[4]};
  const cmsis_nn_context rows = {scratch, 0};
  const cmsis_nn_context filter = {(char*)scratch + transposed_scratch(p).rows, 0};
  return arm_transpose_conv_wrapper_s8(&rows, &filter, &transposed, &quantization, &dims.input,
                                       operands[0], &dims.filter, operands[1], &dims.bias,
                                       operands[2], &dims.output, operands[5]);
}
#endif
