// SVDF on int8, with a state of int8 or int16, for Helium: four filters' weights pass by the input
// at a time.
//
// Scratch: the filters' sums.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"
#include "kernels/mve/rows.h"
#include "kernels/reference/reference_kernels.h"

// The rest is left to the reference: few filters.
static int is_taken(const struct bl_svdf_params* p) { return p->filters >= kMveRows; }

MVE_INLINE int32_t sum_bytes(const int8_t* state, const int8_t* weights, int32_t memory,
                             int32_t offset) {
  int32_t sum = 0, all = 0;
  for (; memory > 0; memory -= kMveBytes, state += kMveBytes, weights += kMveBytes) {
    const mve_pred16_t live = vctp8q((uint32_t)memory);
    const int8x16_t with = vldrbq_z_s8(weights, live);
    sum = vmladavaq_p_s8(sum, vldrbq_z_s8(state, live), with, live);
    all = vaddvaq_p_s8(all, with, live);
  }
  return sum + offset * all;
}

// Modulo 2^32, as is what it is added to.
MVE_INLINE uint32_t sum_halves(const int16_t* state, const int16_t* weights, int32_t memory,
                               int32_t offset) {
  int32_t sum = 0, all = 0;
  for (; memory > 0; memory -= 8, state += 8, weights += 8) {
    const mve_pred16_t live = vctp16q((uint32_t)memory);
    const int16x8_t with = vldrhq_z_s16(weights, live);
    sum = vmladavaq_p_s16(sum, vldrhq_z_s16(state, live), with, live);
    all = vaddvaq_p_s16(all, with, live);
  }
  return (uint32_t)sum + (uint32_t)offset * (uint32_t)all;
}

// The newest values of all filters' memories, one of which is `memory` elements.
MVE_INLINE void remember(const struct bl_svdf_params* p, const int32_t* sums, void* state,
                         int state_bytes) {
  const int32_t multiplier = p->state_multiplier, shift = p->state_shift;
  const int32_t offset = p->state_offset, memory = p->memory;
  const int32x4_t low = vdupq_n_s32(state_bytes == 1 ? INT8_MIN : INT16_MIN);
  const int32x4_t high = vdupq_n_s32(state_bytes == 1 ? INT8_MAX : INT16_MAX);
  uint32x4_t newest = vmulq_n_u32(vaddq_n_u32(vidupq_n_u32(0, 1), 1), (uint32_t)memory);
  newest = vsubq_n_u32(newest, 1);
  for (int32_t left = p->filters; left > 0; left -= kMveWords, sums += kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)left);
    int32x4_t value = mve_rescale_all(vldrwq_z_s32(sums, live), multiplier, shift);
    value = vsubq_n_s32(vminq_s32(vmaxq_s32(value, low), high), offset);
    if (state_bytes == 1) {
      vstrbq_scatter_offset_p_s32(state, newest, value, live);
    } else {
      vstrhq_scatter_shifted_offset_p_s32(state, newest, value, live);
    }
    newest = vaddq_n_u32(newest, (uint32_t)(kMveWords * memory));
  }
}

MVE_INLINE void store_outputs(const struct bl_svdf_params* p, const int32_t* sums, int8_t* output,
                              int32_t units) {
  const int32x4_t low = vdupq_n_s32(INT8_MIN), high = vdupq_n_s32(INT8_MAX);
  const int32_t multiplier = p->output_multiplier, shift = p->output_shift;
  const int32_t offset = p->output_offset;
  for (int32_t left = units; left > 0; left -= kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)left);
    const int32x4_t scaled = mve_rescale_all(vldrwq_z_s32(sums, live), multiplier, shift);
    vstrbq_p_s32(output, mve_finish(scaled, offset, low, high), live);
    sums += kMveWords;
    output += kMveWords;
  }
}

MVE_INLINE void run(const struct bl_svdf_params* p, void* const* operands, int32_t* sums,
                    int state_bytes) {
  const int8_t *input = operands[0], *features = operands[1];
  const int32_t* bias = operands[3];
  int8_t* state = operands[4];
  int8_t* output = operands[5];
  const int32_t memory_bytes = p->memory * state_bytes;
  const int32_t batch_bytes = p->filters * memory_bytes;
  const int32_t units = p->filters / p->rank;
  mve_copy_bytes(state, state + state_bytes, p->batches * batch_bytes - state_bytes);
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->inputs, state += batch_bytes) {
    for (int32_t four = 0; four < p->filters; four += kMveRows) {
      // The last filters are computed together with those before them, again.
      const int32_t filter = bl_min(four, p->filters - kMveRows);
      const int8_t* rows = features + filter * p->inputs;
      mve_put_starts(sums + filter, 0, rows, p->inputs, kMveRows, p->input_offset);
      mve_add_rows(sums + filter, input, rows, p->inputs);
    }
    remember(p, sums, state, state_bytes);
    const int8_t *values = state, *weights = operands[2];
    for (int32_t unit = 0; unit < units; ++unit) {
      uint32_t total = bias ? (uint32_t)bias[unit] : 0;
      for (int32_t r = 0; r < p->rank; ++r, values += memory_bytes, weights += memory_bytes) {
        total += state_bytes == 1
                     ? (uint32_t)sum_bytes(values, weights, p->memory, p->state_offset)
                     : sum_halves((const int16_t*)(const void*)values,
                                  (const int16_t*)(const void*)weights, p->memory, p->state_offset);
      }
      sums[unit] = (int32_t)total;
    }
    store_outputs(p, sums, output, units);
    output += units;
  }
}

BL_ADDED_KERNEL(mve_svdf_s8_s8_scratch_bytes)
int32_t mve_svdf_s8_s8_scratch_bytes(const void* params) {
  const struct bl_svdf_params* p = params;
  return is_taken(p) ? p->filters * (int32_t)sizeof(int32_t)
                     : reference_svdf_s8_s8_scratch_bytes(params);
}

BL_ADDED_KERNEL(mve_svdf_s8_s8)
int32_t mve_svdf_s8_s8(const void* params, void* const* operands, void* scratch) {
  if (!is_taken(params)) return reference_svdf_s8_s8(params, operands, scratch);
  run(params, operands, scratch, 1);
  return 0;
}

BL_ADDED_KERNEL(mve_svdf_s8_s16_scratch_bytes)
int32_t mve_svdf_s8_s16_scratch_bytes(const void* params) {
  const struct bl_svdf_params* p = params;
  return is_taken(p) ? p->filters * (int32_t)sizeof(int32_t)
                     : reference_svdf_s8_s16_scratch_bytes(params);
}

BL_ADDED_KERNEL(mve_svdf_s8_s16)
int32_t mve_svdf_s8_s16(const void* params, void* const* operands, void* scratch) {
  if (!is_taken(params)) return reference_svdf_s8_s16(params, operands, scratch);
  run(params, operands, scratch, 2);
  return 0;
}
