// PAD on int8 for Helium.
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/vector.h"
#include "kernels/pad.h"

int32_t mve_pad_s8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  bl_pad_s8(params, operands[0], operands[1], mve_copy_bytes, mve_fill_bytes);
  return 0;
}
