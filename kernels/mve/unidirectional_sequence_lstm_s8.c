// UNIDIRECTIONAL_SEQUENCE_LSTM on int8 for Helium (lstm.h).
#include "kernels/mve/lstm.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/rows.h"
#include "kernels/reference/reference_kernels.h"

BL_ADDED_KERNEL(mve_unidirectional_sequence_lstm_s8_scratch_bytes)
int32_t mve_unidirectional_sequence_lstm_s8_scratch_bytes(const void* params) {
  return mve_lstm_has_rows(params)
             ? mve_lstm_scratch_bytes(params)
             : reference_unidirectional_sequence_lstm_s8_scratch_bytes(params);
}

static __attribute__((noinline)) void add_rows(int32_t* sums, const void* values,
                                               const int8_t* weights, int32_t count) {
  mve_add_rows(sums, values, weights, count);
}

MVE_INLINE int32x4_t scale(int32x4_t sums, struct bl_multiplier by) {
  return mve_rescale_all(sums, by.multiplier, by.shift);
}

MVE_INLINE void store(void* to, int32x4_t values, mve_pred16_t live) {
  const int32x4_t low = vdupq_n_s32(INT8_MIN), high = vdupq_n_s32(INT8_MAX);
  vstrbq_p_s32(to, vminq_s32(vmaxq_s32(values, low), high), live);
}

BL_ADDED_KERNEL(mve_unidirectional_sequence_lstm_s8)
int32_t mve_unidirectional_sequence_lstm_s8(const void* params, void* const* operands,
                                            void* scratch) {
  const struct bl_lstm_params* p = params;
  if (!mve_lstm_has_rows(p)) {
    return reference_unidirectional_sequence_lstm_s8(params, operands, scratch);
  }
  const struct mve_lstm lstm = mve_lstm_in(p, operands, scratch);
  for (int gate = 0; gate < BL_LSTM_GATES; ++gate) {
    mve_put_starts(lstm.gates[gate].input_start, operands[kMveLstmBiases + gate],
                   operands[kMveLstmInputWeights + gate], p->inputs, p->units, p->input_offset);
    mve_put_starts(lstm.gates[gate].hidden_start, 0, operands[kMveLstmHiddenWeights + gate],
                   p->units, p->units, p->hidden_offset);
  }
  const struct mve_lstm_type type = {1, add_rows, scale, store};
  mve_run_lstm(&lstm, &type);
  return 0;
}
