// Rescaling of single numbers by a positive multiplier: bit for bit bl_high_multiply and
// bl_rounding_shift_right of kernels/fixed_point.h.
#ifndef BOARDLESS_KERNELS_SCALAR_HIGH_PRODUCT_H_
#define BOARDLESS_KERNELS_SCALAR_HIGH_PRODUCT_H_

#include "kernels/fixed_point.h"
#include "kernels/scalar/requantize.h"

SCALAR_INLINE int32_t scalar_wide_product(int32_t value, int32_t multiplier) {
  return (int32_t)(((int64_t)value * multiplier + (INT64_C(1) << 30)) >> 31);
}

#ifdef __ARM_ARCH_6M__
static __attribute__((noinline, unused)) int32_t scalar_far_product(int32_t value,
                                                                    int32_t multiplier) {
  return scalar_wide_product(value, multiplier);
}

// Armv6-M has no product of 64 bits: four of 16 by 16 make one, as in requantize.c.
SCALAR_INLINE int32_t scalar_high_product(int32_t value, int32_t multiplier) {
  const uint32_t bound = UINT32_C(1) << 29;
  if ((uint32_t)value + bound >= 2 * bound) return scalar_far_product(value, multiplier);
  const int32_t low = (int16_t)value, high = (value - low) >> 16;
  const int32_t m0 = multiplier & 0xffff, m1 = multiplier >> 16;
  const int32_t middle = high * m0 + low * m1 + (low * m0 >> 16) + (1 << 14);
  return 2 * high * m1 + (middle >> 15);
}
#else
SCALAR_INLINE int32_t scalar_high_product(int32_t value, int32_t multiplier) {
  return scalar_wide_product(value, multiplier);
}
#endif

// A shift to the right that rounds half away from zero; of at least one bit, unless there is none.
struct scalar_shift {
  int32_t bits, half, sign_mask;
};

SCALAR_INLINE struct scalar_shift scalar_shift_of(int32_t shift) {
  return (struct scalar_shift){.bits = -shift,
                               .half = shift == 0 ? 0 : (int32_t)(UINT32_C(1) << (-shift - 1)),
                               .sign_mask = shift == 0 ? 0 : -1};
}

// `value` is within 2^30.
SCALAR_INLINE int32_t scalar_shift_right(int32_t value, struct scalar_shift by) {
  return (value + ((value >> 31) & by.sign_mask) + by.half) >> by.bits;
}

#endif  // BOARDLESS_KERNELS_SCALAR_HIGH_PRODUCT_H_
