// UNIDIRECTIONAL_SEQUENCE_LSTM on integers: step by step, each gate a product with the input and
// one with the hidden state, int16 of scale 2^-12, and its function, of scale 2^-15.
#include <string.h>

#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/sigmoid_s16.h"
#include "kernels/reference/sums.h"

static inline int16_t lstm_s16(int32_t value) {
  return (int16_t)bl_clamp(value, INT16_MIN, INT16_MAX);
}

static inline void lstm_add(int16_t* values, const int16_t* others, int32_t count) {
  for (int32_t i = 0; i < count; ++i) values[i] = lstm_s16(values[i] + others[i]);
}

static inline void lstm_multiply(const int16_t* a, const int16_t* b, struct bl_multiplier by,
                                 int32_t count, int16_t* products) {
  for (int32_t i = 0; i < count; ++i) {
    products[i] = lstm_s16(bl_rescale(a[i] * b[i], by.multiplier, by.shift));
  }
}

static inline void lstm_logistic(int16_t* values, int32_t count) {
  for (int32_t i = 0; i < count; ++i) {
    values[i] = bl_logistic_s16(bl_sigmoid_input(values[i], 3, 0));
  }
}

static inline void lstm_tanh(const int16_t* values, int32_t multiplier, int32_t shift,
                             int32_t count, int16_t* results) {
  for (int32_t i = 0; i < count; ++i) {
    results[i] = bl_tanh_s16(bl_sigmoid_input(values[i], multiplier, shift));
  }
}

static inline void lstm_clip(int16_t* values, int32_t limit, int32_t count) {
  if (limit <= 0) return;
  for (int32_t i = 0; i < count; ++i) values[i] = (int16_t)bl_clamp(values[i], -limit, limit);
}

// Rows of weights times `rows` vectors of `depth` values, `offset` added.
#define DEFINE_PRODUCT(name, Value, Sum, rescale)                                                \
  static inline void name(const Value* values, int32_t offset, const int8_t* weights,            \
                          const Sum* bias, struct bl_multiplier by, int32_t rows, int32_t depth, \
                          int32_t units, int16_t* results) {                                     \
    for (int32_t row = 0; row < rows; ++row) {                                                   \
      for (int32_t unit = 0; unit < units; ++unit) {                                             \
        Sum sum = 0;                                                                             \
        for (int32_t i = 0; i < depth; ++i) {                                                    \
          sum += weights[unit * depth + i] * (values[row * depth + i] + offset);                 \
        }                                                                                        \
        if (bias) sum += bias[unit];                                                             \
        results[row * units + unit] = lstm_s16(rescale(sum, by.multiplier, by.shift));           \
      }                                                                                          \
    }                                                                                            \
  }

// Operands: the input; the input's weights by gate; the hidden state's; the biases; hidden state,
// cell state and output.
#define DEFINE_LSTM(name, Value, Sum, rescale, lowest, highest)                                    \
  DEFINE_PRODUCT(name##_product, Value, Sum, rescale)                                              \
  static inline void name##_gate(const struct bl_lstm_params* p, void* const* operands, int gate,  \
                                 const Value* input, const Value* hidden, int32_t rows,            \
                                 int16_t* result, int16_t* other) {                                \
    name##_product(input, p->input_offset, operands[1 + gate], operands[9 + gate],                 \
                   p->input_product[gate], rows, p->inputs, p->units, result);                     \
    name##_product(hidden, p->hidden_offset, operands[5 + gate], 0, p->hidden_product[gate], rows, \
                   p->units, p->units, other);                                                     \
    lstm_add(result, other, rows * p->units);                                                      \
    if (gate == BL_LSTM_CELL) {                                                                    \
      lstm_tanh(result, 3, 0, rows * p->units, result);                                            \
    } else {                                                                                       \
      lstm_logistic(result, rows * p->units);                                                      \
    }                                                                                              \
  }                                                                                                \
  static inline void name##_step(const struct bl_lstm_params* p, void* const* operands,            \
                                 int32_t rows, const Value* input, Value* hidden, int16_t* cell,   \
                                 int16_t* scratch, Value* output) {                                \
    const int32_t count = rows * p->units;                                                         \
    int16_t* first = scratch;                                                                      \
    int16_t* second = first + p->batches * p->units;                                               \
    int16_t* third = second + p->batches * p->units;                                               \
    int16_t* other = third + p->batches * p->units;                                                \
    name##_gate(p, operands, BL_LSTM_FORGET, input, hidden, rows, first, other);                   \
    name##_gate(p, operands, BL_LSTM_INPUT, input, hidden, rows, second, other);                   \
    name##_gate(p, operands, BL_LSTM_CELL, input, hidden, rows, third, other);                     \
    lstm_multiply(first, cell, p->forget_by, count, cell);                                         \
    lstm_multiply(second, third, p->input_by, count, second);                                      \
    lstm_add(cell, second, count);                                                                 \
    lstm_clip(cell, p->cell_clip, count);                                                          \
    name##_gate(p, operands, BL_LSTM_OUTPUT, input, hidden, rows, second, other);                  \
    lstm_tanh(cell, p->tanh_multiplier, p->tanh_shift, count, first);                              \
    for (int32_t i = 0; i < count; ++i) {                                                          \
      const int32_t value =                                                                        \
          bl_rescale(first[i] * second[i], p->hidden_by.multiplier, p->hidden_by.shift) -          \
          p->hidden_offset;                                                                        \
      hidden[i] = (Value)bl_clamp(value, lowest, highest);                                         \
    }                                                                                              \
    memcpy(output, hidden, (size_t)count * sizeof *hidden);                                        \
  }                                                                                                \
  BL_TYPED_KERNEL(reference_unidirectional_sequence_##name##_scratch_bytes)                        \
  int32_t reference_unidirectional_sequence_##name##_scratch_bytes(const void* params) {           \
    const struct bl_lstm_params* p = params;                                                       \
    return 4 * p->batches * p->units * (int32_t)sizeof(int16_t);                                   \
  }                                                                                                \
  BL_TYPED_KERNEL(reference_unidirectional_sequence_##name)                                        \
  int32_t reference_unidirectional_sequence_##name(const void* params, void* const* operands,      \
                                                   void* scratch) {                                \
    const struct bl_lstm_params* p = params;                                                       \
    const Value* input = operands[0];                                                              \
    Value* hidden = operands[13];                                                                  \
    int16_t* cell = operands[14];                                                                  \
    Value* output = operands[15];                                                                  \
    /* With time first, all batches take a step together. */                                       \
    const int32_t rows = p->time_major ? p->batches : 1;                                           \
    for (int32_t batch = 0; batch < p->batches; batch += rows) {                                   \
      for (int32_t step = 0; step < p->steps; ++step) {                                            \
        name##_step(p, operands, rows, input, hidden, cell, scratch, output);                      \
        input += rows * p->inputs;                                                                 \
        output += rows * p->units;                                                                 \
      }                                                                                            \
      hidden += p->units;                                                                          \
      cell += p->units;                                                                            \
    }                                                                                              \
    return 0;                                                                                      \
  }

DEFINE_LSTM(lstm_s8, int8_t, int32_t, bl_rescale, INT8_MIN, INT8_MAX)
DEFINE_LSTM(lstm_s16, int16_t, int64_t, bl_rescale_wide, INT16_MIN, INT16_MAX)
