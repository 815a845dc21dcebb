// UNIDIRECTIONAL_SEQUENCE_LSTM on integers for cores with the DSP extension, whatever its data is.
//
// Once a step, input and hidden state are laid out in steps of pairs, and the gates of a few units
// at a time pass by them. Each gate's sums become its values in one loop, which holds what scales
// them in registers; then cells and hidden state follow. What differs by type is inlined.
//
// Scratch: the sums of a few units, and both rows in steps.
#ifndef BOARDLESS_KERNELS_DSP_LSTM_H_
#define BOARDLESS_KERNELS_DSP_LSTM_H_

#include "kernels/abi.h"
#include "kernels/dsp/factor.h"
#include "kernels/dsp/gates.h"
#include "kernels/dsp/sigmoid.h"
#include "kernels/dsp/simd.h"

// Where the operands are.
enum {
  kDspLstmInput = 0,
  kDspLstmInputWeights = 1,
  kDspLstmHiddenWeights = 5,
  kDspLstmBiases = 9,
  kDspLstmHidden = 13,
  kDspLstmCell,
  kDspLstmOutput
};

// Sums that are kept: of so many units, by unit and gate, those with the input before those with
// the hidden state.
enum { kDspLstmUnits = 16, kDspLstmSums = kDspLstmUnits * kDspGates };

// Stores a hidden state, saturated, in both places.
typedef void dsp_lstm_store(void* hidden, void* output, int32_t unit, int32_t value);

// What follows the gates.
struct dsp_lstm_cells {
  struct dsp_factor forget_by, input_by, hidden_by;
  int32_t clip, output_offset;
  int32_t tanh_multiplier, tanh_half, tanh_shift;
};

struct dsp_lstm_type {
  int32_t value_bytes;
  // Lays steps of values out.
  void (*lay_out)(uint32_t* to, const void* from, int32_t steps, int32_t offset);
  // Turns the sums of a gate into its values, in place of those with the input.
  void (*finish_gate)(const void* scales, int gate, const void* bias, int32_t unit, int32_t* sums,
                      int32_t units);
  // dsp_lstm_finish().
  void (*finish)(const struct dsp_lstm_cells* cells, const int32_t* gates, int32_t units,
                 int16_t* cell, void* hidden, void* output);
};

// Rows have at least a step.
DSP_INLINE int dsp_lstm_is_wide_enough(const struct bl_lstm_params* p) {
  return p->inputs >= 4 && p->units >= 4;
}

DSP_INLINE int dsp_lstm_is_right(const struct bl_multiplier* by) {
  return dsp_is_factor(by->multiplier, by->shift) && by->shift < 0;
}

DSP_INLINE int dsp_lstm_scales_right(const struct bl_lstm_params* p) {
  return dsp_lstm_is_right(&p->forget_by) && dsp_lstm_is_right(&p->input_by) &&
         dsp_lstm_is_right(&p->hidden_by);
}

DSP_INLINE int32_t dsp_lstm_row_words(int32_t count) { return (count + 3) / 4 * 2; }

DSP_INLINE int32_t dsp_lstm_scratch_bytes(const struct bl_lstm_params* p) {
  return (2 * kDspLstmSums + dsp_lstm_row_words(p->inputs) + dsp_lstm_row_words(p->units)) *
         (int32_t)sizeof(uint32_t);
}

// The function of a gate whose sums were scaled and saturated to int16 each.
DSP_INLINE int32_t dsp_lstm_gate(int32_t by_input, int32_t by_hidden, int is_tanh) {
  const uint32_t sum = dsp_add_saturated_pairs((uint32_t)by_input, (uint32_t)by_hidden);
  const int32_t x = dsp_product_low_low(sum, 3);
  if (x < 3 * INT16_MIN || x > 3 * INT16_MAX) __builtin_unreachable();
  return is_tanh ? dsp_sigmoid_tanh(x) : dsp_sigmoid_logistic(x);
}

// New cells, and the hidden state that they show.
DSP_INLINE void dsp_lstm_finish(const struct dsp_lstm_cells* cells, const int32_t* gates,
                                int32_t units, int16_t* cell, void* hidden, void* output,
                                dsp_lstm_store* store) {
  const struct dsp_lstm_cells by = *cells;
  for (int32_t i = 0; i < units; ++i) {
    const int32_t* gate = gates + i * kDspGates;
    const int32_t kept = dsp_scale_right(gate[BL_LSTM_FORGET] * cell[i], by.forget_by, 0);
    const int32_t added = dsp_scale_right(gate[BL_LSTM_INPUT] * gate[BL_LSTM_CELL], by.input_by, 0);
    int32_t value =
        dsp_saturate_to_int16(dsp_saturate_to_int16(kept) + dsp_saturate_to_int16(added));
    if (by.clip > 0) value = dsp_clamp(value, -by.clip, by.clip);
    cell[i] = (int16_t)value;
  }
  for (int32_t i = 0; i < units; ++i) {
    const int32_t x = (cell[i] * by.tanh_multiplier + by.tanh_half) >> by.tanh_shift;
    const int32_t shown = dsp_sigmoid_tanh(x) * gates[i * kDspGates + BL_LSTM_OUTPUT];
    store(hidden, output, i, dsp_scale_right(shown, by.hidden_by, by.output_offset));
  }
}

