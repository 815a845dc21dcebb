// QUANTIZE between int8 tensors, RELU and RELU6. Long tensors go by a table of all 256 results.
//
// Scratch: 256 bytes for tensors of more than 256 elements, otherwise none.
#include "kernels/abi.h"
#include "kernels/dsp/byte_table.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/requantize.h"

static int8_t requantize(const struct bl_requantize_params* p, int32_t value) {
  const int32_t scaled =
      dsp_rescale(value + p->input_offset, p->output_multiplier, p->output_shift);
  return (int8_t)bl_clamp(scaled + p->output_offset, p->activation_min, p->activation_max);
}

int32_t dsp_requantize_s8_s8_scratch_bytes(const void* params) {
  return dsp_byte_table_scratch(((const struct bl_requantize_params*)params)->count);
}

int32_t dsp_requantize_s8_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_requantize_params* p = params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  int32_t count = p->count;
  if (count <= kDspTableBytes) {
    for (; count > 0; --count) *output++ = requantize(p, *input++);
    return 0;
  }
  uint8_t* table = scratch;
  for (int32_t i = 0; i < kDspTableBytes; ++i) table[i] = (uint8_t)requantize(p, (int8_t)i);
  dsp_look_bytes_up(table, input, output, count);
  return 0;
}
