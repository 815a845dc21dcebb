// MEAN on int8 over the middle two dimensions (global average pooling), four channels at a time.
// Other reductions are those of mean_along.c.
#include "kernels/abi.h"
#include "kernels/dsp/channel_sums.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/requantize.h"
#include "kernels/reference/reference_kernels.h"

static int is_taken(const struct bl_mean_params* p) {
  return (!p->reduce[0] || p->extent[0] == 1) && p->reduce[1] && p->reduce[2] && !p->reduce[3];
}

static int8_t mean(const struct bl_mean_params* p, int32_t sum) {
  const int32_t value =
      dsp_rescale(sum + p->count * p->input_offset, p->output_multiplier, p->output_shift);
  return (int8_t)dsp_saturate_to_int8(value + p->output_offset);
}

int32_t dsp_mean_s8_scratch_bytes(const void* params) {
  return is_taken(params) ? 0 : reference_mean_s8_scratch_bytes(params);
}

int32_t dsp_mean_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_mean_params* p = params;
  if (!is_taken(p)) return dsp_mean_along_s8(params, operands, scratch);
  const int8_t* image = operands[0];
  int8_t* output = operands[1];
  const int32_t channels = p->extent[3];
  const struct dsp_window window =
      dsp_window_of(p->extent[1], p->extent[2], p->extent[2] * channels, channels);
  for (int32_t batch = 0; batch < p->extent[0]; ++batch) {
    int32_t c = 0;
    for (; c + 4 <= channels; c += 4) {
      int32_t sums[4];
      dsp_sum_four_channels(sums, image + c, &window);
      for (int32_t i = 0; i < 4; ++i) *output++ = mean(p, sums[i]);
    }
    for (; c < channels; ++c) *output++ = mean(p, dsp_sum_channel(image + c, &window));
    image += p->extent[1] * p->extent[2] * channels;
  }
  return 0;
}
