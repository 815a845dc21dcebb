// UNIDIRECTIONAL_SEQUENCE_LSTM on int8 for cores with the DSP extension: input and hidden state are
// widened once a step, and four units' weights of each gate pass by them at a time (rows.h).
//
// Scratch: three gates of the units in int16, and both widened rows.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/requantize.h"
#include "kernels/dsp/widened_row.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/sigmoid_s16.h"

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

struct lstm {
  const struct bl_lstm_params* p;
  void* const* operands;
  uint32_t *input, *hidden;              // widened
  int16_t *forget, *update, *candidate;  // gates; `update` becomes the output's
};

// The rest is left to the reference: few values.
static int is_wide_enough(const struct bl_lstm_params* p) {
  return p->inputs >= kDspTaps && p->units >= kDspTaps;
}

// How far a bias may be from zero for the short form of sums of `depth` products; below 0 where no
// bias will do.
static int32_t room_for_bias(int32_t depth, int32_t offset, const struct bl_multiplier* by) {
  const int64_t reach = (int64_t)depth * 128 * dsp_largest_with_offset(offset);
  const int64_t room = (((INT64_C(1) << 30) - 1) >> bl_max(by->shift, 0)) - reach;
  return by->shift < -31 || by->shift > 30 || room < 0 ? -1 : (int32_t)room;
}

static int is_offset(int32_t offset) { return offset >= -INT8_MAX && offset <= -INT8_MIN; }

// Products of two int16 of which one is not negative are short of 2^30.
static int is_right_shift(const struct bl_multiplier* by) {
  return by->shift <= 0 && by->shift >= -31;
}

// Whether all that is rescaled is inside the bounds of the short form.
static int is_taken(const struct bl_lstm_params* p, void* const* operands) {
  int taken = is_wide_enough(p) && is_offset(p->input_offset) && is_offset(p->hidden_offset) &&
              is_right_shift(&p->forget_by) && is_right_shift(&p->input_by) &&
              is_right_shift(&p->hidden_by);
  for (int gate = 0; taken && gate < BL_LSTM_GATES; ++gate) {
    const int32_t* bias = operands[kBiases + gate];
    const int32_t room = room_for_bias(p->inputs, p->input_offset, &p->input_product[gate]);
    taken = room >= 0 && room_for_bias(p->units, p->hidden_offset, &p->hidden_product[gate]) >= 0;
    for (int32_t i = 0; bias && taken && i < p->units; ++i) {
      taken = bias[i] <= room && bias[i] >= -room;
    }
  }
  return taken;
}

static int32_t gate_bytes(const struct bl_lstm_params* p) { return (p->units + 1) / 2 * 4; }

BL_ADDED_KERNEL(dsp_unidirectional_sequence_lstm_s8_scratch_bytes)
int32_t dsp_unidirectional_sequence_lstm_s8_scratch_bytes(const void* params) {
  const struct bl_lstm_params* p = params;
  const int32_t reference = reference_unidirectional_sequence_lstm_s8_scratch_bytes(params);
  if (!is_wide_enough(p)) return reference;
  return bl_max(reference,
                3 * gate_bytes(p) + dsp_widened_bytes(p->inputs) + dsp_widened_bytes(p->units));
}

DSP_INLINE int32_t saturate_to_int16(int32_t value) {
  int32_t result;
  __asm__("ssat %0, #16, %1" : "=r"(result) : "r"(value));
  return result;
}

// A multiplier in the short form of requantize.h, whose power is kept negative so that a shift by 1
// fits, as add_s8.c does; 0 without a shift to the right.
struct factor {
  int32_t multiplier, left, negative_power;
};

DSP_INLINE struct factor factor_of(const struct bl_multiplier* by) {
  const uint32_t power = by->shift < 0 ? UINT32_C(1) << (32 + by->shift) : 0;
  return (struct factor){by->multiplier, bl_max(by->shift, 0) + 1, (int32_t)-power};
}

// `value` times the factor and `added`.
DSP_INLINE int32_t scaled(int32_t value, const struct factor* by, int32_t added) {
  const int32_t product = dsp_high_multiply(bl_shift_left(value, by->left), by->multiplier);
  if (by->negative_power == 0) return product + added;
  return dsp_high_multiply_subtract(product + (product >> 31), by->negative_power, added);
}

