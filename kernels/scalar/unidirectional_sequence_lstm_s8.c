// UNIDIRECTIONAL_SEQUENCE_LSTM on int8 for cores without SIMD: four units of a gate share every
// input.
//
// Scratch: all gates.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/sigmoid_s16.h"
#include "kernels/scalar/requantize.h"
#include "kernels/scalar/rows.h"
#include "kernels/scalar/scalar_kernels.h"

// Where the operands are.
enum {
  kInput = 0,
  kInputWeights = 1,
  kHiddenWeights = 5,
  kBiases = 9,
  kHidden = 13,
  kCell,
  kOutput
};

// The rest is left to the reference: few units.
static int is_taken(const struct bl_lstm_params* p) { return p->units >= kScalarRows; }

BL_ADDED_KERNEL(scalar_unidirectional_sequence_lstm_s8_scratch_bytes)
int32_t scalar_unidirectional_sequence_lstm_s8_scratch_bytes(const void* params) {
  const struct bl_lstm_params* p = params;
  return is_taken(p) ? BL_LSTM_GATES * p->units * (int32_t)sizeof(int16_t)
                     : reference_unidirectional_sequence_lstm_s8_scratch_bytes(params);
}

SCALAR_INLINE int32_t saturated(int32_t value) { return bl_clamp(value, INT16_MIN, INT16_MAX); }

// bl_rescale without its division.
SCALAR_INLINE int32_t scaled(int32_t value, struct bl_multiplier by) {
  const int32_t shifted = bl_shift_left(value, bl_max(by.shift, 0));
  const int64_t half = INT64_C(1) << 30;
  const int32_t product = (int32_t)(((int64_t)shifted * by.multiplier + half) >> 31);
  return bl_rounding_shift_right(product, bl_max(-by.shift, 0));
}

static void run_gate(const struct bl_lstm_params* p, void* const* operands, int gate,
                     const int8_t* input, const int8_t* hidden, int16_t* result) {
  const struct scalar_inputs inputs = {input, p->inputs, p->input_offset};
  const struct scalar_inputs state = {hidden, p->units, p->hidden_offset};
  const int8_t* input_weights = operands[kInputWeights + gate];
  const int8_t* hidden_weights = operands[kHiddenWeights + gate];
  const int32_t* bias = operands[kBiases + gate];
  for (int32_t four = 0; four < p->units; four += kScalarRows) {
    // The last units are computed together with those before them, again.
    const int32_t unit = bl_min(four, p->units - kScalarRows);
    int32_t by_input[kScalarRows], by_hidden[kScalarRows] = {0};
    for (int32_t i = 0; i < kScalarRows; ++i) by_input[i] = bias[unit + i];
    scalar_add_rows(by_input, &inputs, input_weights + unit * p->inputs, p->inputs);
    scalar_add_rows(by_hidden, &state, hidden_weights + unit * p->units, p->units);
    for (int32_t i = 0; i < kScalarRows; ++i) {
      const int32_t sum = saturated(scaled(by_input[i], p->input_product[gate])) +
                          saturated(scaled(by_hidden[i], p->hidden_product[gate]));
      const int32_t at = bl_sigmoid_input((int16_t)saturated(sum), 3, 0);
      result[unit + i] = gate == BL_LSTM_CELL ? bl_tanh_s16(at) : bl_logistic_s16(at);
    }
  }
}

// One step of one sequence.
static void run_step(const struct bl_lstm_params* p, void* const* operands, const int8_t* input,
                     int8_t* hidden, int16_t* cell, int16_t* gates, int8_t* output) {
  for (int gate = 0; gate < BL_LSTM_GATES; ++gate) {
    run_gate(p, operands, gate, input, hidden, gates + gate * p->units);
  }
  const int16_t* update = gates + BL_LSTM_INPUT * p->units;
  const int16_t* forget = gates + BL_LSTM_FORGET * p->units;
  const int16_t* candidate = gates + BL_LSTM_CELL * p->units;
  const int16_t* shown = gates + BL_LSTM_OUTPUT * p->units;
  for (int32_t i = 0; i < p->units; ++i) {
    const int32_t kept = saturated(scaled(forget[i] * cell[i], p->forget_by));
    int32_t value = saturated(kept + saturated(scaled(update[i] * candidate[i], p->input_by)));
    if (p->cell_clip > 0) value = bl_clamp(value, -p->cell_clip, p->cell_clip);
    cell[i] = (int16_t)value;
    const int32_t at = bl_sigmoid_input((int16_t)value, p->tanh_multiplier, p->tanh_shift);
    const int32_t state = scaled(bl_tanh_s16(at) * shown[i], p->hidden_by) - p->hidden_offset;
    output[i] = hidden[i] = (int8_t)bl_clamp(state, INT8_MIN, INT8_MAX);
  }
}

BL_ADDED_KERNEL(scalar_unidirectional_sequence_lstm_s8)
int32_t scalar_unidirectional_sequence_lstm_s8(const void* params, void* const* operands,
                                               void* scratch) {
  const struct bl_lstm_params* p = params;
  if (!is_taken(p)) return reference_unidirectional_sequence_lstm_s8(params, operands, scratch);
  // From one step of a sequence to the next, in rows of the input and the output.
  const int32_t step_rows = p->time_major ? p->batches : 1;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    int32_t row = p->time_major ? batch : batch * p->steps;
    for (int32_t step = 0; step < p->steps; ++step, row += step_rows) {
      run_step(p, operands, (const int8_t*)operands[kInput] + row * p->inputs,
               (int8_t*)operands[kHidden] + batch * p->units,
               (int16_t*)operands[kCell] + batch * p->units, scratch,
               (int8_t*)operands[kOutput] + row * p->units);
    }
  }
  return 0;
}
