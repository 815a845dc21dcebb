// The extents of a dense 4-D tensor and the offset of one of its elements.
#ifndef BOARDLESS_KERNELS_SHAPE_H_
#define BOARDLESS_KERNELS_SHAPE_H_

#include <stdint.h>

struct bl_shape {
  int32_t extent[4];
};

static inline int32_t bl_offset(const struct bl_shape* shape, int32_t i0, int32_t i1, int32_t i2,
                                int32_t i3) {
  const int32_t* n = shape->extent;
  return ((i0 * n[1] + i1) * n[2] + i2) * n[3] + i3;
}

#endif  // BOARDLESS_KERNELS_SHAPE_H_
