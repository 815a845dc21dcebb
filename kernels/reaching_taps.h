// The taps of a transposed convolution that reach an output from inside the input, along one
// dimension.
#ifndef BOARDLESS_KERNELS_REACHING_TAPS_H_
#define BOARDLESS_KERNELS_REACHING_TAPS_H_

#include <stdint.h>

// Taps first, first + stride, …, and the input coordinates at, at - 1, … that they come from.
struct bl_reaching {
  int32_t first, at, count;
};

__attribute__((always_inline)) static inline struct bl_reaching bl_taps_reaching(
    int32_t out, int32_t pad, int32_t stride, int32_t filter, int32_t input) {
  const int32_t from = out + pad;
  struct bl_reaching taps = {from % stride, from / stride, 0};
  if (taps.at >= input) {
    taps.first += (taps.at - input + 1) * stride;
    taps.at = input - 1;
  }
  if (taps.first >= filter) return taps;
  const int32_t of_filter = (filter - 1 - taps.first) / stride + 1;
  taps.count = taps.at + 1 < of_filter ? taps.at + 1 : of_filter;
  return taps;
}

// The most of them.
__attribute__((always_inline)) static inline int32_t bl_most_reaching(int32_t stride,
                                                                      int32_t filter) {
  return (filter + stride - 1) / stride;
}

#endif  // BOARDLESS_KERNELS_REACHING_TAPS_H_
