// HARD_SWISH on int8 for cores with the DSP extension. Long tensors go by a table of all 256
// results, which the reference makes.
//
// Scratch: 256 bytes for tensors of more than 256 elements, otherwise none.
#include "kernels/abi_elementwise.h"
#include "kernels/dsp/byte_table.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/reference/reference_kernels.h"

BL_ADDED_KERNEL(dsp_hard_swish_s8_scratch_bytes)
int32_t dsp_hard_swish_s8_scratch_bytes(const void* params) {
  return dsp_byte_table_scratch(((const struct bl_hard_swish_params*)params)->count);
}

BL_ADDED_KERNEL(dsp_hard_swish_s8)
int32_t dsp_hard_swish_s8(const void* params, void* const* operands, void* scratch) {
  struct bl_hard_swish_params p = *(const struct bl_hard_swish_params*)params;
  const int32_t count = p.count;
  uint8_t* table = scratch;
  void* const of_table[] = {table, table};
  if (count <= kDspTableBytes) return reference_hard_swish_s8(params, operands, scratch);
  for (int32_t i = 0; i < kDspTableBytes; ++i) table[i] = (uint8_t)i;
  p.count = kDspTableBytes;
  reference_hard_swish_s8(&p, of_table, 0);
  dsp_look_bytes_up(table, operands[0], operands[1], count);
  return 0;
}
