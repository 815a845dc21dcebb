// CIRCULAR_BUFFER: the last inputs, the newest at the end.
#include <string.h>

#include "kernels/abi_signal.h"
#include "kernels/reference/reference_kernels.h"

BL_ADDED_KERNEL(reference_circular_buffer_s8)
int32_t reference_circular_buffer_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_circular_buffer_params* p = params;
  int8_t* output = operands[1];
  const size_t kept = (size_t)(p->slots - 1) * (size_t)p->depth;
  (void)scratch;
  memmove(output, output + p->depth, kept);
  memcpy(output + kept, operands[0], (size_t)p->depth);
  return 0;
}
