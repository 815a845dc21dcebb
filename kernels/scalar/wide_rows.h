// Dot products of an int16 row with several rows of int8 weights. A sum of 32 bits has room for 511
// products; what is longer goes on in 64.
#ifndef BOARDLESS_KERNELS_SCALAR_WIDE_ROWS_H_
#define BOARDLESS_KERNELS_SCALAR_WIDE_ROWS_H_

#include "kernels/fixed_point.h"
#include "kernels/scalar/requantize.h"

enum { kScalarWideRun = 511 };

#ifdef __ARM_ARCH_6M__
enum { kScalarWideRows = 2 };  // eight registers hold no more
#else
enum { kScalarWideRows = 4 };
#endif

// Adds to one sum a row, the rows `stride` bytes apart, the products with `count` values.
static __attribute__((noinline)) void scalar_add_wide_rows(int64_t* sums, const int16_t* values,
                                                           const int8_t* weights, int32_t stride,
                                                           int32_t count) {
  while (count > 0) {
    const int32_t now = bl_min(count, kScalarWideRun);
    const int16_t* const end = values + now;
    const int8_t *w0 = weights, *w1 = w0 + stride;
    int32_t s0 = 0, s1 = 0;
#ifdef __ARM_ARCH_6M__
#pragma GCC unroll 4
    while (values != end) {
      const int32_t value = *values++;
      s0 += value * *w0++;
      s1 += value * *w1++;
    }
#else
    const int8_t *w2 = w1 + stride, *w3 = w2 + stride;
    int32_t s2 = 0, s3 = 0;
#pragma GCC unroll 4
    while (values != end) {
      const int32_t value = *values++;
      s0 += value * *w0++;
      s1 += value * *w1++;
      s2 += value * *w2++;
      s3 += value * *w3++;
    }
    sums[2] += s2;
    sums[3] += s3;
#endif
    sums[0] += s0;
    sums[1] += s1;
    weights += now;
    count -= now;
  }
}

SCALAR_INLINE int16_t scalar_wide_output(int64_t sum, const int64_t* bias, int32_t multiplier,
                                         int32_t shift, int32_t low, int32_t high) {
  const int64_t biased = sum + (bias ? *bias : 0);
  return (int16_t)bl_clamp(bl_rescale_wide(biased, multiplier, shift), low, high);
}

#endif  // BOARDLESS_KERNELS_SCALAR_WIDE_ROWS_H_
