// Functions of a float that the C library has a part in, as TFLite's reference operators form them.
#ifndef BOARDLESS_KERNELS_REFERENCE_FLOAT_FUNCTIONS_H_
#define BOARDLESS_KERNELS_REFERENCE_FLOAT_FUNCTIONS_H_

#include <math.h>

// 1 / (1 + exp(-x)): 1 from where that rounds to it, and exp(x) where the 1 in the sum is lost.
static inline float bl_logistic_f32(float x) {
  if (x > 16.619047164916992188f) return 1.0f;
  if (x < -9.0f) return expf(x);
  return 1.0f / (1.0f + expf(-x));
}

#endif  // BOARDLESS_KERNELS_REFERENCE_FLOAT_FUNCTIONS_H_
