// AVERAGE_POOL_2D on int8 for cores with the DSP extension, four channels at a time.
#include "kernels/abi.h"
#include "kernels/dsp/channel_sums.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/requantize.h"
#include "kernels/window.h"

// Rounds half away from zero.
DSP_INLINE int8_t average(int32_t sum, int32_t count) {
  const int32_t half = count / 2;
  return (int8_t)((sum > 0 ? sum + half : sum - half) / count);
}

int32_t dsp_average_pool_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_pool_2d_params p = *(const struct bl_pool_2d_params*)params;
  const int8_t* image = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  const int32_t pixel = p.channels, row = p.input_w * p.channels;
  for (int32_t batch = 0; batch < p.batches; ++batch, image += p.input_h * row) {
    for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p.stride_h - p.pad_top, p.filter_h, 1, p.input_h);
      for (int32_t out_x = 0; out_x < p.output_w; ++out_x, output += p.channels) {
        const struct bl_taps x =
            bl_taps_inside(out_x * p.stride_w - p.pad_left, p.filter_w, 1, p.input_w);
        const struct dsp_window window =
            dsp_window_of(y.end - y.first, x.end - x.first, row, pixel);
        const int32_t count = window.rows * window.columns;
        const int8_t* from = image + y.at * row + x.at * pixel;
        int32_t c = 0;
        for (; c + 4 <= p.channels; c += 4) {
          int32_t sums[4];
          dsp_sum_four_channels(sums, from + c, &window);
          for (int32_t i = 0; i < 4; ++i) output[c + i] = average(sums[i], count);
        }
        for (; c < p.channels; ++c) output[c] = average(dsp_sum_channel(from + c, &window), count);
      }
    }
  }
  dsp_clamp_bytes(operands[1], p.batches * p.output_h * p.output_w * p.channels, p.activation_min,
                  p.activation_max);
  return 0;
}
