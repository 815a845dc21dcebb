// MIRROR_PAD on elements of any width: the place of each element of the output is divided out.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

// The coordinate in the input of coordinate `at` of the output.
static inline int32_t mirrored(int32_t at, int32_t before, int32_t extent, int32_t edge) {
  if (at < before) {
    const int32_t first = before + edge - 1;
    return first - bl_min(at, first - edge);
  }
  at -= before;
  if (at < extent) return at;
  const int32_t last = extent - 1 - edge;
  return last - bl_min(at - extent, last);
}

static int32_t source_of(const struct bl_mirror_pad_params* p, int32_t index) {
  int32_t source = 0;
  for (int32_t i = 0; i < p->dimensions; ++i) {
    const int32_t at = index / p->output_stride[i];
    source += mirrored(at, p->before[i], p->input_extent[i], p->edge) * p->input_stride[i];
    index %= p->output_stride[i];
  }
  return source;
}

#define MIRROR_PAD(bits)                                                                           \
  BL_ADDED_KERNEL(reference_mirror_pad_b##bits)                                                    \
  int32_t reference_mirror_pad_b##bits(const void* params, void* const* operands, void* scratch) { \
    const struct bl_mirror_pad_params* p = params;                                                 \
    const int##bits##_t* input = operands[0];                                                      \
    int##bits##_t* output = operands[1];                                                           \
    (void)scratch;                                                                                 \
    for (int32_t i = 0; i < p->output_elements; ++i) output[i] = input[source_of(p, i)];           \
    return 0;                                                                                      \
  }

MIRROR_PAD(8)
MIRROR_PAD(32)
