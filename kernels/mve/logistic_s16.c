// LOGISTIC and TANH on int16 for Helium.
#include "kernels/abi_elementwise.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/sigmoid.h"

MVE_INLINE void map(int32x4_t function(int32x4_t), const struct bl_sigmoid_params* params,
                    void* const* operands) {
  const struct bl_sigmoid_params p = *params;
  const int16_t* input = operands[0];
  int16_t* output = operands[1];
  for (int32_t left = p.count; left > 0; left -= kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)left);
    const int32x4_t x =
        mve_sigmoid_input(vldrhq_z_s32(input, live), p.input_multiplier, p.input_shift);
    vstrhq_p_s32(output, function(x), live);
    input += kMveWords;
    output += kMveWords;
  }
}

BL_ADDED_KERNEL(mve_logistic_s16)
int32_t mve_logistic_s16(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  map(mve_sigmoid_logistic, params, operands);
  return 0;
}

BL_ADDED_KERNEL(mve_tanh_s16)
int32_t mve_tanh_s16(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  map(mve_sigmoid_tanh, params, operands);
  return 0;
}
