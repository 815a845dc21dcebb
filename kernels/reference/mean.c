// MEAN on int8 over any of four dimensions: one pass over the input in memory order that adds every
// element to its output's sum, then the rescaling. Each element's place is worked out from its
// index, as TFLite's general reduction does.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

static int32_t output_count(const struct bl_mean_params* p) {
  int32_t count = 1;
  for (int i = 0; i < 4; ++i) {
    if (!p->reduce[i]) count *= p->extent[i];
  }
  return count;
}

// Offset of `index` in the dense array of the dimensions that are kept; all of them without
// `reduce`.
static inline int32_t offset_of(const int32_t* extent, const int32_t* index,
                                const int32_t* reduce) {
  int32_t offset = 0;
  for (int i = 0; i < 4; ++i) {
    if (reduce && reduce[i]) continue;
    offset = offset * extent[i] + index[i];
  }
  return offset;
}

// Moves `index` to the next element in memory order; 0 after the last.
static inline int advance(const int32_t* extent, int32_t* index) {
  for (int i = 3; i >= 0; --i) {
    if (++index[i] < extent[i]) return 1;
    index[i] = 0;
  }
  return 0;
}

int32_t reference_mean_s8_scratch_bytes(const void* params) {
  return output_count(params) * (int32_t)sizeof(int32_t);
}

int32_t reference_mean_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_mean_params p = *(const struct bl_mean_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  int32_t* sums = scratch;
  const int32_t outputs = output_count(&p);
  memset(sums, 0, (size_t)outputs * sizeof *sums);

  int32_t index[4] = {0, 0, 0, 0};
  do {
    sums[offset_of(p.extent, index, p.reduce)] += input[offset_of(p.extent, index, 0)];
  } while (advance(p.extent, index));

  for (int32_t i = 0; i < outputs; ++i) {
    const int32_t sum = sums[i] + p.count * p.input_offset;
    const int32_t mean = bl_rescale(sum, p.output_multiplier, p.output_shift) + p.output_offset;
    output[i] = (int8_t)bl_clamp(mean, INT8_MIN, INT8_MAX);
  }
  return 0;
}
