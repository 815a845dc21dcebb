// SLICE and STRIDED_SLICE on elements of any width, in up to five dimensions.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

// The index of the element (i0, …, i4).
static inline int32_t index_of(const int32_t* extent, int32_t i0, int32_t i1, int32_t i2,
                               int32_t i3, int32_t i4) {
  return (((i0 * extent[1] + i1) * extent[2] + i2) * extent[3] + i3) * extent[4] + i4;
}

#define SLICE(bits)                                                                           \
  BL_ADDED_KERNEL(reference_slice_b##bits)                                                    \
  int32_t reference_slice_b##bits(const void* params, void* const* operands, void* scratch) { \
    const struct bl_slice_params p = *(const struct bl_slice_params*)params;                  \
    const int##bits##_t* input = operands[0];                                                 \
    int##bits##_t* output = operands[1];                                                      \
    (void)scratch;                                                                            \
    for (int32_t i0 = p.start[0]; i0 < p.stop[0]; ++i0) {                                     \
      for (int32_t i1 = p.start[1]; i1 < p.stop[1]; ++i1) {                                   \
        for (int32_t i2 = p.start[2]; i2 < p.stop[2]; ++i2) {                                 \
          for (int32_t i3 = p.start[3]; i3 < p.stop[3]; ++i3) {                               \
            for (int32_t i4 = p.start[4]; i4 < p.stop[4]; ++i4) {                             \
              *output++ = input[index_of(p.input_extent, i0, i1, i2, i3, i4)];                \
            }                                                                                 \
          }                                                                                   \
        }                                                                                     \
      }                                                                                       \
    }                                                                                         \
    return 0;                                                                                 \
  }

SLICE(8)
SLICE(16)
SLICE(32)

static inline int goes_on(int32_t index, int32_t stop, int32_t stride) {
  return stride < 0 ? index > stop : index < stop;
}

#define STRIDED_SLICE(bits)                                                                  \
  BL_ADDED_KERNEL(reference_strided_slice_b##bits)                                           \
  int32_t reference_strided_slice_b##bits(const void* params, void* const* operands,         \
                                          void* scratch) {                                   \
    const struct bl_strided_slice_params p = *(const struct bl_strided_slice_params*)params; \
    const int32_t* by = p.stride;                                                            \
    const int##bits##_t* input = operands[0];                                                \
    int##bits##_t* output = operands[1];                                                     \
    (void)scratch;                                                                           \
    for (int32_t i0 = p.start[0]; goes_on(i0, p.stop[0], by[0]); i0 += by[0]) {              \
      for (int32_t i1 = p.start[1]; goes_on(i1, p.stop[1], by[1]); i1 += by[1]) {            \
        for (int32_t i2 = p.start[2]; goes_on(i2, p.stop[2], by[2]); i2 += by[2]) {          \
          for (int32_t i3 = p.start[3]; goes_on(i3, p.stop[3], by[3]); i3 += by[3]) {        \
            if (by[4] == 1) {                                                                \
              const int32_t count = p.stop[4] - p.start[4];                                  \
              if (count <= 0) continue;                                                      \
              memcpy(output, input + index_of(p.input_extent, i0, i1, i2, i3, p.start[4]),   \
                     (size_t)count * sizeof *output);                                        \
              output += count;                                                               \
              continue;                                                                      \
            }                                                                                \
            for (int32_t i4 = p.start[4]; goes_on(i4, p.stop[4], by[4]); i4 += by[4]) {      \
              *output++ = input[index_of(p.input_extent, i0, i1, i2, i3, i4)];               \
            }                                                                                \
          }                                                                                  \
        }                                                                                    \
      }                                                                                      \
    }                                                                                        \
    return 0;                                                                                \
  }

STRIDED_SLICE(8)
STRIDED_SLICE(16)
STRIDED_SLICE(32)
