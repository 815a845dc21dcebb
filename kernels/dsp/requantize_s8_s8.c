// QUANTIZE between int8 tensors, RELU and RELU6. Long tensors go by a table of all 256 results.
//
// Scratch: 256 bytes for tensors of more than 256 elements, otherwise none.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/requantize.h"
#include "kernels/dsp/simd.h"

enum { kTableBytes = 256 };

static int8_t requantize(const struct bl_requantize_params* p, int32_t value) {
  const int32_t scaled =
      dsp_rescale(value + p->input_offset, p->output_multiplier, p->output_shift);
  return (int8_t)bl_clamp(scaled + p->output_offset, p->activation_min, p->activation_max);
}

int32_t dsp_requantize_s8_s8_scratch_bytes(const void* params) {
  return ((const struct bl_requantize_params*)params)->count > kTableBytes ? kTableBytes : 0;
}

int32_t dsp_requantize_s8_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_requantize_params* p = params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  int32_t count = p->count;
  if (count <= kTableBytes) {
    for (; count > 0; --count) *output++ = requantize(p, *input++);
    return 0;
  }
  uint8_t* table = scratch;
  for (int32_t i = 0; i < kTableBytes; ++i) table[i] = (uint8_t)requantize(p, (int8_t)i);
  for (; count >= 4; count -= 4, input += 4, output += 4) {
    const uint32_t word = dsp_load_word(input);
    const uint32_t byte0 = table[word & 0xff], byte1 = table[(word >> 8) & 0xff];
    const uint32_t byte2 = table[(word >> 16) & 0xff], byte3 = table[word >> 24];
    dsp_store_word(output, byte0 | byte1 << 8 | byte2 << 16 | byte3 << 24);
  }
  for (; count > 0; --count) *output++ = (int8_t)table[(uint8_t)*input++];
  return 0;
}