// Lays a row out as gates.h has it.
DSP_INLINE void dsp_lstm_lay_out(const struct dsp_lstm_type* type, uint32_t* to, const int8_t* from,
                                 int32_t count, int32_t offset) {
  const int32_t tail = count % 4;
  if (tail) {
    type->lay_out(to, from, 1, offset);
    if (tail < 3) to[0] &= 0xffff;
    to[1] &= tail == 1 ? 0 : 0xffff;
    to += 2;
    from += tail * type->value_bytes;
  }
  type->lay_out(to, from, count / 4, offset);
}

struct dsp_lstm_rows {
  const int8_t *input[kDspGates], *hidden[kDspGates];
};

// Where the weights of `unit` are.
static inline struct dsp_lstm_rows dsp_lstm_rows_at(const struct bl_lstm_params* p,
                                                    void* const* operands, int32_t unit) {
  struct dsp_lstm_rows rows;
  for (int gate = 0; gate < kDspGates; ++gate) {
    rows.input[gate] = (const int8_t*)operands[kDspLstmInputWeights + gate] + unit * p->inputs;
    rows.hidden[gate] = (const int8_t*)operands[kDspLstmHiddenWeights + gate] + unit * p->units;
  }
  return rows;
}

// All steps of all sequences. `scales` goes to the gates.
DSP_INLINE void dsp_run_lstm(const struct bl_lstm_params* p, void* const* operands,
                             int32_t* scratch, const struct dsp_lstm_type* type,
                             const void* scales) {
  int32_t *input_sums = scratch, *hidden_sums = input_sums + kDspLstmSums;
  uint32_t* input_row = (uint32_t*)hidden_sums + kDspLstmSums;
  uint32_t* hidden_row = input_row + dsp_lstm_row_words(p->inputs);
  const struct dsp_lstm_cells cells = {
      .forget_by = dsp_factor_of(p->forget_by.multiplier, p->forget_by.shift),
      .input_by = dsp_factor_of(p->input_by.multiplier, p->input_by.shift),
      .hidden_by = dsp_factor_of(p->hidden_by.multiplier, p->hidden_by.shift),
      .clip = p->cell_clip,
      .output_offset = -p->hidden_offset,
      .tanh_multiplier = p->tanh_multiplier,
      .tanh_half = (INT32_C(1) << p->tanh_shift) >> 1,
      .tanh_shift = p->tanh_shift,
  };
  const int32_t input_bytes = p->inputs * type->value_bytes;
  const int32_t output_bytes = p->units * type->value_bytes;
  // From one step of a sequence to the next, in rows of the input and the output.
  const int32_t step_rows = p->time_major ? p->batches : 1;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    int8_t* hidden = (int8_t*)operands[kDspLstmHidden] + batch * output_bytes;
    int16_t* cell = (int16_t*)operands[kDspLstmCell] + batch * p->units;
    int32_t row = p->time_major ? batch : batch * p->steps;
    for (int32_t step = 0; step < p->steps; ++step, row += step_rows) {
      const int8_t* input = (const int8_t*)operands[kDspLstmInput] + row * input_bytes;
      int8_t* output = (int8_t*)operands[kDspLstmOutput] + row * output_bytes;
      dsp_lstm_lay_out(type, input_row, input, p->inputs, p->input_offset);
      dsp_lstm_lay_out(type, hidden_row, hidden, p->units, p->hidden_offset);
      for (int32_t unit = 0; unit < p->units; unit += kDspLstmUnits) {
        const int32_t units = bl_min(p->units - unit, kDspLstmUnits);
        const struct dsp_lstm_rows rows = dsp_lstm_rows_at(p, operands, unit);
        dsp_run_gates(input_sums, input_row, rows.input, p->inputs, units);
        dsp_run_gates(hidden_sums, hidden_row, rows.hidden, p->units, units);
        for (int gate = 0; gate < kDspGates; ++gate) {
          type->finish_gate(scales, gate, operands[kDspLstmBiases + gate], unit, input_sums + gate,
                            units);
        }
        type->finish(&cells, input_sums, units, cell + unit, hidden + unit * type->value_bytes,
                     output + unit * type->value_bytes);
      }
    }
  }
}

#endif  // BOARDLESS_KERNELS_DSP_LSTM_H_
