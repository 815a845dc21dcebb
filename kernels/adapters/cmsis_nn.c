// Calls CMSIS-NN by the kernels' ABI (kernels/abi.h): its wrapper functions, which choose among its
// kernels as they do for TensorFlow Lite Micro. Written against the library's public headers; the
// HAS_… macros say what the version at hand has (cmsis_nn.yaml).
//
// The library reads dimensions, quantisation and clamp from structs of its own. Filling them is
// what TensorFlow Lite Micro's glue does on every call as well, so it belongs to the cost.
#include "arm_nnfunctions.h"
#include "kernels/abi.h"

// Convolutions -----------------------------------------------------------------------------------

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

// Fully connected --------------------------------------------------------------------------------

// The filter's `n` is what is accumulated over, its `c` the number of outputs.
static cmsis_nn_dims filter_dims(const struct bl_fully_connected_params* p) {
  const cmsis_nn_dims dims = {p->input_depth, 1, 1, p->output_depth};
  return dims;
}

int32_t cmsis_nn_fully_connected_s8_scratch_bytes(const void* params) {
  const cmsis_nn_dims filter = filter_dims(params);
  return arm_fully_connected_s8_get_buffer_size(&filter);
}

int32_t cmsis_nn_fully_connected_s8_accepts(const void* params) {
#ifdef HAS_PER_CHANNEL_FULLY_CONNECTED
  (void)params;
  return 1;
#else
  return !((const struct bl_fully_connected_params*)params)->per_channel;
#endif
}

int32_t cmsis_nn_fully_connected_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params* p = params;
  const cmsis_nn_fc_params fully_connected = {
      .input_offset = p->input_offset,
      .filter_offset = p->filter_offset,
      .output_offset = p->output_offset,
      .activation = {p->activation_min, p->activation_max},
  };
  const cmsis_nn_dims input = {p->batches, 1, 1, p->input_depth};
  const cmsis_nn_dims filter = filter_dims(p);
  const cmsis_nn_dims bias = {1, 1, 1, p->output_depth};
  const cmsis_nn_dims output = {p->batches, 1, 1, p->output_depth};
  const cmsis_nn_context context = {scratch, 0};
#ifdef HAS_VECTOR_SUM
  // Where the library wants the sums of the filter's rows (Helium), they depend on the input offset
  // and are made here; TensorFlow Lite Micro keeps them from its preparation when it has the room.
  if (arm_fully_connected_s8_get_buffer_size(&filter) > 0) {
    const int32_t status =
        (int32_t)arm_vector_sum_s8(scratch, p->input_depth, p->output_depth, operands[1],
                                   p->input_offset, p->filter_offset, operands[2]);
    if (status != 0) return status;
  }
#endif
#ifdef HAS_PER_CHANNEL_FULLY_CONNECTED
  const cmsis_nn_quant_params quantization = {operands[3], operands[4], p->per_channel};
  return arm_fully_connected_wrapper_s8(&context, &fully_connected, &quantization, &input,
                                        operands[0], &filter, operands[1], &bias, operands[2],
                                        &output, operands[5]);
#else
  const cmsis_nn_per_tensor_quant_params quantization = {*(const int32_t*)operands[3],
                                                         *(const int32_t*)operands[4]};
  return arm_fully_connected_s8(&context, &fully_connected, &quantization, &input, operands[0],
                                &filter, operands[1], &bias, operands[2], &output, operands[5]);
#endif
}

// Pooling ----------------------------------------------------------------------------------------

struct pooling {
  cmsis_nn_pool_params params;
  cmsis_nn_dims input, filter, output;
};

static struct pooling pooling_of(const struct bl_pool_2d_params* p) {
  const struct pooling pooling = {
      .params = {.stride = {.w = p->stride_w, .h = p->stride_h},
                 .padding = {.w = p->pad_left, .h = p->pad_top},
                 .activation = {p->activation_min, p->activation_max}},
      .input = {p->batches, p->input_h, p->input_w, p->channels},
      .filter = {1, p->filter_h, p->filter_w, 1},
      .output = {p->batches, p->output_h, p->output_w, p->channels},
  };
  return pooling;
}

