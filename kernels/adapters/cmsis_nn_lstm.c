// LSTM layers of CMSIS-NN.
//
// What the offset of input and hidden state adds to each gate's sums is part of the bias that the
// library expects: it is worked out here once for all steps of a call, TensorFlow Lite Micro does
// it when it prepares.
#include "kernels/adapters/cmsis_nn.h"

#ifdef HAS_LSTM
struct lstm {
  cmsis_nn_lstm_params params;
  cmsis_nn_lstm_context context;
};

// Two vectors of int16, and the biases of every gate's two products.
static int32_t lstm_scratch_bytes(const struct bl_lstm_params* p, int32_t bias_bytes) {
  return 2 * words(2 * p->batches * p->units) + 2 * BL_LSTM_GATES * p->units * bias_bytes;
}

// Products of two gates are to stay within int16, since the library adds them without a limit, and
// it clips in any case, short of the least int16.
static int32_t accepts(const struct bl_lstm_params* p) {
  return p->input_by.shift <= -15 && p->cell_clip > 0;
}

// The steps of the cells' hyperbolic tangent: 3 times 2^shift.
static int32_t cell_shift(const struct bl_lstm_params* p) {
  if (p->tanh_shift > 0) return -p->tanh_shift;
  return 31 - __builtin_clz((uint32_t)p->tanh_multiplier / 3);
}

static struct lstm lstm_of(const struct bl_lstm_params* p, void* const* operands, char** scratch) {
  const int32_t vector = 2 * p->batches * p->units;
  const struct lstm lstm = {
      .params = {.time_major = p->time_major,
                 .batch_size = p->batches,
                 .time_steps = p->steps,
                 .input_size = p->inputs,
                 .hidden_size = p->units,
                 .input_offset = p->input_offset,
                 .forget_to_cell_multiplier = p->forget_by.multiplier,
                 .forget_to_cell_shift = p->forget_by.shift,
                 .input_to_cell_multiplier = p->input_by.multiplier,
                 .input_to_cell_shift = p->input_by.shift,
                 .cell_clip = p->cell_clip,
                 .cell_scale_power = cell_shift(p) - 12,
                 .output_multiplier = p->hidden_by.multiplier,
                 .output_shift = p->hidden_by.shift,
                 .output_offset = -p->hidden_offset},
      .context = {.temp1 = take(scratch, vector),
                  .temp2 = take(scratch, vector),
                  .cell_state = operands[14],
                  .hidden_state = operands[13]},
  };
  return lstm;
}

static cmsis_nn_lstm_gate gate_of(const struct bl_lstm_params* p, void* const* operands, int gate,
                                  const void* input_bias, const void* hidden_bias) {
  const cmsis_nn_lstm_gate result = {
      .input_multiplier = p->input_product[gate].multiplier,
      .input_shift = p->input_product[gate].shift,
      .input_weights = operands[1 + gate],
      .input_effective_bias = input_bias,
      .hidden_multiplier = p->hidden_product[gate].multiplier,
      .hidden_shift = p->hidden_product[gate].shift,
      .hidden_weights = operands[5 + gate],
      .hidden_effective_bias = hidden_bias,
      .bias = operands[9 + gate],
      .activation_type = gate == BL_LSTM_CELL ? ARM_TANH : ARM_SIGMOID,
  };
  return result;
}

static cmsis_nn_lstm_gate gate_s8(const struct bl_lstm_params* p, void* const* operands, int gate,
                                  char** scratch) {
  int32_t* input_bias = take(scratch, 4 * p->units);
  int32_t* hidden_bias = take(scratch, 4 * p->units);
  arm_vector_sum_s8(input_bias, p->inputs, p->units, operands[1 + gate], p->input_offset, 0,
                    operands[9 + gate]);
  arm_vector_sum_s8(hidden_bias, p->units, p->units, operands[5 + gate], p->hidden_offset, 0, 0);
  return gate_of(p, operands, gate, input_bias, hidden_bias);
}

int32_t cmsis_nn_unidirectional_sequence_lstm_s8_accepts(const void* params) {
  return accepts(params);
}

int32_t cmsis_nn_unidirectional_sequence_lstm_s8_scratch_bytes(const void* params) {
  return lstm_scratch_bytes(params, 4);
}

int32_t cmsis_nn_unidirectional_sequence_lstm_s8(const void* params, void* const* operands,
                                                 void* scratch) {
  const struct bl_lstm_params* p = params;
  char* left = scratch;
  struct lstm lstm = lstm_of(p, operands, &left);
  lstm.params.input_gate = gate_s8(p, operands, BL_LSTM_INPUT, &left);
  lstm.params.forget_gate = gate_s8(p, operands, BL_LSTM_FORGET, &left);
  lstm.params.cell_gate = gate_s8(p, operands, BL_LSTM_CELL, &left);
  lstm.params.output_gate = gate_s8(p, operands, BL_LSTM_OUTPUT, &left);
  return arm_lstm_unidirectional_s8(operands[0], operands[15], &lstm.params, &lstm.context);
}

static cmsis_nn_lstm_gate gate_s16(const struct bl_lstm_params* p, void* const* operands, int gate,
                                   char** scratch) {
  int64_t* input_bias = take(scratch, 8 * p->units);
  int64_t* hidden_bias = take(scratch, 8 * p->units);
  arm_vector_sum_s8_s64(input_bias, p->inputs, p->units, operands[1 + gate], p->input_offset,
                        operands[9 + gate]);
  arm_vector_sum_s8_s64(hidden_bias, p->units, p->units, operands[5 + gate], p->hidden_offset, 0);
  return gate_of(p, operands, gate, input_bias, hidden_bias);
}

int32_t cmsis_nn_unidirectional_sequence_lstm_s16_accepts(const void* params) {
  return accepts(params);
}

int32_t cmsis_nn_unidirectional_sequence_lstm_s16_scratch_bytes(const void* params) {
  return lstm_scratch_bytes(params, 8);
}

int32_t cmsis_nn_unidirectional_sequence_lstm_s16(const void* params, void* const* operands,
                                                  void* scratch) {
  const struct bl_lstm_params* p = params;
  char* left = scratch;
  struct lstm lstm = lstm_of(p, operands, &left);
  lstm.params.input_gate = gate_s16(p, operands, BL_LSTM_INPUT, &left);
  lstm.params.forget_gate = gate_s16(p, operands, BL_LSTM_FORGET, &left);
  lstm.params.cell_gate = gate_s16(p, operands, BL_LSTM_CELL, &left);
  lstm.params.output_gate = gate_s16(p, operands, BL_LSTM_OUTPUT, &left);
  return arm_lstm_unidirectional_s16(operands[0], operands[15], &lstm.params, &lstm.context);
}
#endif
