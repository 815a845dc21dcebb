// SPACE_TO_DEPTH and DEPTH_TO_SPACE on elements of any width.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/shape.h"

#define SPACE_TO_DEPTH(bits)                                                             \
  BL_ADDED_KERNEL(reference_space_to_depth_b##bits)                                      \
  int32_t reference_space_to_depth_b##bits(const void* params, void* const* operands,    \
                                           void* scratch) {                              \
    const struct bl_depth_block_params p = *(const struct bl_depth_block_params*)params; \
    const int32_t* n = p.input_extent;                                                   \
    const struct bl_shape from = {{n[0], n[1], n[2], n[3]}};                             \
    const int32_t* m = p.output_extent;                                                  \
    const struct bl_shape to = {{m[0], m[1], m[2], m[3]}};                               \
    const int##bits##_t* input = operands[0];                                            \
    int##bits##_t* output = operands[1];                                                 \
    (void)scratch;                                                                       \
    for (int32_t b = 0; b < n[0]; ++b) {                                                 \
      for (int32_t h = 0; h < n[1]; ++h) {                                               \
        for (int32_t w = 0; w < n[2]; ++w) {                                             \
          for (int32_t d = 0; d < n[3]; ++d) {                                           \
            const int32_t depth = d + ((h % p.block) * p.block + w % p.block) * n[3];    \
            output[bl_offset(&to, b, h / p.block, w / p.block, depth)] =                 \
                input[bl_offset(&from, b, h, w, d)];                                     \
          }                                                                              \
        }                                                                                \
      }                                                                                  \
    }                                                                                    \
    return 0;                                                                            \
  }

SPACE_TO_DEPTH(8)
SPACE_TO_DEPTH(32)

#define DEPTH_TO_SPACE(bits)                                                             \
  BL_ADDED_KERNEL(reference_depth_to_space_b##bits)                                      \
  int32_t reference_depth_to_space_b##bits(const void* params, void* const* operands,    \
                                           void* scratch) {                              \
    const struct bl_depth_block_params p = *(const struct bl_depth_block_params*)params; \
    const int32_t* n = p.input_extent;                                                   \
    const struct bl_shape from = {{n[0], n[1], n[2], n[3]}};                             \
    const int32_t* m = p.output_extent;                                                  \
    const struct bl_shape to = {{m[0], m[1], m[2], m[3]}};                               \
    const int##bits##_t* input = operands[0];                                            \
    int##bits##_t* output = operands[1];                                                 \
    (void)scratch;                                                                       \
    for (int32_t b = 0; b < m[0]; ++b) {                                                 \
      for (int32_t h = 0; h < m[1]; ++h) {                                               \
        for (int32_t w = 0; w < m[2]; ++w) {                                             \
          for (int32_t d = 0; d < m[3]; ++d) {                                           \
            const int32_t depth = d + ((h % p.block) * p.block + w % p.block) * m[3];    \
            output[bl_offset(&to, b, h, w, d)] =                                         \
                input[bl_offset(&from, b, h / p.block, w / p.block, depth)];             \
          }                                                                              \
        }                                                                                \
      }                                                                                  \
    }                                                                                    \
    return 0;                                                                            \
  }

DEPTH_TO_SPACE(8)
DEPTH_TO_SPACE(32)