static __attribute__((noinline, noclone)) void run_gate(const struct lstm* lstm, int gate,
                                                        int16_t* result) {
  const struct bl_lstm_params* p = lstm->p;
  const int8_t* input_weights = lstm->operands[kInputWeights + gate];
  const int8_t* hidden_weights = lstm->operands[kHiddenWeights + gate];
  const int32_t* bias = lstm->operands[kBiases + gate];
  const struct factor input_by = factor_of(&p->input_product[gate]);
  const struct factor hidden_by = factor_of(&p->hidden_product[gate]);
  for (int32_t four = 0; four < p->units; four += kDspRows) {
    // The last units are computed together with those before them, again.
    const int32_t unit = bl_min(four, p->units - kDspRows);
    int32_t by_input[kDspRows], by_hidden[kDspRows] = {0};
    for (int32_t i = 0; i < kDspRows; ++i) by_input[i] = bias ? bias[unit + i] : 0;
    dsp_add_rows(by_input, lstm->input, input_weights + unit * p->inputs, p->inputs, p->inputs);
    dsp_add_rows(by_hidden, lstm->hidden, hidden_weights + unit * p->units, p->units, p->units);
    for (int32_t i = 0; i < kDspRows; ++i) {
      const int32_t sum = saturate_to_int16(scaled(by_input[i], &input_by, 0)) +
                          saturate_to_int16(scaled(by_hidden[i], &hidden_by, 0));
      const int32_t at = bl_sigmoid_input((int16_t)saturate_to_int16(sum), 3, 0);
      result[unit + i] = gate == BL_LSTM_CELL ? bl_tanh_s16(at) : bl_logistic_s16(at);
    }
  }
}

static void update_cells(const struct lstm* lstm, int16_t* cell) {
  const struct bl_lstm_params* p = lstm->p;
  const struct factor forget_by = factor_of(&p->forget_by), input_by = factor_of(&p->input_by);
  for (int32_t i = 0; i < p->units; ++i) {
    const int32_t kept = saturate_to_int16(scaled(lstm->forget[i] * cell[i], &forget_by, 0));
    const int32_t added =
        saturate_to_int16(scaled(lstm->update[i] * lstm->candidate[i], &input_by, 0));
    const int32_t value = saturate_to_int16(kept + added);
    cell[i] = (int16_t)(p->cell_clip > 0 ? dsp_clamp(value, -p->cell_clip, p->cell_clip) : value);
  }
}

// One step of one sequence.
static void run_step(const struct lstm* lstm, const int8_t* input, int8_t* hidden, int16_t* cell,
                     int8_t* output) {
  const struct bl_lstm_params* p = lstm->p;
  dsp_widen_row(lstm->input, input, p->inputs, p->input_offset);
  dsp_widen_row(lstm->hidden, hidden, p->units, p->hidden_offset);
  run_gate(lstm, BL_LSTM_FORGET, lstm->forget);
  run_gate(lstm, BL_LSTM_INPUT, lstm->update);
  run_gate(lstm, BL_LSTM_CELL, lstm->candidate);
  update_cells(lstm, cell);
  run_gate(lstm, BL_LSTM_OUTPUT, lstm->update);
  const struct factor hidden_by = factor_of(&p->hidden_by);
  for (int32_t i = 0; i < p->units; ++i) {
    const int32_t shown = bl_tanh_s16(bl_sigmoid_input(cell[i], p->tanh_multiplier, p->tanh_shift));
    const int32_t value = scaled(shown * lstm->update[i], &hidden_by, -p->hidden_offset);
    output[i] = hidden[i] = (int8_t)dsp_saturate_to_int8(value);
  }
}

BL_ADDED_KERNEL(dsp_unidirectional_sequence_lstm_s8)
int32_t dsp_unidirectional_sequence_lstm_s8(const void* params, void* const* operands,
                                            void* scratch) {
  const struct bl_lstm_params* p = params;
  if (!is_taken(p, operands))
    return reference_unidirectional_sequence_lstm_s8(params, operands, scratch);
  int8_t* at = scratch;
  const int32_t gate = gate_bytes(p);
  const struct lstm lstm = {
      .p = p,
      .operands = operands,
      .input = (uint32_t*)(void*)(at + 3 * gate),
      .hidden = (uint32_t*)(void*)(at + 3 * gate + dsp_widened_bytes(p->inputs)),
      .forget = (int16_t*)(void*)at,
      .update = (int16_t*)(void*)(at + gate),
      .candidate = (int16_t*)(void*)(at + 2 * gate),
  };
  // From one step of a sequence to the next, in rows of the input and the output.
  const int32_t step_rows = p->time_major ? p->batches : 1;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    int8_t* hidden = (int8_t*)operands[kHidden] + batch * p->units;
    int16_t* cell = (int16_t*)operands[kCell] + batch * p->units;
    int32_t row = p->time_major ? batch : batch * p->steps;
    for (int32_t step = 0; step < p->steps; ++step, row += step_rows) {
      run_step(&lstm, (const int8_t*)operands[kInput] + row * p->inputs, hidden, cell,
               (int8_t*)operands[kOutput] + row * p->units);
    }
  }
  return 0;
}
