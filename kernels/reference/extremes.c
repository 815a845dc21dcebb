// MAXIMUM and MINIMUM of two tensors, on numbers as they are stored.
#include "kernels/reference/binary.h"

#define LARGER(a, b, p) ((void)(p), (a) > (b) ? (a) : (b))
#define SMALLER(a, b, p) ((void)(p), (a) < (b) ? (a) : (b))

BINARY_KERNEL(reference_maximum_s8, int8_t, int8_t, int8_t, bl_binary_params, LARGER)
BINARY_KERNEL(reference_maximum_s16, int16_t, int16_t, int16_t, bl_binary_params, LARGER)
BINARY_KERNEL(reference_maximum_s32, int32_t, int32_t, int32_t, bl_binary_params, LARGER)
BINARY_KERNEL(reference_maximum_s64, int64_t, int64_t, int64_t, bl_binary_params, LARGER)
BINARY_KERNEL(reference_maximum_f32, float, float, float, bl_binary_params, LARGER)
BINARY_KERNEL(reference_maximum_u8, uint8_t, uint8_t, uint8_t, bl_binary_params, LARGER)

BINARY_KERNEL(reference_minimum_s8, int8_t, int8_t, int8_t, bl_binary_params, SMALLER)
BINARY_KERNEL(reference_minimum_s16, int16_t, int16_t, int16_t, bl_binary_params, SMALLER)
BINARY_KERNEL(reference_minimum_s32, int32_t, int32_t, int32_t, bl_binary_params, SMALLER)
BINARY_KERNEL(reference_minimum_s64, int64_t, int64_t, int64_t, bl_binary_params, SMALLER)
BINARY_KERNEL(reference_minimum_f32, float, float, float, bl_binary_params, SMALLER)
BINARY_KERNEL(reference_minimum_u8, uint8_t, uint8_t, uint8_t, bl_binary_params, SMALLER)
