// MUL on int8, with broadcasting.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/broadcast.h"
#include "kernels/reference/reference_kernels.h"

static inline int8_t mul_elements(int32_t a, int32_t b, const void* params) {
  const struct bl_mul_params* p = params;
  const int32_t product = (a + p->input1_offset) * (b + p->input2_offset);
  const int32_t result =
      bl_rescale(product, p->output_multiplier, p->output_shift) + p->output_offset;
  return (int8_t)bl_clamp(result, p->activation_min, p->activation_max);
}

int32_t reference_mul_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_mul_params p = *(const struct bl_mul_params*)params;
  (void)scratch;
  broadcast_apply(&p.broadcast, operands[0], operands[1], operands[2], mul_elements, &p);
  return 0;
}
