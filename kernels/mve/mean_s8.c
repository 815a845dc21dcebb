// MEAN on int8 over the middle two dimensions (global average pooling) for Helium, four channels at
// a time. Other reductions are those of mean_along.c.
#include "kernels/abi.h"
#include "kernels/mve/channel_sums.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"
#include "kernels/reference/reference_kernels.h"

static int is_taken(const struct bl_mean_params* p) {
  return (!p->reduce[0] || p->extent[0] == 1) && p->reduce[1] && p->reduce[2] && !p->reduce[3];
}

int32_t mve_mean_s8_scratch_bytes(const void* params) {
  return is_taken(params) ? 0 : reference_mean_s8_scratch_bytes(params);
}

int32_t mve_mean_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_mean_params* p = params;
  if (!is_taken(p)) return mve_mean_along_s8(params, operands, scratch);
  const int8_t* image = operands[0];
  int8_t* output = operands[1];
  const int32_t channels = p->extent[3], row = p->extent[2] * channels;
  const int32_t offset = p->count * p->input_offset;
  const struct mve_window window = {p->extent[1], p->extent[2], row, channels};
  const int32x4_t low = vdupq_n_s32(INT8_MIN), high = vdupq_n_s32(INT8_MAX);
  for (int32_t batch = 0; batch < p->extent[0]; ++batch, output += channels) {
    for (int32_t c = 0; c < channels; c += kMveWords) {
      const mve_pred16_t live = vctp32q((uint32_t)(channels - c));
      const int32x4_t sum = vaddq_n_s32(mve_sum_channels(image + c, &window, live), offset);
      const int32x4_t mean = mve_rescale_all(sum, p->output_multiplier, p->output_shift);
      vstrbq_p_s32(output + c, mve_finish(mean, p->output_offset, low, high), live);
    }
    image += p->extent[1] * row;
  }
  return 0;
}
