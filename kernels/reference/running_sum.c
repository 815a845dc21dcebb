// ADD_N and CUMSUM. Quantised sums begin with the real zero and wrap in 32 bits.
#include "kernels/abi_elementwise.h"
#include "kernels/fixed_point.h"

static inline int32_t scaled_in(int32_t value, const struct bl_quantized_sum_params* p) {
  const int32_t shifted = bl_shift_left(value + p->input_offset, p->left_shift);
  return bl_rescale(shifted, p->input_multiplier, p->input_shift);
}

static inline int8_t scaled_out(int32_t sum, const struct bl_quantized_sum_params* p) {
  const int32_t result = bl_rescale(sum, p->output_multiplier, p->output_shift) + p->output_offset;
  return (int8_t)bl_clamp(result, INT8_MIN, INT8_MAX);
}

#define AS_IT_IS(x, p) (x)
#define ADD_FLOATS(a, b) ((a) + (b))
#define ADD_WRAPPING(a, b) ((int32_t)((uint32_t)(a) + (uint32_t)(b)))

#define ADD_N_KERNEL(NAME, T, SUM, IN, OUT, ADD)                             \
  BL_ADDED_KERNEL(NAME)                                                      \
  int32_t NAME(const void* params, void* const* operands, void* scratch) {   \
    const struct bl_add_n_params p = *(const struct bl_add_n_params*)params; \
    T* output = operands[p.inputs];                                          \
    (void)scratch;                                                           \
    for (int32_t i = 0; i < p.count; ++i) {                                  \
      SUM sum = 0;                                                           \
      for (int32_t j = 0; j < p.inputs; ++j) {                               \
        sum = ADD(sum, IN(((const T*)operands[j])[i], &p.scaling));          \
      }                                                                      \
      output[i] = OUT(sum, &p.scaling);                                      \
    }                                                                        \
    return 0;                                                                \
  }

ADD_N_KERNEL(reference_add_n_f32, float, float, AS_IT_IS, AS_IT_IS, ADD_FLOATS)
ADD_N_KERNEL(reference_add_n_s8, int8_t, int32_t, scaled_in, scaled_out, ADD_WRAPPING)

#define CUMSUM_KERNEL(NAME, T, SUM, IN, OUT, ADD)                                 \
  BL_ADDED_KERNEL(NAME)                                                           \
  int32_t NAME(const void* params, void* const* operands, void* scratch) {        \
    const struct bl_cumsum_params p = *(const struct bl_cumsum_params*)params;    \
    (void)scratch;                                                                \
    for (int32_t outer = 0; outer < p.outer; ++outer) {                           \
      for (int32_t inner = 0; inner < p.inner; ++inner) {                         \
        SUM sum = 0;                                                              \
        for (int32_t i = 0; i < p.count; ++i) {                                   \
          const int32_t place = p.reverse ? p.count - 1 - i : i;                  \
          const int32_t at = (outer * p.count + place) * p.inner + inner;         \
          const SUM next = ADD(sum, IN(((const T*)operands[0])[at], &p.scaling)); \
          ((T*)operands[1])[at] = OUT(p.exclusive ? sum : next, &p.scaling);      \
          sum = next;                                                             \
        }                                                                         \
      }                                                                           \
    }                                                                             \
    return 0;                                                                     \
  }

CUMSUM_KERNEL(reference_cumsum_f32, float, float, AS_IT_IS, AS_IT_IS, ADD_FLOATS)
CUMSUM_KERNEL(reference_cumsum_s8, int8_t, int32_t, scaled_in, scaled_out, ADD_WRAPPING)
