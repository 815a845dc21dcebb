// EQUAL, NOT_EQUAL, GREATER, GREATER_EQUAL, LESS, LESS_EQUAL, LOGICAL_AND and LOGICAL_OR.
#include "kernels/abi_elementwise.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/binary.h"

static inline int32_t first_of(int32_t a, const struct bl_comparison_params* p) {
  const int32_t shifted = bl_shift_left(a + p->input1_offset, p->left_shift);
  return bl_rescale(shifted, p->input1_multiplier, p->input1_shift);
}

static inline int32_t second_of(int32_t b, const struct bl_comparison_params* p) {
  const int32_t shifted = bl_shift_left(b + p->input2_offset, p->left_shift);
  return bl_rescale(shifted, p->input2_multiplier, p->input2_shift);
}

// The kernels of the operator NAME, which is OP, on float, plain integers and int8.
#define COMPARISON(NAME, OP)                                                                     \
  static inline uint8_t NAME##_f32(float a, float b, const struct bl_binary_params* p) {         \
    (void)p;                                                                                     \
    return a OP b;                                                                               \
  }                                                                                              \
  static inline uint8_t NAME##_s64(int64_t a, int64_t b, const struct bl_binary_params* p) {     \
    (void)p;                                                                                     \
    return a OP b;                                                                               \
  }                                                                                              \
  static inline uint8_t NAME##_s32(int32_t a, int32_t b, const struct bl_binary_params* p) {     \
    (void)p;                                                                                     \
    return a OP b;                                                                               \
  }                                                                                              \
  static inline uint8_t NAME##_quantized(int32_t a, int32_t b,                                   \
                                         const struct bl_comparison_params* p) {                 \
    return first_of(a, p) OP second_of(b, p);                                                    \
  }                                                                                              \
  BINARY_KERNEL(reference_##NAME##_f32, float, float, uint8_t, bl_binary_params, NAME##_f32)     \
  BINARY_KERNEL(reference_##NAME##_s32, int32_t, int32_t, uint8_t, bl_binary_params, NAME##_s32) \
  BINARY_KERNEL(reference_##NAME##_s64, int64_t, int64_t, uint8_t, bl_binary_params, NAME##_s64) \
  BINARY_KERNEL(reference_##NAME##_s8, int8_t, int8_t, uint8_t, bl_comparison_params,            \
                NAME##_quantized)

COMPARISON(equal, ==)
COMPARISON(not_equal, !=)
COMPARISON(greater, >)
COMPARISON(greater_equal, >=)
COMPARISON(less, <)
COMPARISON(less_equal, <=)

BINARY_KERNEL(reference_greater_s16, int16_t, int16_t, uint8_t, bl_comparison_params,
              greater_quantized)
BINARY_KERNEL(reference_equal_bool, uint8_t, uint8_t, uint8_t, bl_binary_params, equal_s32)
BINARY_KERNEL(reference_not_equal_bool, uint8_t, uint8_t, uint8_t, bl_binary_params, not_equal_s32)

#define AND(a, b, p) ((void)(p), (a) && (b))
#define OR(a, b, p) ((void)(p), (a) || (b))
BINARY_KERNEL(reference_logical_and_bool, uint8_t, uint8_t, uint8_t, bl_binary_params, AND)
BINARY_KERNEL(reference_logical_or_bool, uint8_t, uint8_t, uint8_t, bl_binary_params, OR)
