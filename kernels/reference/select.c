// SELECT_V2 on elements of any width, with broadcasting: one dimension after the other.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

#define SELECT(bits)                                                                           \
  static void copy_or_fill_b##bits(int##bits##_t* output, const int##bits##_t* from,           \
                                   int32_t stride, int32_t count) {                            \
    if (stride != 0) {                                                                         \
      memcpy(output, from, (size_t)count * sizeof *output);                                    \
      return;                                                                                  \
    }                                                                                          \
    for (int32_t i = 0; i < count; ++i) output[i] = *from;                                     \
  }                                                                                            \
  static void select_dimension_b##bits(const struct bl_select_params* p, int32_t dimension,    \
                                       const uint8_t* condition, const int##bits##_t* x,       \
                                       const int##bits##_t* y, int##bits##_t* output) {        \
    const int32_t count = p->extent[dimension], by = p->condition_stride[dimension];           \
    const int32_t x_by = p->x_stride[dimension], y_by = p->y_stride[dimension];                \
    if (dimension == 0) {                                                                      \
      if (by == 0) {                                                                           \
        copy_or_fill_b##bits(output, *condition ? x : y, *condition ? x_by : y_by, count);     \
        return;                                                                                \
      }                                                                                        \
      for (int32_t i = 0; i < count; ++i, x += x_by, y += y_by) {                              \
        output[i] = condition[i] ? *x : *y;                                                    \
      }                                                                                        \
      return;                                                                                  \
    }                                                                                          \
    for (int32_t i = 0; i < count; ++i) {                                                      \
      select_dimension_b##bits(p, dimension - 1, condition, x, y, output);                     \
      condition += by;                                                                         \
      x += x_by;                                                                               \
      y += y_by;                                                                               \
      output += p->output_stride[dimension];                                                   \
    }                                                                                          \
  }                                                                                            \
  BL_ADDED_KERNEL(reference_select_b##bits)                                                    \
  int32_t reference_select_b##bits(const void* params, void* const* operands, void* scratch) { \
    const struct bl_select_params* p = params;                                                 \
    (void)scratch;                                                                             \
    select_dimension_b##bits(p, p->dimensions - 1, operands[0], operands[1], operands[2],      \
                             operands[3]);                                                     \
    return 0;                                                                                  \
  }

SELECT(8)
SELECT(16)
SELECT(32)
