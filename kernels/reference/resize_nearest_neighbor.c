// RESIZE_NEAREST_NEIGHBOR on bytes, with the place of each pixel reckoned in single precision.
#include <math.h>
#include <string.h>

#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

static inline int32_t nearest(int32_t at, int32_t input, int32_t output,
                              const struct bl_resize_params* p) {
  const float scale = p->align_corners && output > 1 ? (float)(input - 1) / (float)(output - 1)
                                                     : (float)input / (float)output;
  const float place = ((float)at + (p->half_pixel_centers ? 0.5F : 0.0F)) * scale;
  const int32_t chosen = (int32_t)(p->align_corners ? roundf(place) : floorf(place));
  return bl_max(bl_min(chosen, input - 1), 0);
}

BL_ADDED_KERNEL(reference_resize_nearest_neighbor_b8)
int32_t reference_resize_nearest_neighbor_b8(const void* params, void* const* operands,
                                             void* scratch) {
  const struct bl_resize_params p = *(const struct bl_resize_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  for (int32_t b = 0; b < p.batches; ++b) {
    for (int32_t y = 0; y < p.output_h; ++y) {
      const int8_t* row = input + nearest(y, p.input_h, p.output_h, &p) * p.input_w * p.depth;
      for (int32_t x = 0; x < p.output_w; ++x) {
        memcpy(output, row + nearest(x, p.input_w, p.output_w, &p) * p.depth, (size_t)p.depth);
        output += p.depth;
      }
    }
    input += p.input_h * p.input_w * p.depth;
  }
  return 0;
}
