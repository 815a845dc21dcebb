// TRANSPOSE as rows of the output: copies where the input's elements lie beside each other, and
// else rows that are taken with a step. Libraries bring their own copy and row.
#ifndef BOARDLESS_KERNELS_TRANSPOSE_H_
#define BOARDLESS_KERNELS_TRANSPOSE_H_

#include "kernels/abi.h"
#include "kernels/pad.h"

// Stores `count` elements of `width` bytes, a constant, that lie `step` elements apart.
typedef void bl_take_row(int8_t* to, const int8_t* from, int32_t step, int32_t count,
                         int32_t width);

// Always inlined, and so are `copy` and `take`: neither is an indirect call.
__attribute__((always_inline)) static inline int32_t bl_transpose(const void* params,
                                                                  void* const* operands,
                                                                  int32_t width, bl_copy* copy,
                                                                  bl_take_row* take) {
  const struct bl_transpose_params* p = params;
  const int8_t* from = operands[0];
  int8_t* to = operands[1];
  // Dimensions of the output whose elements follow each other in the input with one step are one.
  int32_t extent[BL_DIMENSIONS], step[BL_DIMENSIONS], dimensions = 0, rows = 1;
  for (int32_t i = 0; i < p->dimensions; ++i) {
    const int32_t stride = p->input_stride[p->permutation[i]];
    if (p->output_extent[i] == 1) continue;
    if (dimensions > 0 && step[dimensions - 1] == stride * p->output_extent[i]) {
      extent[dimensions - 1] *= p->output_extent[i];
      step[dimensions - 1] = stride;
    } else {
      extent[dimensions] = p->output_extent[i];
      step[dimensions++] = stride;
    }
  }
  if (dimensions == 0) {
    copy(to, from, width);
    return 0;
  }
  const int32_t last = dimensions - 1, count = extent[last];
  for (int32_t i = 0; i < last; ++i) rows *= extent[i];
  int32_t index[BL_DIMENSIONS] = {0};
  for (; rows > 0; --rows, to += count * width) {
    if (step[last] == 1) {
      copy(to, from, count * width);
    } else {
      take(to, from, step[last], count, width);
    }
    for (int32_t i = last - 1; i >= 0; --i) {
      from += step[i] * width;
      if (++index[i] < extent[i]) break;
      from -= index[i] * step[i] * width;
      index[i] = 0;
    }
  }
  return 0;
}

#endif  // BOARDLESS_KERNELS_TRANSPOSE_H_
