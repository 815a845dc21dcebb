// SVDF: a filter over the features of each step, whose results are remembered, and one over time.
// The state moves down by one element, and each filter's newest result is put at the end of its
// memory.
#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/sums.h"

// As TFLite's, sums over time may wrap.
#define wrapping_sum(sum, term) ((int32_t)((uint32_t)(sum) + (uint32_t)(term)))
#define plain_sum(sum, term) ((sum) + (term))

#define quantized_term(weight, value, offset) ((weight) * ((value) + (offset)))
#define float_term(weight, value, offset) ((weight) * (value))

#define DEFINE_SVDF(name, Value, State, Sum, term, add, remembered, ending)                      \
  static inline void name(const struct bl_svdf_params* p, const Value* input,                    \
                          const Value* feature_weights, const State* time_weights,               \
                          const Sum* bias, State* state, Sum* sums, Sum* units, Value* output) { \
    const int32_t outputs = p->filters / p->rank;                                                \
    const int32_t memory = p->batches * p->filters * p->memory;                                  \
    for (int32_t i = 1; i < memory; ++i) state[i - 1] = state[i];                                \
    State* newest = state + p->memory - 1;                                                       \
    for (int32_t batch = 0; batch < p->batches; ++batch) {                                       \
      const Value* weight = feature_weights;                                                     \
      for (int32_t filter = 0; filter < p->filters; ++filter) {                                  \
        Sum sum = 0;                                                                             \
        for (int32_t i = 0; i < p->inputs; ++i) {                                                \
          sum += term(*weight++, input[batch * p->inputs + i], p->input_offset);                 \
        }                                                                                        \
        *newest = (State)remembered(p, sum);                                                     \
        newest += p->memory;                                                                     \
      }                                                                                          \
    }                                                                                            \
    for (int32_t batch = 0; batch < p->batches; ++batch) {                                       \
      const State* weight = time_weights;                                                        \
      const State* value = state + batch * p->memory * p->filters;                               \
      for (int32_t filter = 0; filter < p->filters; ++filter) {                                  \
        Sum* sum = sums + batch * p->filters + filter;                                           \
        *sum = 0;                                                                                \
        for (int32_t i = 0; i < p->memory; ++i) {                                                \
          *sum = add(*sum, term(*weight++, *value++, p->state_offset));                          \
        }                                                                                        \
      }                                                                                          \
    }                                                                                            \
    for (int32_t batch = 0; batch < p->batches; ++batch) {                                       \
      for (int32_t i = 0; i < outputs; ++i) units[batch * outputs + i] = bias ? bias[i] : 0;     \
    }                                                                                            \
    for (int32_t i = 0; i < p->batches * outputs; ++i) {                                         \
      for (int32_t r = 0; r < p->rank; ++r) units[i] = add(units[i], *sums++);                   \
    }                                                                                            \
    for (int32_t i = 0; i < p->batches * outputs; ++i) output[i] = (Value)ending(p, units[i]);   \
  }

#define remembered_s8(p, sum)                                                               \
  (bl_clamp(bl_rescale(sum, (p)->state_multiplier, (p)->state_shift), INT8_MIN, INT8_MAX) - \
   (p)->state_offset)
#define remembered_s16(p, sum)                                                                \
  (bl_clamp(bl_rescale(sum, (p)->state_multiplier, (p)->state_shift), INT16_MIN, INT16_MAX) - \
   (p)->state_offset)
#define remembered_f32(p, sum) (sum)
#define svdf_output(p, sum)                                                                 \
  bl_clamp(bl_rescale(sum, (p)->output_multiplier, (p)->output_shift) + (p)->output_offset, \
           INT8_MIN, INT8_MAX)
#define svdf_float_output(p, sum) bl_clamp_float(sum, (p)->activation)

DEFINE_SVDF(svdf_s8_s8, int8_t, int8_t, int32_t, quantized_term, wrapping_sum, remembered_s8,
            svdf_output)
DEFINE_SVDF(svdf_s8_s16, int8_t, int16_t, int32_t, quantized_term, wrapping_sum, remembered_s16,
            svdf_output)
DEFINE_SVDF(svdf_f32, float, float, float, float_term, plain_sum, remembered_f32, svdf_float_output)

// Integers need the outputs' sums beside the filters'; floats have room for them in the output.
#define DEFINE_KERNEL(name, bytes_of, units_of)                                                    \
  BL_TYPED_KERNEL(reference_##name##_scratch_bytes)                                                \
  int32_t reference_##name##_scratch_bytes(const void* params) {                                   \
    const struct bl_svdf_params* p = params;                                                       \
    return bytes_of(p);                                                                            \
  }                                                                                                \
  BL_TYPED_KERNEL(reference_##name)                                                                \
  int32_t reference_##name(const void* params, void* const* operands, void* scratch) {             \
    const struct bl_svdf_params* p = params;                                                       \
    name(p, operands[0], operands[1], operands[2], operands[3], operands[4], scratch, units_of(p), \
         operands[5]);                                                                             \
    return 0;                                                                                      \
  }

#define filter_bytes(p) ((p)->batches * (p)->filters * (int32_t)sizeof(int32_t))
#define all_bytes(p) (filter_bytes(p) + filter_bytes(p) / (p)->rank)
#define units_in_scratch(p) ((void*)((char*)scratch + filter_bytes(p)))
#define units_in_output(p) (operands[5])

DEFINE_KERNEL(svdf_s8_s8, all_bytes, units_in_scratch)
DEFINE_KERNEL(svdf_s8_s16, all_bytes, units_in_scratch)
DEFINE_KERNEL(svdf_f32, filter_bytes, units_in_output)
