// UNIDIRECTIONAL_SEQUENCE_LSTM on int8 for cores with the DSP extension (lstm.h).
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/lstm.h"
#include "kernels/dsp/widened_row.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

static int is_offset(int32_t offset) { return offset >= -INT8_MAX && offset <= -INT8_MIN; }

static int is_taken(const struct bl_lstm_params* p) {
  int taken = dsp_lstm_is_wide_enough(p) && dsp_lstm_scales_right(p) &&
              is_offset(p->input_offset) && is_offset(p->hidden_offset);
  for (int gate = 0; taken && gate < BL_LSTM_GATES; ++gate) {
    taken = dsp_is_factor(p->input_product[gate].multiplier, p->input_product[gate].shift) &&
            dsp_is_factor(p->hidden_product[gate].multiplier, p->hidden_product[gate].shift);
  }
  return taken;
}

BL_ADDED_KERNEL(dsp_unidirectional_sequence_lstm_s8_scratch_bytes)
int32_t dsp_unidirectional_sequence_lstm_s8_scratch_bytes(const void* params) {
  return is_taken(params) ? dsp_lstm_scratch_bytes(params)
                          : reference_unidirectional_sequence_lstm_s8_scratch_bytes(params);
}

// Of a gate's sums.
struct scale {
  struct dsp_factor input, hidden;
};

// Inlined for each direction of both factors.
DSP_INLINE void finish(const struct scale* scale, int input_right, int hidden_right, int is_tanh,
                       const int32_t* bias, int32_t* sums, int32_t units) {
  const struct scale by = *scale;
  for (const int32_t* end = sums + units * kDspGates; sums != end; sums += kDspGates) {
    const int32_t input = dsp_scale(sums[0] + *bias++, by.input, input_right);
    const int32_t hidden = dsp_scale(sums[kDspLstmSums], by.hidden, hidden_right);
    *sums = dsp_lstm_gate(dsp_saturate_to_int16(input), dsp_saturate_to_int16(hidden), is_tanh);
  }
}

DSP_INLINE void finish_any(const struct scale* scale, int is_tanh, const int32_t* bias,
                           int32_t* sums, int32_t units) {
  const int input_right = dsp_is_right(&scale->input), hidden_right = dsp_is_right(&scale->hidden);
  if (input_right && hidden_right) {
    finish(scale, 1, 1, is_tanh, bias, sums, units);
  } else if (input_right) {
    finish(scale, 1, 0, is_tanh, bias, sums, units);
  } else if (hidden_right) {
    finish(scale, 0, 1, is_tanh, bias, sums, units);
  } else {
    finish(scale, 0, 0, is_tanh, bias, sums, units);
  }
}

static __attribute__((noinline)) void finish_gate(const void* scales, int gate, const void* biases,
                                                  int32_t unit, int32_t* sums, int32_t units) {
  const struct scale* scale = (const struct scale*)scales + gate;
  const int32_t* bias = (const int32_t*)biases + unit;
  if (gate == BL_LSTM_CELL) {
    finish_any(scale, 1, bias, sums, units);
  } else {
    finish_any(scale, 0, bias, sums, units);
  }
}

DSP_INLINE void lay_out(uint32_t* to, const void* from, int32_t steps, int32_t offset) {
  dsp_widen_row(to, from, kDspTaps * steps, offset);
}

DSP_INLINE void store(void* hidden, void* output, int32_t unit, int32_t value) {
  const int32_t saturated = dsp_saturate_to_int8(value);
  ((int8_t*)hidden)[unit] = (int8_t)saturated;
  ((int8_t*)output)[unit] = (int8_t)saturated;
}

static __attribute__((noinline)) void finish_cells(const struct dsp_lstm_cells* cells,
                                                   const int32_t* gates, int32_t units,
                                                   int16_t* cell, void* hidden, void* output) {
  dsp_lstm_finish(cells, gates, units, cell, hidden, output, store);
}

BL_ADDED_KERNEL(dsp_unidirectional_sequence_lstm_s8)
int32_t dsp_unidirectional_sequence_lstm_s8(const void* params, void* const* operands,
                                            void* scratch) {
  const struct bl_lstm_params* p = params;
  if (!is_taken(p)) return reference_unidirectional_sequence_lstm_s8(params, operands, scratch);
  struct scale scales[BL_LSTM_GATES];
  for (int gate = 0; gate < BL_LSTM_GATES; ++gate) {
    const struct bl_multiplier *input = &p->input_product[gate], *hidden = &p->hidden_product[gate];
    scales[gate] = (struct scale){dsp_factor_of(input->multiplier, input->shift),
                                  dsp_factor_of(hidden->multiplier, hidden->shift)};
  }
  const struct dsp_lstm_type type = {1, lay_out, finish_gate, finish_cells};
  dsp_run_lstm(p, operands, scratch, &type, scales);
  return 0;
}
