// ARG_MAX and ARG_MIN on int8 and float. The comparison is a call, as it is in TFLite Micro.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

// Not-a-number is never taken, and any number is taken instead of it.
#define BETTER(T, suffix, name, operation)                                                \
  __attribute__((noinline)) static int is_##name##_##suffix(T candidate, T current) {     \
    return candidate operation current || (current != current && candidate == candidate); \
  }

#define ARG(T, suffix, name)                                                               \
  BL_ADDED_KERNEL(reference_arg_##name##_##suffix##_s32)                                   \
  int32_t reference_arg_##name##_##suffix##_s32(const void* params, void* const* operands, \
                                                void* scratch) {                           \
    const struct bl_arg_params p = *(const struct bl_arg_params*)params;                   \
    const T* input = operands[0];                                                          \
    int32_t* output = operands[1];                                                         \
    (void)scratch;                                                                         \
    for (int32_t o = 0; o < p.outer; ++o) {                                                \
      for (int32_t i = 0; i < p.inner; ++i) {                                              \
        T best = input[o * p.axis * p.inner + i];                                          \
        int32_t index = 0;                                                                 \
        for (int32_t a = 1; a < p.axis; ++a) {                                             \
          const T value = input[(o * p.axis + a) * p.inner + i];                           \
          if (!is_##name##_##suffix(value, best)) continue;                                \
          best = value;                                                                    \
          index = a;                                                                       \
        }                                                                                  \
        output[o * p.inner + i] = index;                                                   \
      }                                                                                    \
    }                                                                                      \
    return 0;                                                                              \
  }

BETTER(int8_t, s8, max, >)
BETTER(int8_t, s8, min, <)
BETTER(float, f32, max, >)
BETTER(float, f32, min, <)
ARG(int8_t, s8, max)
ARG(int8_t, s8, min)
ARG(float, f32, max)
ARG(float, f32, min)
