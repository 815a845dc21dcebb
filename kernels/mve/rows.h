// Products of bytes with four rows of weights at a time, and what sums of them begin with.
#ifndef BOARDLESS_KERNELS_MVE_ROWS_H_
#define BOARDLESS_KERNELS_MVE_ROWS_H_

#include "kernels/mve/vector.h"

enum { kMveRows = 4 };

// Adds to four sums the products of `count` values with four rows of weights, `count` bytes apart.
MVE_INLINE void mve_add_rows(int32_t* sums, const int8_t* values, const int8_t* weights,
                             int32_t count) {
  const int8_t *w0 = weights, *w1 = w0 + count, *w2 = w1 + count, *w3 = w2 + count;
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
  for (; count > 0; count -= kMveBytes) {
    const mve_pred16_t live = vctp8q((uint32_t)count);
    const int8x16_t x = vldrbq_z_s8(values, live);
    s0 = vmladavaq_p_s8(s0, x, vldrbq_z_s8(w0, live), live);
    s1 = vmladavaq_p_s8(s1, x, vldrbq_z_s8(w1, live), live);
    s2 = vmladavaq_p_s8(s2, x, vldrbq_z_s8(w2, live), live);
    s3 = vmladavaq_p_s8(s3, x, vldrbq_z_s8(w3, live), live);
    values += kMveBytes;
    w0 += kMveBytes;
    w1 += kMveBytes;
    w2 += kMveBytes;
    w3 += kMveBytes;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
}

// sum((x + offset) * w) = sum(x * w) + offset * sum(w), and a bias or none.
MVE_INLINE void mve_put_starts(int32_t* starts, const int32_t* bias, const int8_t* weights,
                               int32_t count, int32_t rows, int32_t offset) {
  for (int32_t row = 0; row < rows; ++row, weights += count) {
    starts[row] = bias ? bias[row] : 0;
    if (offset != 0) starts[row] += offset * mve_sum_bytes(weights, count);
  }
}

#endif  // BOARDLESS_KERNELS_MVE_ROWS_H_
