// The part of a pooling window that lies inside the input, along one dimension.
#ifndef BOARDLESS_KERNELS_REFERENCE_POOL_WINDOW_H_
#define BOARDLESS_KERNELS_REFERENCE_POOL_WINDOW_H_

#include "kernels/fixed_point.h"

struct pool_window {
  int32_t origin;      // input coordinate of tap 0; negative in the padding
  int32_t first, end;  // taps inside the input: first <= tap < end
};

static inline struct pool_window pool_window_at(int32_t out, int32_t stride, int32_t pad,
                                                int32_t filter, int32_t input) {
  const int32_t origin = out * stride - pad;
  const struct pool_window window = {origin, bl_max(0, -origin), bl_min(filter, input - origin)};
  return window;
}

#endif  // BOARDLESS_KERNELS_REFERENCE_POOL_WINDOW_H_
