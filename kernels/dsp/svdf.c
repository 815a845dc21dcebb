// SVDF on int8, with a state of int8 or int16, for cores with the DSP extension: four filters'
// weights pass by the widened input at a time, and sums over time multiply pairs.
//
// Scratch: the widened input.
#include "kernels/abi.h"
#include "kernels/dsp/bytes.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/factor.h"
#include "kernels/dsp/widened_row.h"
#include "kernels/reference/reference_kernels.h"

// The rest is left to the reference: few values, zero points that no int8 has, and multipliers of
// 0.
static int is_taken(const struct bl_svdf_params* p, int32_t state_offsets) {
  return p->inputs >= kDspTaps && p->filters >= kDspRows && p->input_offset >= -INT8_MAX &&
         p->input_offset <= -INT8_MIN && p->state_offset >= -state_offsets &&
         p->state_offset <= state_offsets && dsp_is_factor(p->state_multiplier, p->state_shift) &&
         dsp_is_factor(p->output_multiplier, p->output_shift);
}

// The products of a filter's memory with its weights, modulo 2^32.
typedef int32_t sum_over_time(const void* state, const void* weights, int32_t memory,
                              int32_t offset);

DSP_INLINE int32_t sum_bytes(const void* state, const void* weights, int32_t memory,
                             int32_t offset) {
  const int8_t *value = state, *weight = weights;
  const uint32_t offsets = dsp_both_lanes(offset);
  int32_t sum = 0;
  for (; memory >= 4; memory -= 4, value += 4, weight += 4) {
    const uint32_t values = dsp_load_word(value), with = dsp_load_word(weight);
    sum = dsp_dot(dsp_add_even_pair(offsets, values), dsp_even_pair(with), sum);
    sum = dsp_dot(dsp_add_odd_pair(offsets, values), dsp_odd_pair(with), sum);
  }
  for (; memory > 0; --memory) sum += *weight++ * (*value++ + offset);
  return sum;
}

DSP_INLINE int32_t sum_halves(const void* state, const void* weights, int32_t memory,
                              int32_t offset) {
  const int16_t *value = state, *weight = weights;
  int32_t sum = 0;
  (void)offset;
  for (; memory >= 4; memory -= 4, value += 4, weight += 4) {
    const uint32_t value0 = dsp_load_word(value), weight0 = dsp_load_word(weight);
    const uint32_t value1 = dsp_load_word(value + 2), weight1 = dsp_load_word(weight + 2);
    sum = dsp_dot(value1, weight1, dsp_dot(value0, weight0, sum));
  }
  for (; memory > 0; --memory) {
    sum = (int32_t)((uint32_t)sum + (uint32_t)(*weight++ * *value++));
  }
  return sum;
}

// The newest value of four filters' memories from `filter` on.
DSP_INLINE void remember(const struct bl_svdf_params* p, const uint32_t* input,
                         const int8_t* weights, int32_t filter, struct dsp_factor by, void* state,
                         int state_bytes) {
  int32_t sums[kDspRows] = {0};
  dsp_add_rows(sums, input, weights + filter * p->inputs, p->inputs, p->inputs);
  for (int32_t i = 0; i < kDspRows; ++i) {
    const int32_t value = dsp_scale(sums[i], by, dsp_is_right(&by));
    const int32_t newest = (filter + i + 1) * p->memory - 1;
    if (state_bytes == 1) {
      ((int8_t*)state)[newest] = (int8_t)(dsp_saturate_to_int8(value) - p->state_offset);
    } else {
      ((int16_t*)state)[newest] = (int16_t)(dsp_saturate_to_int16(value) - p->state_offset);
    }
  }
}

DSP_INLINE void run(const struct bl_svdf_params* p, void* const* operands, uint32_t* widened,
                    int state_bytes, sum_over_time* sum) {
  const int8_t* input = operands[0];
  const int32_t* bias = operands[3];
  int8_t* state = operands[4];
  int8_t* output = operands[5];
  const struct dsp_factor state_by = dsp_factor_of(p->state_multiplier, p->state_shift);
  const struct dsp_factor output_by = dsp_factor_of(p->output_multiplier, p->output_shift);
  const int32_t memory_bytes = p->memory * state_bytes;
  const int32_t batch_bytes = p->filters * memory_bytes;
  dsp_copy_bytes(state, state + state_bytes, p->batches * batch_bytes - state_bytes);
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->inputs, state += batch_bytes) {
    dsp_widen_row(widened, input, p->inputs, p->input_offset);
    for (int32_t four = 0; four < p->filters; four += kDspRows) {
      // The last filters are computed together with those before them, again.
      remember(p, widened, operands[1], bl_min(four, p->filters - kDspRows), state_by, state,
               state_bytes);
    }
    const int8_t *values = state, *weights = operands[2];
    for (int32_t unit = 0; unit < p->filters / p->rank; ++unit) {
      int32_t total = bias ? bias[unit] : 0;
      for (int32_t r = 0; r < p->rank; ++r, values += memory_bytes, weights += memory_bytes) {
        const int32_t filter = sum(values, weights, p->memory, p->state_offset);
        total = (int32_t)((uint32_t)total + (uint32_t)filter);
      }
      const int32_t value = dsp_scale(total, output_by, dsp_is_right(&output_by));
      *output++ = (int8_t)dsp_saturate_to_int8(value + p->output_offset);
    }
  }
}

BL_ADDED_KERNEL(dsp_svdf_s8_s8_scratch_bytes)
int32_t dsp_svdf_s8_s8_scratch_bytes(const void* params) {
  const struct bl_svdf_params* p = params;
  return is_taken(p, INT8_MAX) ? dsp_widened_bytes(p->inputs)
                               : reference_svdf_s8_s8_scratch_bytes(params);
}

BL_ADDED_KERNEL(dsp_svdf_s8_s8)
int32_t dsp_svdf_s8_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_svdf_params* p = params;
  if (!is_taken(p, INT8_MAX)) return reference_svdf_s8_s8(params, operands, scratch);
  run(p, operands, scratch, 1, sum_bytes);
  return 0;
}

BL_ADDED_KERNEL(dsp_svdf_s8_s16_scratch_bytes)
int32_t dsp_svdf_s8_s16_scratch_bytes(const void* params) {
  const struct bl_svdf_params* p = params;
  return is_taken(p, 0) ? dsp_widened_bytes(p->inputs)
                        : reference_svdf_s8_s16_scratch_bytes(params);
}

BL_ADDED_KERNEL(dsp_svdf_s8_s16)
int32_t dsp_svdf_s8_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_svdf_params* p = params;
  if (!is_taken(p, 0)) return reference_svdf_s8_s16(params, operands, scratch);
  run(p, operands, scratch, 2, sum_halves);
  return 0;
}
