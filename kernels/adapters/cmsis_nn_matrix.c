// Fully connected layers, products of matrices and SVDF of CMSIS-NN.
//
// Where the library wants the sums of the weights' rows (Helium), they depend on the input's offset
// and are made here; TensorFlow Lite Micro keeps them from its preparation when it has the room.
#include "kernels/adapters/cmsis_nn.h"

// The filter's `n` is what is accumulated over, its `c` the number of outputs.
static cmsis_nn_dims filter_dims(const struct bl_fully_connected_params* p) {
  const cmsis_nn_dims dims = {p->input_depth, 1, 1, p->output_depth};
  return dims;
}

static cmsis_nn_fc_params fully_connected_params(const struct bl_fully_connected_params* p) {
  const cmsis_nn_fc_params params = {
      .input_offset = p->input_offset,
      .filter_offset = p->filter_offset,
      .output_offset = p->output_offset,
      .activation = {p->activation_min, p->activation_max},
  };
  return params;
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
  const cmsis_nn_fc_params fully_connected = fully_connected_params(p);
  const cmsis_nn_dims input = {p->batches, 1, 1, p->input_depth};
  const cmsis_nn_dims filter = filter_dims(p);
  const cmsis_nn_dims bias = {1, 1, 1, p->output_depth};
  const cmsis_nn_dims output = {p->batches, 1, 1, p->output_depth};
  const cmsis_nn_context context = {scratch, 0};
#ifdef HAS_VECTOR_SUM
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

#ifdef HAS_INT16_FULLY_CONNECTED
int32_t cmsis_nn_fully_connected_s16_scratch_bytes(const void* params) {
  const struct bl_typed_fully_connected_params* p = params;
  const cmsis_nn_dims filter = filter_dims(&p->fully_connected);
  return arm_fully_connected_s16_get_buffer_size(&filter);
}

// The library knows no offsets of int16, nor what it would rescale by channel.
int32_t cmsis_nn_fully_connected_s16_accepts(const void* params) {
  const struct bl_typed_fully_connected_params* p = params;
  const struct bl_fully_connected_params* layer = &p->fully_connected;
  return p->sum_bits == 64 && !layer->per_channel && layer->input_offset == 0 &&
         layer->filter_offset == 0 && layer->output_offset == 0;
}

int32_t cmsis_nn_fully_connected_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params* p =
      &((const struct bl_typed_fully_connected_params*)params)->fully_connected;
  const cmsis_nn_fc_params fully_connected = fully_connected_params(p);
  const cmsis_nn_dims input = {p->batches, 1, 1, p->input_depth};
  const cmsis_nn_dims filter = filter_dims(p);
  const cmsis_nn_dims bias = {1, 1, 1, p->output_depth};
  const cmsis_nn_dims output = {p->batches, 1, 1, p->output_depth};
  const cmsis_nn_context context = {scratch, 0};
  const cmsis_nn_per_tensor_quant_params quantization = {*(const int32_t*)operands[3],
                                                         *(const int32_t*)operands[4]};
  return arm_fully_connected_s16(&context, &fully_connected, &quantization, &input, operands[0],
                                 &filter, operands[1], &bias, operands[2], &output, operands[5]);
}
#endif

#ifdef HAS_BATCH_MATMUL
struct product {
  cmsis_nn_dims left, right, output;
  cmsis_nn_bmm_params params;
  cmsis_nn_per_tensor_quant_params quantization;
};

static struct product product_of(const struct bl_batch_matmul_params* p, int32_t lowest,
                                 int32_t highest) {
  const struct product product = {
      .left = {p->left_step[1] ? p->batch[1] : 1, p->left_step[2] ? p->batch[2] : 1, p->rows,
               p->depth},
      .right = {p->right_step[1] ? p->batch[1] : 1, p->right_step[2] ? p->batch[2] : 1, p->columns,
                p->depth},
      .output = {p->batch[1], p->batch[2], p->rows, p->columns},
      .params = {.adj_x = false,
                 .adj_y = true,
                 .fc_params = {.input_offset = p->left_offset,
                               .filter_offset = p->right_offset,
                               .output_offset = p->output_offset,
                               .activation = {lowest, highest}}},
      .quantization = {p->multiplier, p->shift},
  };
  return product;
}

// Operands are to be stored as rows along the depth, in batches of two dimensions.
static int32_t multiplies(const struct bl_batch_matmul_params* p) {
  return !p->transpose_left && !p->transpose_right && p->batch[0] == 1;
}

int32_t cmsis_nn_batch_matmul_s8_accepts(const void* params) { return multiplies(params); }

int32_t cmsis_nn_batch_matmul_s8_scratch_bytes(const void* params) {
  const struct bl_batch_matmul_params* p = params;
  const cmsis_nn_dims filter = {p->depth, 1, 1, p->columns};
  return arm_fully_connected_s8_get_buffer_size(&filter);
}

