// SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND on bytes.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/shape.h"

static inline struct bl_shape shape_of(const int32_t* extent) {
  const struct bl_shape shape = {{extent[0], extent[1], extent[2], extent[3]}};
  return shape;
}

BL_ADDED_KERNEL(reference_space_to_batch_nd_b8)
int32_t reference_space_to_batch_nd_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_batch_block_params p = *(const struct bl_batch_block_params*)params;
  const struct bl_shape from = shape_of(p.input_extent), to = shape_of(p.output_extent);
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  for (int32_t b = 0; b < to.extent[0]; ++b) {
    const int32_t batch = b % from.extent[0];
    const int32_t shift_w = (b / from.extent[0]) % p.block_w;
    const int32_t shift_h = (b / from.extent[0]) / p.block_w;
    for (int32_t h = 0; h < to.extent[1]; ++h) {
      for (int32_t w = 0; w < to.extent[2]; ++w) {
        int8_t* at = output + bl_offset(&to, b, h, w, 0);
        const int32_t in_h = h * p.block_h + shift_h - p.top;
        const int32_t in_w = w * p.block_w + shift_w - p.left;
        if (in_h < 0 || in_h >= from.extent[1] || in_w < 0 || in_w >= from.extent[2]) {
          memset(at, p.pad_byte, (size_t)from.extent[3]);
        } else {
          memcpy(at, input + bl_offset(&from, batch, in_h, in_w, 0), (size_t)from.extent[3]);
        }
      }
    }
  }
  return 0;
}

BL_ADDED_KERNEL(reference_batch_to_space_nd_b8)
int32_t reference_batch_to_space_nd_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_batch_block_params p = *(const struct bl_batch_block_params*)params;
  const struct bl_shape from = shape_of(p.input_extent), to = shape_of(p.output_extent);
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  for (int32_t b = 0; b < from.extent[0]; ++b) {
    const int32_t batch = b % to.extent[0];
    const int32_t block = b / to.extent[0];
    for (int32_t h = 0; h < from.extent[1]; ++h) {
      const int32_t out_h = h * p.block_h + block / p.block_w - p.top;
      if (out_h < 0 || out_h >= to.extent[1]) continue;
      for (int32_t w = 0; w < from.extent[2]; ++w) {
        const int32_t out_w = w * p.block_w + block % p.block_w - p.left;
        if (out_w < 0 || out_w >= to.extent[2]) continue;
        memcpy(output + bl_offset(&to, batch, out_h, out_w, 0),
               input + bl_offset(&from, b, h, w, 0), (size_t)from.extent[3]);
      }
    }
  }
  return 0;
}