static int32_t pools_batches(const struct bl_pool_2d_params* p) {
#ifdef HAS_BATCHED_POOLING
  (void)p;
  return 1;
#else
  return p->batches == 1;
#endif
}

int32_t cmsis_nn_average_pool_2d_s8_accepts(const void* params) { return pools_batches(params); }

int32_t cmsis_nn_average_pool_2d_s8_scratch_bytes(const void* params) {
  const struct bl_pool_2d_params* p = params;
  return arm_avgpool_s8_get_buffer_size(p->output_w, p->channels);
}

int32_t cmsis_nn_average_pool_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct pooling pooling = pooling_of(params);
  const cmsis_nn_context context = {scratch, 0};
  return arm_avgpool_s8(&context, &pooling.params, &pooling.input, operands[0], &pooling.filter,
                        &pooling.output, operands[1]);
}

int32_t cmsis_nn_max_pool_2d_s8_accepts(const void* params) { return pools_batches(params); }

int32_t cmsis_nn_max_pool_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct pooling pooling = pooling_of(params);
  const cmsis_nn_context context = {scratch, 0};
  return arm_max_pool_s8(&context, &pooling.params, &pooling.input, operands[0], &pooling.filter,
                         &pooling.output, operands[1]);
}

// Element by element -----------------------------------------------------------------------------

static int32_t elements(const struct bl_broadcast* space) {
  return space->extent[0] * space->extent[1] * space->extent[2] * space->extent[3];
}

// No broadcasting in the library.
int32_t cmsis_nn_add_s8_accepts(const void* params) {
  return ((const struct bl_add_params*)params)->broadcast.same_shape;
}

int32_t cmsis_nn_add_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params* p = params;
  (void)scratch;
  return arm_elementwise_add_s8(operands[0], operands[1], p->input1_offset, p->input1_multiplier,
                                p->input1_shift, p->input2_offset, p->input2_multiplier,
                                p->input2_shift, p->left_shift, operands[2], p->output_offset,
                                p->output_multiplier, p->output_shift, p->activation_min,
                                p->activation_max, elements(&p->broadcast));
}

int32_t cmsis_nn_mul_s8_accepts(const void* params) {
  return ((const struct bl_mul_params*)params)->broadcast.same_shape;
}

int32_t cmsis_nn_mul_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_mul_params* p = params;
  (void)scratch;
  return arm_elementwise_mul_s8(operands[0], operands[1], p->input1_offset, p->input2_offset,
                                operands[2], p->output_offset, p->output_multiplier,
                                p->output_shift, p->activation_min, p->activation_max,
                                elements(&p->broadcast));
}

// Softmax and movement ---------------------------------------------------------------------------

int32_t cmsis_nn_softmax_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params* p = params;
  (void)scratch;
  arm_softmax_s8(operands[0], p->rows, p->depth, p->input_multiplier, p->input_left_shift,
                 p->diff_min, operands[1]);
  return 0;
}

int32_t cmsis_nn_copy_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_copy_params* p = params;
  (void)scratch;
  // The planner may give both tensors the same place.
  if (operands[0] != operands[1]) arm_reshape_s8(operands[0], operands[1], (uint32_t)p->bytes);
  return 0;
}

#ifdef HAS_PAD
static cmsis_nn_dims dims_of(const int32_t* extent) {
  const cmsis_nn_dims dims = {extent[0], extent[1], extent[2], extent[3]};
  return dims;
}

int32_t cmsis_nn_pad_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_pad_params* p = params;
  const cmsis_nn_dims input = dims_of(p->input_extent);
  const cmsis_nn_dims before = dims_of(p->before);
  const cmsis_nn_dims after = dims_of(p->after);
  (void)scratch;
  return arm_pad_s8(operands[0], operands[1], (int8_t)p->pad_value, &input, &before, &after);
}
#endif
