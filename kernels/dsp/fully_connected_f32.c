// FULLY_CONNECTED on floats, for cores with a floating-point unit: four outputs at a time, each
// with its products in the reference's order.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/float_outputs.h"
#include "kernels/dsp/float_rows.h"
#include "kernels/reference/reference_kernels.h"

BL_ADDED_KERNEL(dsp_fully_connected_f32)
__attribute__((flatten)) int32_t dsp_fully_connected_f32(const void* params, void* const* operands,
                                                         void* scratch) {
  const struct bl_typed_fully_connected_params* typed = params;
  const struct bl_fully_connected_params* p = &typed->fully_connected;
  if (p->output_depth < kDspFloatRows) {
    return reference_fully_connected_f32(params, operands, scratch);
  }
  const float* input = operands[0];
  const float* filter = operands[1];
  float* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t four = 0; four < p->output_depth; four += kDspFloatRows) {
      // The last outputs are computed together with those before them, again.
      const int32_t row =
          four + kDspFloatRows <= p->output_depth ? four : p->output_depth - kDspFloatRows;
      float sums[kDspFloatRows];
      for (int32_t i = 0; i < kDspFloatRows; ++i) sums[i] = 0;
      dsp_add_float_rows(sums, input, filter + row * p->input_depth, p->input_depth,
                         p->input_depth);
      dsp_store_floats(&output, row, sums, 1, dsp_bias_at(operands[2], row), typed->activation);
    }
    input += p->input_depth;
    output += p->output_depth;
  }
  return 0;
}
