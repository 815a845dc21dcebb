// UNIDIRECTIONAL_SEQUENCE_LSTM on integers for Helium, whatever its data is.
//
// Four units' weights of a gate pass by the input and the hidden state at a time. Their sums begin
// with the bias and with what the data's offset adds, which is worked out once. Gates, cells and
// hidden state are then four units at a time. What differs by type is inlined.
//
// Scratch: what sums begin with, the sums of a gate, and the gates.
#ifndef BOARDLESS_KERNELS_MVE_LSTM_H_
#define BOARDLESS_KERNELS_MVE_LSTM_H_

#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/mve/requantize.h"
#include "kernels/mve/sigmoid.h"
#include "kernels/mve/vector.h"

// Where the operands are.
enum {
  kMveLstmInput = 0,
  kMveLstmInputWeights = 1,
  kMveLstmHiddenWeights = 5,
  kMveLstmBiases = 9,
  kMveLstmHidden = 13,
  kMveLstmCell,
  kMveLstmOutput
};

enum { kMveLstmRows = 4 };

// What the sums of a gate begin with and are scaled by.
struct mve_lstm_gate {
  int32_t *input_start, *hidden_start;
  struct bl_multiplier input_by, hidden_by;
  int16_t* values;
};

struct mve_lstm {
  const struct bl_lstm_params* p;
  void* const* operands;
  struct mve_lstm_gate gates[BL_LSTM_GATES];
  int32_t *input_sums, *hidden_sums;
};

struct mve_lstm_type {
  int32_t value_bytes;
  // Adds to four sums the products of `count` values with four rows of weights, `count` bytes
  // apart.
  void (*add_rows)(int32_t* sums, const void* values, const int8_t* weights, int32_t count);
  int32x4_t (*scale)(int32x4_t sums, struct bl_multiplier by);
  // Saturates hidden states and stores those that are live.
  void (*store)(void* to, int32x4_t values, mve_pred16_t live);
};

MVE_INLINE int mve_lstm_has_rows(const struct bl_lstm_params* p) {
  return p->units >= kMveLstmRows;
}

// Words of scratch: the starts and both sums of every unit, and two for the gates.
MVE_INLINE int32_t mve_lstm_scratch_bytes(const struct bl_lstm_params* p) {
  return p->units * (2 * BL_LSTM_GATES + 2 + 2) * (int32_t)sizeof(int32_t);
}

MVE_INLINE struct mve_lstm mve_lstm_in(const struct bl_lstm_params* p, void* const* operands,
                                       int32_t* scratch) {
  struct mve_lstm lstm = {.p = p, .operands = operands};
  int32_t* next = scratch;
  lstm.input_sums = next;
  lstm.hidden_sums = next += p->units;
  for (int i = 0; i < BL_LSTM_GATES; ++i) {
    struct mve_lstm_gate* gate = &lstm.gates[i];
    gate->input_start = next += p->units;
    gate->hidden_start = next += p->units;
    gate->input_by = p->input_product[i];
    gate->hidden_by = p->hidden_product[i];
  }
  next += p->units;
  for (int i = 0; i < BL_LSTM_GATES; ++i) {
    lstm.gates[i].values = (int16_t*)(void*)next + i * p->units;
  }
  return lstm;
}

// The sums of all units.
MVE_INLINE void mve_lstm_sum(int32_t* sums, const int32_t* start, const void* values,
                             const int8_t* weights, int32_t count, int32_t units,
                             const struct mve_lstm_type* type) {
  for (int32_t four = 0; four < units; four += kMveLstmRows) {
    // The last units are computed together with those before them, again.
    const int32_t unit = bl_min(four, units - kMveLstmRows);
    vstrwq_s32(sums + unit, vldrwq_s32(start + unit));
    type->add_rows(sums + unit, values, weights + unit * count, count);
  }
}

// Sums that are saturated to int16 each, added, and put through the gate's function.
MVE_INLINE void mve_lstm_functions(const struct mve_lstm* lstm, const struct mve_lstm_gate* gate,
                                   int is_tanh, const struct mve_lstm_type* type) {
  const struct bl_multiplier input_by = gate->input_by, hidden_by = gate->hidden_by;
  const int32_t *input_sums = lstm->input_sums, *hidden_sums = lstm->hidden_sums;
  int16_t* result = gate->values;
  const int16x8_t none = vdupq_n_s16(0);
  for (int32_t left = lstm->p->units; left > 0; left -= kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)left);
    const int32x4_t by_input = type->scale(vldrwq_z_s32(input_sums, live), input_by);
    const int32x4_t by_hidden = type->scale(vldrwq_z_s32(hidden_sums, live), hidden_by);
    const int16x8_t sum = vqaddq_s16(vqmovnbq_s32(none, by_input), vqmovnbq_s32(none, by_hidden));
    const int32x4_t x = vmulq_n_s32(vmovlbq_s16(sum), 3);
    vstrhq_p_s32(result, is_tanh ? mve_sigmoid_tanh(x) : mve_sigmoid_logistic(x), live);
    input_sums += kMveWords;
    hidden_sums += kMveWords;
    result += kMveWords;
  }
}

