// PAD on int8 in up to four dimensions.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"

static inline int outside(const struct bl_pad_params* p, int dimension, int32_t out) {
  return out < p->before[dimension] || out >= p->before[dimension] + p->input_extent[dimension];
}

int32_t reference_pad_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_pad_params p = *(const struct bl_pad_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  int32_t extent[4];
  for (int i = 0; i < 4; ++i) extent[i] = p.before[i] + p.input_extent[i] + p.after[i];

  for (int32_t i0 = 0; i0 < extent[0]; ++i0) {
    for (int32_t i1 = 0; i1 < extent[1]; ++i1) {
      for (int32_t i2 = 0; i2 < extent[2]; ++i2) {
        for (int32_t i3 = 0; i3 < extent[3]; ++i3) {
          const int padding =
              outside(&p, 0, i0) || outside(&p, 1, i1) || outside(&p, 2, i2) || outside(&p, 3, i3);
          *output++ = padding ? (int8_t)p.pad_value : *input++;
        }
      }
    }
  }
  return 0;
}
