// What the kernels of SOFTMAX share, whatever types they are on.
#ifndef BOARDLESS_KERNELS_REFERENCE_SOFTMAX_EXP_H_
#define BOARDLESS_KERNELS_REFERENCE_SOFTMAX_EXP_H_

#include "kernels/abi.h"
#include "kernels/fixed_point.h"

// Integer bits of the sum of exponentials: room for 4095 elements of value 1.
enum { kSumIntegerBits = 12 };

// exp(difference * scale * beta), Q0.31.
static inline int32_t scaled_exp(int32_t difference, const struct bl_softmax_params* p) {
  const int32_t shifted = bl_shift_left(difference, p->input_left_shift);
  return bl_exp_on_negative(bl_high_multiply(shifted, p->input_multiplier));
}

#endif  // BOARDLESS_KERNELS_REFERENCE_SOFTMAX_EXP_H_
