// UNIDIRECTIONAL_SEQUENCE_LSTM on int16 with weights of int8 for Helium (lstm.h).
#include "kernels/mve/lstm.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/wide.h"
#include "kernels/reference/reference_kernels.h"

static int has_small_parameters(const struct bl_lstm_params* p) {
  return mve_lstm_has_rows(p) && p->input_offset == 0 && p->hidden_offset == 0;
}

BL_ADDED_KERNEL(mve_unidirectional_sequence_lstm_s16_scratch_bytes)
int32_t mve_unidirectional_sequence_lstm_s16_scratch_bytes(const void* params) {
  const int32_t reference = reference_unidirectional_sequence_lstm_s16_scratch_bytes(params);
  return has_small_parameters(params) ? bl_max(reference, mve_lstm_scratch_bytes(params))
                                      : reference;
}

// Puts down what sums of 32 bits begin with and are scaled by (wide.h), if all can be such.
static int put_starts(const struct mve_lstm* lstm, int32_t* starts, void* bias,
                      struct bl_multiplier* by, int32_t count) {
  const struct mve_wide_outputs outputs = {.bias = starts, .multiplier = lstm->input_sums};
  void* const operands[] = {0, 0, bias, &by->multiplier, &by->shift};
  if (!mve_put_wide_outputs(&outputs, lstm->p->units, count, 0, operands)) return 0;
  by->multiplier = *outputs.multiplier;
  return 1;
}

static __attribute__((noinline)) void add_rows(int32_t* sums, const void* values,
                                               const int8_t* weights, int32_t count) {
  mve_add_wide_rows(sums, values, weights, count, count);
}

MVE_INLINE int32x4_t scale(int32x4_t sums, struct bl_multiplier by) {
  return vrmulhq_s32(sums, vdupq_n_s32(by.multiplier));
}

MVE_INLINE void store(void* to, int32x4_t values, mve_pred16_t live) {
  const int32x4_t low = vdupq_n_s32(INT16_MIN), high = vdupq_n_s32(INT16_MAX);
  vstrhq_p_s32(to, vminq_s32(vmaxq_s32(values, low), high), live);
}

BL_ADDED_KERNEL(mve_unidirectional_sequence_lstm_s16)
int32_t mve_unidirectional_sequence_lstm_s16(const void* params, void* const* operands,
                                             void* scratch) {
  const struct bl_lstm_params* p = params;
  struct mve_lstm lstm = mve_lstm_in(p, operands, scratch);
  int is_taken = has_small_parameters(p);
  for (int i = 0; is_taken && i < BL_LSTM_GATES; ++i) {
    struct mve_lstm_gate* gate = &lstm.gates[i];
    is_taken = put_starts(&lstm, gate->input_start, operands[kMveLstmBiases + i], &gate->input_by,
                          p->inputs) &&
               put_starts(&lstm, gate->hidden_start, 0, &gate->hidden_by, p->units);
  }
  if (!is_taken) return reference_unidirectional_sequence_lstm_s16(params, operands, scratch);
  const struct mve_lstm_type type = {2, add_rows, scale, store};
  mve_run_lstm(&lstm, &type);
  return 0;
}
