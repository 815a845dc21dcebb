// PAD on int8 for cores with the DSP extension.
#include "kernels/dsp/bytes.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/pad.h"

int32_t dsp_pad_s8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  bl_pad_s8(params, operands[0], operands[1], dsp_copy_bytes, dsp_fill_bytes);
  return 0;
}
