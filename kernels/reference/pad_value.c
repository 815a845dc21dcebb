// PAD and PADV2 on elements of any width, in up to five dimensions.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

static inline int outside(const struct bl_pad_value_params* p, int dimension, int32_t out) {
  return out < p->before[dimension] || out >= p->before[dimension] + p->input_extent[dimension];
}

#define PAD(bits)                                                                                \
  BL_ADDED_KERNEL(reference_pad_b##bits)                                                         \
  int32_t reference_pad_b##bits(const void* params, void* const* operands, void* scratch) {      \
    const struct bl_pad_value_params p = *(const struct bl_pad_value_params*)params;             \
    const int##bits##_t* input = operands[0];                                                    \
    const int##bits##_t value = *(const int##bits##_t*)operands[1];                              \
    int##bits##_t* output = operands[2];                                                         \
    (void)scratch;                                                                               \
    int32_t n[BL_DIMENSIONS];                                                                    \
    for (int i = 0; i < BL_DIMENSIONS; ++i) n[i] = p.before[i] + p.input_extent[i] + p.after[i]; \
    for (int32_t i0 = 0; i0 < n[0]; ++i0) {                                                      \
      for (int32_t i1 = 0; i1 < n[1]; ++i1) {                                                    \
        for (int32_t i2 = 0; i2 < n[2]; ++i2) {                                                  \
          for (int32_t i3 = 0; i3 < n[3]; ++i3) {                                                \
            for (int32_t i4 = 0; i4 < n[4]; ++i4) {                                              \
              const int is_padding = outside(&p, 0, i0) || outside(&p, 1, i1) ||                 \
                                     outside(&p, 2, i2) || outside(&p, 3, i3) ||                 \
                                     outside(&p, 4, i4);                                         \
              *output++ = is_padding ? value : *input++;                                         \
            }                                                                                    \
          }                                                                                      \
        }                                                                                        \
      }                                                                                          \
    }                                                                                            \
    return 0;                                                                                    \
  }

PAD(8)
PAD(16)
PAD(32)
