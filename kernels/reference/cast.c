// CAST between int8, int16, int32, uint32 and float, and from bool.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

// Integers keep their low bits.
#define TO_s8(value) ((int8_t)(value))
#define TO_s16(value) ((int16_t)(value))
#define TO_s32(value) ((int32_t)(value))
#define TO_u32(value) ((uint32_t)(value))
#define TO_f32(value) ((float)(value))

// Within what the type has before the conversion, which is undefined beyond; `above` is the first
// float that is too large.
#define SATURATE(T, suffix, lowest, above, highest) \
  static inline T saturate_##suffix(float value) {  \
    if (value >= above) return highest;             \
    if (value > lowest) return (T)value;            \
    return value <= lowest ? (T)lowest : 0;         \
  }

SATURATE(int8_t, s8, -128.0F, 128.0F, INT8_MAX)
SATURATE(int16_t, s16, -32768.0F, 32768.0F, INT16_MAX)
SATURATE(int32_t, s32, -2147483648.0F, 2147483648.0F, INT32_MAX)
SATURATE(uint32_t, u32, 0.0F, 4294967296.0F, UINT32_MAX)

#define CAST(From, from, To, to, convert)                                                          \
  BL_ADDED_KERNEL(reference_cast_##from##_##to)                                                    \
  int32_t reference_cast_##from##_##to(const void* params, void* const* operands, void* scratch) { \
    const int32_t count = ((const struct bl_cast_params*)params)->count;                           \
    const From* input = operands[0];                                                               \
    To* output = operands[1];                                                                      \
    (void)scratch;                                                                                 \
    for (int32_t i = 0; i < count; ++i) output[i] = convert(input[i]);                             \
    return 0;                                                                                      \
  }

#define CAST_FROM(From, from)             \
  CAST(From, from, int8_t, s8, TO_s8)     \
  CAST(From, from, int16_t, s16, TO_s16)  \
  CAST(From, from, int32_t, s32, TO_s32)  \
  CAST(From, from, uint32_t, u32, TO_u32) \
  CAST(From, from, float, f32, TO_f32)

CAST_FROM(int8_t, s8)
CAST_FROM(int16_t, s16)
CAST_FROM(int32_t, s32)
CAST_FROM(uint32_t, u32)
CAST_FROM(uint8_t, bool)
CAST(float, f32, int8_t, s8, saturate_s8)
CAST(float, f32, int16_t, s16, saturate_s16)
CAST(float, f32, int32_t, s32, saturate_s32)
CAST(float, f32, uint32_t, u32, saturate_u32)
CAST(float, f32, float, f32, TO_f32)
