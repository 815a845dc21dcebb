// Moves a tensor's bytes: RESHAPE and its like.
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/vector.h"

int32_t mve_copy_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_copy_params* p = params;
  (void)scratch;
  // The planner may give both tensors the same place.
  if (operands[0] != operands[1]) mve_copy_bytes(operands[1], operands[0], p->bytes);
  return 0;
}
