// UNIDIRECTIONAL_SEQUENCE_LSTM on floats: step by step, each gate the function of a product with
// the input and one with the hidden state.
#include <string.h>

#include "kernels/reference/float_functions.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/sums.h"

static inline void product(const float* values, const float* weights, const float* bias,
                           int32_t rows, int32_t depth, int32_t units, float* results) {
  for (int32_t row = 0; row < rows; ++row) {
    for (int32_t unit = 0; unit < units; ++unit) {
      float sum = 0.0f;
      for (int32_t i = 0; i < depth; ++i)
        sum += values[row * depth + i] * weights[unit * depth + i];
      results[row * units + unit] = bias ? sum + bias[unit] : sum;
    }
  }
}

static inline void add(float* values, const float* others, int32_t count) {
  for (int32_t i = 0; i < count; ++i) values[i] = values[i] + others[i];
}

static inline void multiply(const float* a, const float* b, int32_t count, float* products) {
  for (int32_t i = 0; i < count; ++i) products[i] = a[i] * b[i];
}

static inline void apply_logistic(float* values, int32_t count) {
  for (int32_t i = 0; i < count; ++i) values[i] = bl_logistic_f32(values[i]);
}

static inline void apply_tanh(const float* values, int32_t count, float* results) {
  for (int32_t i = 0; i < count; ++i) results[i] = tanhf(values[i]);
}

static inline void clip(float* values, float limit, int32_t count) {
  if (!(limit > 0.0f)) return;
  const struct bl_float_clamp to = {-limit, limit};
  for (int32_t i = 0; i < count; ++i) values[i] = bl_clamp_float(values[i], to);
}

// Operands: the input; the input's weights by gate; the hidden state's; the biases; hidden state,
// cell state and output.
static inline void gate(const struct bl_float_lstm_params* p, void* const* operands, int number,
                        const float* input, const float* hidden, int32_t rows, float* result,
                        float* other) {
  product(input, operands[1 + number], operands[9 + number], rows, p->inputs, p->units, result);
  product(hidden, operands[5 + number], 0, rows, p->units, p->units, other);
  add(result, other, rows * p->units);
  if (number == BL_LSTM_CELL) {
    apply_tanh(result, rows * p->units, result);
  } else {
    apply_logistic(result, rows * p->units);
  }
}

static inline void step_of(const struct bl_float_lstm_params* p, void* const* operands,
                           int32_t rows, const float* input, float* hidden, float* cell,
                           float* scratch, float* output) {
  const int32_t count = rows * p->units;
  float* first = scratch;
  float* second = first + p->batches * p->units;
  float* third = second + p->batches * p->units;
  float* other = third + p->batches * p->units;
  gate(p, operands, BL_LSTM_FORGET, input, hidden, rows, first, other);
  gate(p, operands, BL_LSTM_INPUT, input, hidden, rows, second, other);
  gate(p, operands, BL_LSTM_CELL, input, hidden, rows, third, other);
  multiply(first, cell, count, cell);
  multiply(second, third, count, second);
  add(cell, second, count);
  clip(cell, p->cell_clip, count);
  gate(p, operands, BL_LSTM_OUTPUT, input, hidden, rows, second, other);
  apply_tanh(cell, count, first);
  multiply(first, second, count, hidden);
  memcpy(output, hidden, (size_t)count * sizeof *hidden);
}

BL_TYPED_KERNEL(reference_unidirectional_sequence_lstm_f32_scratch_bytes)
int32_t reference_unidirectional_sequence_lstm_f32_scratch_bytes(const void* params) {
  const struct bl_float_lstm_params* p = params;
  return 4 * p->batches * p->units * (int32_t)sizeof(float);
}

BL_TYPED_KERNEL(reference_unidirectional_sequence_lstm_f32)
int32_t reference_unidirectional_sequence_lstm_f32(const void* params, void* const* operands,
                                                   void* scratch) {
  const struct bl_float_lstm_params* p = params;
  const float* input = operands[0];
  float* hidden = operands[13];
  float* cell = operands[14];
  float* output = operands[15];
  /* With time first, all batches take a step together. */
  const int32_t rows = p->time_major ? p->batches : 1;
  for (int32_t batch = 0; batch < p->batches; batch += rows) {
    for (int32_t step = 0; step < p->steps; ++step) {
      step_of(p, operands, rows, input, hidden, cell, scratch, output);
      input += rows * p->inputs;
      output += rows * p->units;
    }
    hidden += p->units;
    cell += p->units;
  }
  return 0;
}
