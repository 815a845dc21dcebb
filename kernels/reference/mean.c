// MEAN on int8 over any of four dimensions: one pass over the input in memory order that adds every
// element to its output's sum, then the rescaling. Each element's place is worked out from its
// index, as TFLite's general reduction does.
#include <string.h>

#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reduce.h"
#include "kernels/reference/reference_kernels.h"

int32_t reference_mean_s8_scratch_bytes(const void* params) {
  const struct bl_mean_params* p = params;
  return reduced_count(p->extent, p->reduce) * (int32_t)sizeof(int32_t);
}

int32_t reference_mean_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_mean_params p = *(const struct bl_mean_params*)params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  int32_t* sums = scratch;
  const int32_t outputs = reduced_count(p.extent, p.reduce);
  memset(sums, 0, (size_t)outputs * sizeof *sums);

  int32_t index[4] = {0, 0, 0, 0};
  do {
    sums[reduced_offset(p.extent, index, p.reduce)] += input[reduced_offset(p.extent, index, 0)];
  } while (next_index(p.extent, index));

  for (int32_t i = 0; i < outputs; ++i) {
    const int32_t sum = sums[i] + p.count * p.input_offset;
    const int32_t mean = bl_rescale(sum, p.output_multiplier, p.output_shift) + p.output_offset;
    output[i] = (int8_t)bl_clamp(mean, INT8_MIN, INT8_MAX);
  }
  return 0;
}
