// The part of a filter's or a pooling window that lies inside the input, along one dimension.
#ifndef BOARDLESS_KERNELS_WINDOW_H_
#define BOARDLESS_KERNELS_WINDOW_H_

#include <stdint.h>

// Taps [first, end), and the input coordinate of the first one.
struct bl_taps {
  int32_t at;
  int32_t first, end;
};

// `origin` is the coordinate of tap 0, negative in the padding.
__attribute__((always_inline)) static inline struct bl_taps bl_taps_inside(int32_t origin,
                                                                           int32_t filter,
                                                                           int32_t dilation,
                                                                           int32_t input) {
  struct bl_taps taps = {origin, 0, filter};
  for (; taps.first < filter && taps.at < 0; ++taps.first) taps.at += dilation;
  while (taps.end > taps.first && origin + (taps.end - 1) * dilation >= input) --taps.end;
  return taps;
}

#endif  // BOARDLESS_KERNELS_WINDOW_H_
