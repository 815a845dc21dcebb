// SOFTMAX and LOG_SOFTMAX on floats, row by row.
#include <math.h>

#include "kernels/abi_elementwise.h"

static inline float largest_of(const float* values, int32_t count) {
  float largest = values[0];
  for (int32_t i = 1; i < count; ++i) largest = largest < values[i] ? values[i] : largest;
  return largest;
}

BL_ADDED_KERNEL(reference_softmax_f32)
int32_t reference_softmax_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_float_softmax_params p = *(const struct bl_float_softmax_params*)params;
  const float* input = operands[0];
  float* output = operands[1];
  (void)scratch;
  for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {
    const float largest = largest_of(input, p.depth);
    float sum = 0.0f;
    for (int32_t i = 0; i < p.depth; ++i) {
      output[i] = expf((input[i] - largest) * p.beta);
      sum += output[i];
    }
    for (int32_t i = 0; i < p.depth; ++i) output[i] = output[i] / sum;
  }
  return 0;
}

BL_ADDED_KERNEL(reference_log_softmax_f32)
int32_t reference_log_softmax_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_rows_params p = *(const struct bl_rows_params*)params;
  const float* input = operands[0];
  float* output = operands[1];
  (void)scratch;
  for (int32_t row = 0; row < p.rows; ++row, input += p.depth, output += p.depth) {
    const float largest = largest_of(input, p.depth);
    float sum = 0.0f;
    for (int32_t i = 0; i < p.depth; ++i) sum += expf(input[i] - largest);
    const float log_sum = logf(sum);
    for (int32_t i = 0; i < p.depth; ++i) output[i] = input[i] - largest - log_sum;
  }
  return 0;
}
