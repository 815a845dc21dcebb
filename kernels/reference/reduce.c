// SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_ALL, and MEAN on what mean.c has not: one pass over the input
// in memory order. Each element's place is worked out from its index, as TFLite's general reduction
// does.
#include "kernels/reference/reduce.h"

#include <float.h>
#include <string.h>

#include "kernels/abi_elementwise.h"
#include "kernels/fixed_point.h"

#define PLUS(a, b) ((a) + (b))
#define LARGER(a, b) ((b) > (a) ? (b) : (a))
#define SMALLER(a, b) ((b) < (a) ? (b) : (a))
#define BOTH(a, b) ((a) && (b))

// The sums of a quantised tensor in `scratch`, rescaled.
#define QUANTIZED_KERNEL(NAME, T, LOWEST, HIGHEST)                                \
  BL_ADDED_KERNEL(NAME##_scratch_bytes)                                           \
  int32_t NAME##_scratch_bytes(const void* params) {                              \
    const struct bl_mean_params* p = params;                                      \
    return reduced_count(p->extent, p->reduce) * (int32_t)sizeof(int32_t);        \
  }                                                                               \
  BL_ADDED_KERNEL(NAME)                                                           \
  int32_t NAME(const void* params, void* const* operands, void* scratch) {        \
    const struct bl_mean_params p = *(const struct bl_mean_params*)params;        \
    const T* input = operands[0];                                                 \
    T* output = operands[1];                                                      \
    int32_t* sums = scratch;                                                      \
    const int32_t outputs = reduced_count(p.extent, p.reduce);                    \
    memset(sums, 0, (size_t)outputs * sizeof *sums);                              \
    REDUCE(p.extent, p.reduce, input, sums, PLUS);                                \
    for (int32_t i = 0; i < outputs; ++i) {                                       \
      const int32_t sum = sums[i] + p.count * p.input_offset;                     \
      const int32_t scaled =                                                      \
          bl_rescale(sum, p.output_multiplier, p.output_shift) + p.output_offset; \
      output[i] = (T)bl_clamp(scaled, LOWEST, HIGHEST);                           \
    }                                                                             \
    return 0;                                                                     \
  }

QUANTIZED_KERNEL(reference_mean_u8, uint8_t, 0, UINT8_MAX)
QUANTIZED_KERNEL(reference_mean_s16, int16_t, INT16_MIN, INT16_MAX)
QUANTIZED_KERNEL(reference_sum_s8, int8_t, INT8_MIN, INT8_MAX)
QUANTIZED_KERNEL(reference_sum_s16, int16_t, INT16_MIN, INT16_MAX)

#define PLAIN_KERNEL(NAME, T, FIRST, JOIN)                                     \
  BL_ADDED_KERNEL(NAME)                                                        \
  int32_t NAME(const void* params, void* const* operands, void* scratch) {     \
    const struct bl_reduce_params p = *(const struct bl_reduce_params*)params; \
    const T* input = operands[0];                                              \
    T* output = operands[1];                                                   \
    const int32_t outputs = reduced_count(p.extent, p.reduce);                 \
    (void)scratch;                                                             \
    for (int32_t i = 0; i < outputs; ++i) output[i] = FIRST;                   \
    REDUCE(p.extent, p.reduce, input, output, JOIN);                           \
    return 0;                                                                  \
  }

PLAIN_KERNEL(reference_sum_f32, float, 0, PLUS)
PLAIN_KERNEL(reference_reduce_max_f32, float, -FLT_MAX, LARGER)
PLAIN_KERNEL(reference_reduce_min_f32, float, FLT_MAX, SMALLER)
PLAIN_KERNEL(reference_reduce_max_s8, int8_t, INT8_MIN, LARGER)
PLAIN_KERNEL(reference_reduce_min_s8, int8_t, INT8_MAX, SMALLER)
PLAIN_KERNEL(reference_reduce_all_bool, uint8_t, 1, BOTH)

// The mean over height and width of every channel: a loop of its own in TFLite.
static void mean_of_windows(const struct bl_reduce_params* p, const float* input, float* output) {
  const int32_t* n = p->extent;
  for (int32_t batch = 0; batch < n[0]; ++batch) {
    for (int32_t channel = 0; channel < n[3]; ++channel) {
      float sum = 0;
      for (int32_t y = 0; y < n[1]; ++y) {
        for (int32_t x = 0; x < n[2]; ++x) {
          sum += input[((batch * n[1] + y) * n[2] + x) * n[3] + channel];
        }
      }
      output[batch * n[3] + channel] = sum / (float)(n[1] * n[2]);
    }
  }
}

BL_ADDED_KERNEL(reference_mean_f32)
int32_t reference_mean_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_reduce_params p = *(const struct bl_reduce_params*)params;
  const float* input = operands[0];
  float* output = operands[1];
  (void)scratch;
  if (p.is_window) {
    mean_of_windows(&p, input, output);
    return 0;
  }
  const int32_t outputs = reduced_count(p.extent, p.reduce);
  for (int32_t i = 0; i < outputs; ++i) output[i] = 0;
  REDUCE(p.extent, p.reduce, input, output, PLUS);
  for (int32_t i = 0; i < outputs; ++i) output[i] /= (float)p.count;
  return 0;
}
