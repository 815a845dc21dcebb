// The functions of one float that a C library computes: EXP, LOG, SIN, COS, LOGISTIC, TANH and ELU.
#include "kernels/reference/float_functions.h"

#include "kernels/reference/map.h"

#define FUNCTION_KERNEL(NAME, EXPRESSION)                                  \
  static inline float NAME##_f32(float x, const struct bl_map_params* p) { \
    (void)p;                                                               \
    return EXPRESSION;                                                     \
  }                                                                        \
  MAP_KERNEL(reference_##NAME##_f32, float, float, bl_map_params, NAME##_f32)

FUNCTION_KERNEL(exp, expf(x))
FUNCTION_KERNEL(log, logf(x))
FUNCTION_KERNEL(sin, sinf(x))
FUNCTION_KERNEL(cos, cosf(x))
FUNCTION_KERNEL(logistic, bl_logistic_f32(x))
FUNCTION_KERNEL(tanh, tanhf(x))
FUNCTION_KERNEL(elu, x < 0.0f ? expm1f(x) : x)
