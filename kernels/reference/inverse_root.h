// 1 / sqrt(n) of an integer, in fixed point.
#ifndef BOARDLESS_KERNELS_REFERENCE_INVERSE_ROOT_H_
#define BOARDLESS_KERNELS_REFERENCE_INVERSE_ROOT_H_

#include <stdint.h>

#include "kernels/fixed_point.h"

struct scaled_root {
  int32_t multiplier, shift;  // as bl_rescale takes them
};

// For n >= 0; 0 is taken for 1. n is brought between 1/4 and 1 by a power of four; Newton's
// iteration from 1 makes the root of that, five times, in Q3.28.
static inline struct scaled_root inverse_square_root(int32_t n) {
  const struct scaled_root of_one = {INT32_MAX, 0};
  if (n <= 1) return of_one;
  int32_t right = 11;
  for (; n >= INT32_C(1) << 29; n /= 4) ++right;
  const int32_t pairs = (__builtin_clz((uint32_t)n) - 1) / 2 - 1;
  right -= pairs;
  const int32_t x = (n << (2 * pairs)) >> 1;  // Q3.28
  const int32_t half_x = bl_rounding_shift_right(x, 1);
  const int32_t three_halves = (1 << 28) + (1 << 27);
  int32_t root = 1 << 28;
  for (int step = 0; step < 5; ++step) {
    // Q9.22 brought to Q3.28, as is the difference of two in Q6.25.
    const int32_t cube =
        bl_saturating_shift_left(bl_high_multiply(bl_high_multiply(root, root), root), 6);
    root = bl_saturating_shift_left(
        bl_high_multiply(three_halves, root) - bl_high_multiply(half_x, cube), 3);
  }
  int32_t multiplier = bl_high_multiply(root, 1518500250);  // half the root of 2
  if (right < 0) {
    multiplier = bl_shift_left(multiplier, -right);
    right = 0;
  }
  const struct scaled_root result = {multiplier, -right};
  return result;
}

#endif  // BOARDLESS_KERNELS_REFERENCE_INVERSE_ROOT_H_