int32_t cmsis_nn_batch_matmul_s8(const void* params, void* const* operands, void* scratch) {
  const struct product product = product_of(params, INT8_MIN, INT8_MAX);
  const cmsis_nn_context context = {scratch, 0};
  return arm_batch_matmul_s8(&context, &product.params, &product.quantization, &product.left,
                             operands[0], &product.right, operands[1], &product.output,
                             operands[2]);
}

int32_t cmsis_nn_batch_matmul_s16_accepts(const void* params) { return multiplies(params); }

int32_t cmsis_nn_batch_matmul_s16(const void* params, void* const* operands, void* scratch) {
  const struct product product = product_of(params, INT16_MIN, INT16_MAX);
  const cmsis_nn_context context = {scratch, 0};
  return arm_batch_matmul_s16(&context, &product.params, &product.quantization, &product.left,
                              operands[0], &product.right, operands[1], &product.output,
                              operands[2]);
}
#endif

#ifdef HAS_VECTOR_SUM
struct svdf {
  cmsis_nn_svdf_params params;
  cmsis_nn_per_tensor_quant_params input, output;
  cmsis_nn_dims input_dims, state, features, time, bias, output_dims;
  cmsis_nn_context filter_sums, unit_sums, row_sums;
};

// Unlike other operators', the input's offset is its zero point.
static struct svdf svdf_of(const struct bl_svdf_params* p, int32_t lowest, int32_t highest,
                           char* scratch) {
  const int32_t units = p->filters / p->rank;
  const struct svdf svdf = {
      .params = {.rank = p->rank,
                 .input_offset = -p->input_offset,
                 .output_offset = p->output_offset,
                 .input_activation = {lowest, highest},
                 .output_activation = {INT8_MIN, INT8_MAX}},
      .input = {p->state_multiplier, p->state_shift},
      .output = {p->output_multiplier, p->output_shift},
      .input_dims = {p->batches, p->inputs, 1, 1},
      .state = {p->batches, 1, 1, p->memory * p->filters},
      .features = {p->filters, p->inputs, 1, 1},
      .time = {p->filters, p->memory, 1, 1},
      .bias = {units, 1, 1, 1},
      .output_dims = {p->batches, units, 1, 1},
      .filter_sums = {take(&scratch, 4 * p->batches * p->filters), 0},
      .unit_sums = {take(&scratch, 4 * p->batches * units), 0},
      .row_sums = {scratch, 0},
  };
  return svdf;
}

static int32_t sum_bytes(const struct bl_svdf_params* p) {
  return 4 * p->batches * (p->filters + p->filters / p->rank);
}

int32_t cmsis_nn_svdf_s8_s8_accepts(const void* params) {
  return ((const struct bl_svdf_params*)params)->state_offset == 0;
}

int32_t cmsis_nn_svdf_s8_s8_scratch_bytes(const void* params) {
  const struct bl_svdf_params* p = params;
  const cmsis_nn_dims features = {p->filters, p->inputs, 1, 1};
  return sum_bytes(p) + arm_svdf_s8_get_buffer_size(&features);
}

int32_t cmsis_nn_svdf_s8_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_svdf_params* p = params;
  const struct svdf svdf = svdf_of(p, INT8_MIN, INT8_MAX, scratch);
  if (arm_svdf_s8_get_buffer_size(&svdf.features) > 0) {
    const int32_t status = (int32_t)arm_vector_sum_s8(svdf.row_sums.buf, p->inputs, p->filters,
                                                      operands[1], p->input_offset, 0, 0);
    if (status != 0) return status;
  }
  return arm_svdf_s8(&svdf.row_sums, &svdf.filter_sums, &svdf.unit_sums, &svdf.params, &svdf.input,
                     &svdf.output, &svdf.input_dims, operands[0], &svdf.state, operands[4],
                     &svdf.features, operands[1], &svdf.time, operands[2], &svdf.bias, operands[3],
                     &svdf.output_dims, operands[5]);
}

int32_t cmsis_nn_svdf_s8_s16_accepts(const void* params) {
  return ((const struct bl_svdf_params*)params)->state_offset == 0;
}

int32_t cmsis_nn_svdf_s8_s16_scratch_bytes(const void* params) { return sum_bytes(params); }

int32_t cmsis_nn_svdf_s8_s16(const void* params, void* const* operands, void* scratch) {
  const struct svdf svdf = svdf_of(params, INT16_MIN, INT16_MAX, scratch);
  return arm_svdf_state_s16_s8(&svdf.filter_sums, &svdf.unit_sums, &svdf.params, &svdf.input,
                               &svdf.output, &svdf.input_dims, operands[0], &svdf.state,
                               operands[4], &svdf.features, operands[1], &svdf.time, operands[2],
                               &svdf.bias, operands[3], &svdf.output_dims, operands[5]);
}
#endif
