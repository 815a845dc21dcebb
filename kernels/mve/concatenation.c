// CONCATENATION for Helium.
#include "kernels/concatenation.h"

#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/vector.h"

BL_ADDED_KERNEL(mve_concatenation_s8)
int32_t mve_concatenation_s8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  return bl_concatenate(params, operands, mve_copy_bytes);
}

BL_ADDED_KERNEL(mve_concatenation_b8)
int32_t mve_concatenation_b8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  return bl_concatenate(params, operands, mve_copy_bytes);
}
