// LOGISTIC and TANH on int8 for cores with the DSP extension. Long tensors go by a table of all 256
// results.
//
// Scratch: 256 bytes for tensors of more than 256 elements, otherwise none.
#include "kernels/abi_elementwise.h"
#include "kernels/dsp/byte_table.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/factor.h"
#include "kernels/dsp/sigmoid_q4.h"
#include "kernels/reference/reference_kernels.h"

DSP_INLINE int32_t logistic(int32_t x) {
  const uint32_t half = UINT32_C(1) << 22;
  return dsp_saturate_to_int8((int32_t)(((uint32_t)dsp_sigmoid_q4(x) + half) >> 23) + INT8_MIN);
}

DSP_INLINE int32_t hyperbolic_tangent(int32_t x) {
  const uint32_t half = UINT32_C(1) << 23;
  const int32_t magnitude = (int32_t)(((uint32_t)dsp_tanh_magnitude_q4(x) + half) >> 24);
  return dsp_saturate_to_int8(x < 0 ? -magnitude : magnitude);
}

DSP_INLINE int8_t apply(int32_t function(int32_t), const struct bl_sigmoid_params* p,
                        struct dsp_factor by, int32_t value) {
  const int32_t steps = value + p->input_offset;
  if (steps <= -p->radius) return INT8_MIN;
  if (steps >= p->radius) return INT8_MAX;
  return (int8_t)function(dsp_scale(steps, by, dsp_is_right(&by)));
}

static int is_taken(const struct bl_sigmoid_params* p) {
  return dsp_is_factor(p->input_multiplier, p->input_shift);
}

DSP_INLINE void map(int32_t function(int32_t), const struct bl_sigmoid_params* p,
                    void* const* operands, uint8_t* table) {
  const struct dsp_factor by = dsp_factor_of(p->input_multiplier, p->input_shift);
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  const int has_table = dsp_byte_table_scratch(p->count) != 0;
  const int32_t count = has_table ? kDspTableBytes : p->count;
  for (int32_t i = 0; i < count; ++i) {
    const int8_t result = apply(function, p, by, has_table ? (int8_t)i : input[i]);
    if (has_table) table[i] = (uint8_t)result;
    if (!has_table) output[i] = result;
  }
  if (has_table) dsp_look_bytes_up(table, input, output, p->count);
}

BL_ADDED_KERNEL(dsp_logistic_s8_scratch_bytes)
int32_t dsp_logistic_s8_scratch_bytes(const void* params) {
  return dsp_byte_table_scratch(((const struct bl_sigmoid_params*)params)->count);
}

BL_ADDED_KERNEL(dsp_logistic_s8)
int32_t dsp_logistic_s8(const void* params, void* const* operands, void* scratch) {
  if (!is_taken(params)) return reference_logistic_s8(params, operands, scratch);
  map(logistic, params, operands, scratch);
  return 0;
}

BL_ADDED_KERNEL(dsp_tanh_s8_scratch_bytes)
int32_t dsp_tanh_s8_scratch_bytes(const void* params) {
  return dsp_byte_table_scratch(((const struct bl_sigmoid_params*)params)->count);
}

BL_ADDED_KERNEL(dsp_tanh_s8)
int32_t dsp_tanh_s8(const void* params, void* const* operands, void* scratch) {
  if (!is_taken(params)) return reference_tanh_s8(params, operands, scratch);
  map(hyperbolic_tangent, params, operands, scratch);
  return 0;
}
