// QUANTIZE and DEQUANTIZE between types other than int8 and float.
#include <math.h>

#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

// Clamped before the conversion, which is undefined for a float outside int32's range; a NaN
// becomes the smallest value.
#define QUANTIZE(T, suffix, lowest, highest)                                         \
  BL_ADDED_KERNEL(reference_quantize_f32_##suffix)                                   \
  int32_t reference_quantize_f32_##suffix(const void* params, void* const* operands, \
                                          void* scratch) {                           \
    const struct bl_quantize_params p = *(const struct bl_quantize_params*)params;   \
    const float* input = operands[0];                                                \
    T* output = operands[1];                                                         \
    (void)scratch;                                                                   \
    const float smallest = (float)(lowest - p.zero_point);                           \
    const float largest = (float)(highest - p.zero_point);                           \
    for (int32_t i = 0; i < p.count; ++i) {                                          \
      float rounded = roundf(input[i] / p.scale);                                    \
      if (!(rounded >= smallest)) rounded = smallest;                                \
      if (rounded > largest) rounded = largest;                                      \
      output[i] = (T)((int32_t)rounded + p.zero_point);                              \
    }                                                                                \
    return 0;                                                                        \
  }

QUANTIZE(uint8_t, u8, 0, UINT8_MAX)
QUANTIZE(int16_t, s16, INT16_MIN, INT16_MAX)

#define DEQUANTIZE(T, suffix)                                                                     \
  BL_ADDED_KERNEL(reference_dequantize_##suffix##_f32)                                            \
  int32_t reference_dequantize_##suffix##_f32(const void* params, void* const* operands,          \
                                              void* scratch) {                                    \
    const struct bl_dequantize_params p = *(const struct bl_dequantize_params*)params;            \
    const T* input = operands[0];                                                                 \
    float* output = operands[1];                                                                  \
    (void)scratch;                                                                                \
    for (int32_t i = 0; i < p.count; ++i) output[i] = p.scale * (float)(input[i] - p.zero_point); \
    return 0;                                                                                     \
  }

DEQUANTIZE(uint8_t, u8)
DEQUANTIZE(int16_t, s16)

#define REQUANTIZE(From, from, To, to)                                                  \
  BL_ADDED_KERNEL(reference_requantize_##from##_##to)                                   \
  int32_t reference_requantize_##from##_##to(const void* params, void* const* operands, \
                                             void* scratch) {                           \
    const struct bl_requantize_params p = *(const struct bl_requantize_params*)params;  \
    const From* input = operands[0];                                                    \
    To* output = operands[1];                                                           \
    (void)scratch;                                                                      \
    for (int32_t i = 0; i < p.count; ++i) {                                             \
      const int32_t value =                                                             \
          bl_rescale(input[i] + p.input_offset, p.output_multiplier, p.output_shift) +  \
          p.output_offset;                                                              \
      output[i] = (To)bl_clamp(value, p.activation_min, p.activation_max);              \
    }                                                                                   \
    return 0;                                                                           \
  }

REQUANTIZE(int8_t, s8, uint8_t, u8)
REQUANTIZE(int8_t, s8, int16_t, s16)
REQUANTIZE(int8_t, s8, int32_t, s32)
REQUANTIZE(uint8_t, u8, int8_t, s8)
REQUANTIZE(uint8_t, u8, uint8_t, u8)
REQUANTIZE(int16_t, s16, int8_t, s8)
REQUANTIZE(int16_t, s16, int16_t, s16)
REQUANTIZE(int16_t, s16, int32_t, s32)
REQUANTIZE(int32_t, s32, int8_t, s8)
REQUANTIZE(int32_t, s32, int16_t, s16)
