// Fused activations of kernels on float and on plain integers.
#ifndef BOARDLESS_KERNELS_REFERENCE_ACTIVATION_RANGE_H_
#define BOARDLESS_KERNELS_REFERENCE_ACTIVATION_RANGE_H_

#include <stdint.h>

// A not-a-number stays one.
static inline float clamp_float(float value, float low, float high) {
  const float raised = value < low ? low : value;
  return high < raised ? high : raised;
}

#endif  // BOARDLESS_KERNELS_REFERENCE_ACTIVATION_RANGE_H_
