// UNIDIRECTIONAL_SEQUENCE_LSTM on int16 with weights of int8, for cores with the DSP extension
// (lstm.h).
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/lstm.h"
#include "kernels/dsp/wide.h"
#include "kernels/reference/reference_kernels.h"

// What SMMULR scales a gate's sums by (wide.h).
struct scale {
  int32_t input, hidden;
};

static int has_small_parameters(const struct bl_lstm_params* p) {
  return dsp_lstm_is_wide_enough(p) && dsp_lstm_scales_right(p) && p->input_offset == 0 &&
         p->hidden_offset == 0;
}

// Whether sums fit 32 bits and one SMMULR scales them.
static int find_scales(const struct bl_lstm_params* p, void* const* operands,
                       struct scale* scales) {
  for (int gate = 0; gate < BL_LSTM_GATES; ++gate) {
    const struct bl_multiplier *input = &p->input_product[gate], *hidden = &p->hidden_product[gate];
    struct dsp_wide_channel channel;
    dsp_put_wide_channel(&channel, 0, 0, hidden->multiplier, hidden->shift, 0, p->units);
    if (!channel.is_short) return 0;
    scales[gate].hidden = channel.multiplier;
    for (int32_t unit = 0; unit < p->units; ++unit) {
      dsp_put_wide_channel(&channel, operands[kDspLstmBiases + gate], unit, input->multiplier,
                           input->shift, 0, p->inputs);
      if (!channel.is_short) return 0;
    }
    scales[gate].input = channel.multiplier;
  }
  return 1;
}

BL_ADDED_KERNEL(dsp_unidirectional_sequence_lstm_s16_scratch_bytes)
int32_t dsp_unidirectional_sequence_lstm_s16_scratch_bytes(const void* params) {
  const int32_t reference = reference_unidirectional_sequence_lstm_s16_scratch_bytes(params);
  return has_small_parameters(params) ? bl_max(reference, dsp_lstm_scratch_bytes(params))
                                      : reference;
}

DSP_INLINE void finish(struct scale by, int is_tanh, const int64_t* bias, int32_t* sums,
                       int32_t units) {
  for (const int32_t* end = sums + units * kDspGates; sums != end; sums += kDspGates) {
    const int32_t by_input = dsp_high_multiply(sums[0] + (int32_t)*bias++, by.input);
    const int32_t by_hidden = dsp_high_multiply(sums[kDspLstmSums], by.hidden);
    *sums =
        dsp_lstm_gate(dsp_saturate_to_int16(by_input), dsp_saturate_to_int16(by_hidden), is_tanh);
  }
}

static __attribute__((noinline)) void finish_gate(const void* scales, int gate, const void* biases,
                                                  int32_t unit, int32_t* sums, int32_t units) {
  const struct scale by = ((const struct scale*)scales)[gate];
  const int64_t* bias = (const int64_t*)biases + unit;
  if (gate == BL_LSTM_CELL) {
    finish(by, 1, bias, sums, units);
  } else {
    finish(by, 0, bias, sums, units);
  }
}

DSP_INLINE void lay_out(uint32_t* to, const void* from, int32_t steps, int32_t offset) {
  (void)offset;
  dsp_put_wide_row(to, 2, 1, from, 4 * steps);
}

DSP_INLINE void store(void* hidden, void* output, int32_t unit, int32_t value) {
  const int32_t saturated = dsp_saturate_to_int16(value);
  ((int16_t*)hidden)[unit] = (int16_t)saturated;
  ((int16_t*)output)[unit] = (int16_t)saturated;
}

static __attribute__((noinline)) void finish_cells(const struct dsp_lstm_cells* cells,
                                                   const int32_t* gates, int32_t units,
                                                   int16_t* cell, void* hidden, void* output) {
  dsp_lstm_finish(cells, gates, units, cell, hidden, output, store);
}

BL_ADDED_KERNEL(dsp_unidirectional_sequence_lstm_s16)
int32_t dsp_unidirectional_sequence_lstm_s16(const void* params, void* const* operands,
                                             void* scratch) {
  const struct bl_lstm_params* p = params;
  struct scale scales[BL_LSTM_GATES];
  if (!has_small_parameters(p) || !find_scales(p, operands, scales)) {
    return reference_unidirectional_sequence_lstm_s16(params, operands, scratch);
  }
  const struct dsp_lstm_type type = {2, lay_out, finish_gate, finish_cells};
  dsp_run_lstm(p, operands, scratch, &type, scales);
  return 0;
}
