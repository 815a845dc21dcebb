// LOGISTIC and TANH on int16 for cores with the DSP extension.
#include "kernels/abi_elementwise.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/sigmoid.h"

DSP_INLINE void map(int32_t function(int32_t), const struct bl_sigmoid_params* params,
                    void* const* operands) {
  const struct bl_sigmoid_params p = *params;
  const int32_t half = (int32_t)((UINT32_C(1) << p.input_shift) >> 1);
  const int16_t* input = operands[0];
  int16_t* output = operands[1];
  for (const int16_t* end = input + p.count; input != end;) {
    *output++ = (int16_t)function((*input++ * p.input_multiplier + half) >> p.input_shift);
  }
}

BL_ADDED_KERNEL(dsp_logistic_s16)
int32_t dsp_logistic_s16(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  map(dsp_sigmoid_logistic, params, operands);
  return 0;
}

BL_ADDED_KERNEL(dsp_tanh_s16)
int32_t dsp_tanh_s16(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  map(dsp_sigmoid_tanh, params, operands);
  return 0;
}
