// ADD on int8, with broadcasting.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/broadcast.h"
#include "kernels/reference/reference_kernels.h"

static inline int8_t add_elements(int32_t a, int32_t b, const void* params) {
  const struct bl_add_params* p = params;
  const int32_t a_shifted = bl_shift_left(a + p->input1_offset, p->left_shift);
  const int32_t b_shifted = bl_shift_left(b + p->input2_offset, p->left_shift);
  const int32_t sum = bl_rescale(a_shifted, p->input1_multiplier, p->input1_shift) +
                      bl_rescale(b_shifted, p->input2_multiplier, p->input2_shift);
  const int32_t result = bl_rescale(sum, p->output_multiplier, p->output_shift) + p->output_offset;
  return (int8_t)bl_clamp(result, p->activation_min, p->activation_max);
}

int32_t reference_add_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params p = *(const struct bl_add_params*)params;
  (void)scratch;
  broadcast_apply(&p.broadcast, operands[0], operands[1], operands[2], add_elements, &p);
  return 0;
}
