// FULLY_CONNECTED on int8, rescaled per tensor or per output.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"

int32_t reference_fully_connected_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params p = *(const struct bl_fully_connected_params*)params;
  const int8_t* input = operands[0];
  const int8_t* filter = operands[1];
  const int32_t* bias = operands[2];
  const int32_t* multiplier = operands[3];
  const int32_t* shift = operands[4];
  int8_t* output = operands[5];
  (void)scratch;

  for (int32_t batch = 0; batch < p.batches; ++batch) {
    for (int32_t out = 0; out < p.output_depth; ++out) {
      int32_t sum = 0;
      for (int32_t in = 0; in < p.input_depth; ++in) {
        const int32_t value = input[batch * p.input_depth + in];
        const int32_t weight = filter[out * p.input_depth + in];
        sum += (weight + p.filter_offset) * (value + p.input_offset);
      }
      if (bias) sum += bias[out];
      const int32_t scale = p.per_channel ? out : 0;
      sum = bl_rescale(sum, multiplier[scale], shift[scale]) + p.output_offset;
      output[batch * p.output_depth + out] =
          (int8_t)bl_clamp(sum, p.activation_min, p.activation_max);
    }
  }
  return 0;
}
