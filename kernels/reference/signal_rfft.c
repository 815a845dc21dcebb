// Transforms of real signals and back, on 16 and 32 bit integers and floats.
#include <string.h>

#include "kernels/abi_signal.h"
#include "kernels/reference/reference_kernels.h"

#define SCALAR int16_t
#define WIDE int32_t
#define NAME(stem) stem##_s16
#define ROUNDED(product) ((int16_t)(((product) + (1 << 14)) >> 15))
#define DIVIDED(value, radix) ROUNDED((int32_t)(value) * (INT16_MAX / (radix)))
#define HALF(value) ((SCALAR)((value) >> 1))
#include "kernels/reference/fft.h"

#define SCALAR int32_t
#define WIDE int64_t
#define NAME(stem) stem##_s32
#define ROUNDED(product) ((int32_t)(((product) + (1 << 30)) >> 31))
#define DIVIDED(value, radix) ROUNDED((int64_t)(value) * (INT32_MAX / (radix)))
#define HALF(value) ((SCALAR)((value) >> 1))
#include "kernels/reference/fft.h"

#define SCALAR float
#define WIDE float
#define NAME(stem) stem##_f32
#define ROUNDED(product) (product)
#define DIVIDED(value, radix) (value)
#define HALF(value) ((value) * 0.5F)
#define RESTORED(value, length) ((value) / (float)(length))
#include "kernels/reference/fft.h"

// A frame with its zeros, and the transform of its halves.
#define SCRATCH(NAME, SCALARS)                                                   \
  BL_ADDED_KERNEL(NAME##_scratch_bytes)                                          \
  int32_t NAME##_scratch_bytes(const void* params) {                             \
    return ((const struct bl_signal_fft_params*)params)->fft_length * (SCALARS); \
  }
SCRATCH(reference_signal_rfft_s16, 2 * (int32_t)sizeof(int16_t))
SCRATCH(reference_signal_rfft_s32, 2 * (int32_t)sizeof(int32_t))
SCRATCH(reference_signal_rfft_f32, 2 * (int32_t)sizeof(float))
SCRATCH(reference_signal_irfft_s16, (int32_t)sizeof(int16_t))
SCRATCH(reference_signal_irfft_s32, (int32_t)sizeof(int32_t))
SCRATCH(reference_signal_irfft_f32, (int32_t)sizeof(float))