MVE_INLINE void mve_lstm_run_gate(const struct mve_lstm* lstm, int number, const void* input,
                                  const void* hidden, const struct mve_lstm_type* type) {
  const struct bl_lstm_params* p = lstm->p;
  const struct mve_lstm_gate* gate = &lstm->gates[number];
  mve_lstm_sum(lstm->input_sums, gate->input_start, input,
               lstm->operands[kMveLstmInputWeights + number], p->inputs, p->units, type);
  mve_lstm_sum(lstm->hidden_sums, gate->hidden_start, hidden,
               lstm->operands[kMveLstmHiddenWeights + number], p->units, p->units, type);
  if (number == BL_LSTM_CELL) {
    mve_lstm_functions(lstm, gate, 1, type);
  } else {
    mve_lstm_functions(lstm, gate, 0, type);
  }
}

// The product of two gates, or of a gate and a cell, saturated to int16.
MVE_INLINE int32x4_t mve_lstm_product(int32x4_t a, int32x4_t b, struct bl_multiplier by) {
  const int32x4_t product = mve_rescale_all(vmulq_s32(a, b), by.multiplier, by.shift);
  return vmovlbq_s16(vqmovnbq_s32(vdupq_n_s16(0), product));
}

MVE_INLINE void mve_lstm_update_cells(const struct mve_lstm* lstm, int16_t* cell) {
  const struct bl_lstm_params* p = lstm->p;
  const struct bl_multiplier forget_by = p->forget_by, input_by = p->input_by;
  const int32_t clip = p->cell_clip > 0 ? p->cell_clip : INT32_MAX;
  const int32x4_t low = vdupq_n_s32(bl_max(-clip, INT16_MIN));
  const int32x4_t high = vdupq_n_s32(bl_min(clip, INT16_MAX));
  for (int32_t i = 0; i < p->units; i += kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)(p->units - i));
    const int32x4_t kept =
        mve_lstm_product(vldrhq_z_s32(lstm->gates[BL_LSTM_FORGET].values + i, live),
                         vldrhq_z_s32(cell + i, live), forget_by);
    const int32x4_t added =
        mve_lstm_product(vldrhq_z_s32(lstm->gates[BL_LSTM_INPUT].values + i, live),
                         vldrhq_z_s32(lstm->gates[BL_LSTM_CELL].values + i, live), input_by);
    vstrhq_p_s32(cell + i, vminq_s32(vmaxq_s32(vaddq_s32(kept, added), low), high), live);
  }
}

MVE_INLINE void mve_lstm_show(const struct mve_lstm* lstm, const int16_t* cell, int8_t* hidden,
                              int8_t* output, const struct mve_lstm_type* type) {
  const struct bl_lstm_params* p = lstm->p;
  const struct bl_multiplier by = p->hidden_by;
  const int32_t multiplier = p->tanh_multiplier, shift = p->tanh_shift;
  for (int32_t i = 0; i < p->units; i += kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)(p->units - i));
    const int32x4_t x = mve_sigmoid_input(vldrhq_z_s32(cell + i, live), multiplier, shift);
    const int32x4_t product =
        vmulq_s32(mve_sigmoid_tanh(x), vldrhq_z_s32(lstm->gates[BL_LSTM_OUTPUT].values + i, live));
    const int32x4_t value =
        vsubq_n_s32(mve_rescale_all(product, by.multiplier, by.shift), p->hidden_offset);
    type->store(hidden + i * type->value_bytes, value, live);
    type->store(output + i * type->value_bytes, value, live);
  }
}

// All steps of all sequences.
MVE_INLINE void mve_run_lstm(const struct mve_lstm* lstm, const struct mve_lstm_type* type) {
  const struct bl_lstm_params* p = lstm->p;
  const int32_t input_bytes = p->inputs * type->value_bytes;
  const int32_t output_bytes = p->units * type->value_bytes;
  // From one step of a sequence to the next, in rows of the input and the output.
  const int32_t step_rows = p->time_major ? p->batches : 1;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    int8_t* hidden = (int8_t*)lstm->operands[kMveLstmHidden] + batch * output_bytes;
    int16_t* cell = (int16_t*)lstm->operands[kMveLstmCell] + batch * p->units;
    int32_t row = p->time_major ? batch : batch * p->steps;
    for (int32_t step = 0; step < p->steps; ++step, row += step_rows) {
      const int8_t* input = (const int8_t*)lstm->operands[kMveLstmInput] + row * input_bytes;
      int8_t* output = (int8_t*)lstm->operands[kMveLstmOutput] + row * output_bytes;
      for (int gate = 0; gate < BL_LSTM_GATES; ++gate) {
        mve_lstm_run_gate(lstm, gate, input, hidden, type);
      }
      mve_lstm_update_cells(lstm, cell);
      mve_lstm_show(lstm, cell, hidden, output, type);
    }
  }
}

#endif  // BOARDLESS_KERNELS_MVE_LSTM_H_
