// What the kernels for Helium share: runs of bytes, and loops that end with a partial vector.
//
// A loop of the form
//   for (; count > 0; count -= 16) { const mve_pred16_t live = vctp8q(count); ... }
// becomes a tail-predicated low-overhead loop (DLSTP, LETP): the last, partial vector costs what a
// whole one costs, and no scalar code follows.
#ifndef BOARDLESS_KERNELS_MVE_VECTOR_H_
#define BOARDLESS_KERNELS_MVE_VECTOR_H_

#include <arm_mve.h>
#include <stdint.h>

#define MVE_INLINE static inline __attribute__((always_inline))

// Elements of a vector: bytes, and words of which each may be a widened byte.
enum { kMveBytes = 16, kMveWords = 4 };

MVE_INLINE int32_t mve_round_up(int32_t count, int32_t step) {
  return (count + step - 1) / step * step;
}

MVE_INLINE void mve_copy_bytes(int8_t* to, const int8_t* from, int32_t count) {
  for (; count > 0; count -= kMveBytes, from += kMveBytes, to += kMveBytes) {
    const mve_pred16_t live = vctp8q((uint32_t)count);
    vstrbq_p_s8(to, vldrbq_z_s8(from, live), live);
  }
}

MVE_INLINE void mve_fill_bytes(int8_t* to, int32_t value, int32_t count) {
  const int8x16_t values = vdupq_n_s8((int8_t)value);
  for (; count > 0; count -= kMveBytes, to += kMveBytes) {
    vstrbq_p_s8(to, values, vctp8q((uint32_t)count));
  }
}

// The sum of `count` bytes.
MVE_INLINE int32_t mve_sum_bytes(const int8_t* from, int32_t count) {
  int32_t sum = 0;
  for (; count > 0; count -= kMveBytes, from += kMveBytes) {
    const mve_pred16_t live = vctp8q((uint32_t)count);
    sum = vaddvaq_p_s8(sum, vldrbq_z_s8(from, live), live);
  }
  return sum;
}

#endif  // BOARDLESS_KERNELS_MVE_VECTOR_H_
