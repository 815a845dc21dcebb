// What comes before a transform: frames multiplied by a window, and scaled to use all bits.
#include "kernels/abi_signal.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

BL_ADDED_KERNEL(reference_signal_window_s16)
int32_t reference_signal_window_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_signal_window_params* p = params;
  const int16_t* input = operands[0];
  const int16_t* weights = operands[1];
  int16_t* output = operands[2];
  (void)scratch;
  for (int32_t frame = 0; frame < p->frames; ++frame) {
    for (int32_t i = 0; i < p->size; ++i) {
      const int32_t product = ((int32_t)*input++ * weights[i]) >> p->shift;
      *output++ = (int16_t)bl_clamp(product, INT16_MIN, INT16_MAX);
    }
  }
  return 0;
}

BL_ADDED_KERNEL(reference_signal_fft_auto_scale_s16)
int32_t reference_signal_fft_auto_scale_s16(const void* params, void* const* operands,
                                            void* scratch) {
  const struct bl_signal_auto_scale_params* p = params;
  const int16_t* input = operands[0];
  int16_t* output = operands[1];
  int32_t* shift = operands[2];
  (void)scratch;
  // As wide as TFLite Micro keeps it: the magnitude of -32768 is negative.
  int16_t largest = 0;
  for (int32_t i = 0; i < p->count; ++i) {
    const int32_t value = input[i];
    if (value > largest) {
      largest = (int16_t)value;
    } else if (-value > largest) {
      largest = (int16_t)-value;
    }
  }
  const int32_t bits = largest > 0 ? __builtin_clz((unsigned)largest) - 17 : 0;
  for (int32_t i = 0; i < p->count; ++i) output[i] = (int16_t)(input[i] * (1 << bits));
  *shift = bits;
  return 0;
}
