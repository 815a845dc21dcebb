// DEPTHWISE_CONV_2D on int16 with weights of int8 and a depth multiplier of 1, for cores with the
// DSP extension: four channels at a time, whose weights are widened once for all pixels.
//
// Scratch: 8 bytes for each tap.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/wide.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

enum { kChannels = 4 };

// The rest is left to the reference: depth multipliers, few channels, and sums beyond 32 bits.
static inline int is_taken(const struct bl_depthwise_conv_2d_params* p) {
  return p->depth_multiplier == 1 && p->conv.output_c >= kChannels &&
         p->conv.filter_h * p->conv.filter_w <= 4 * kDspWideSteps;
}

BL_ADDED_KERNEL(dsp_depthwise_conv_2d_s16_scratch_bytes)
int32_t dsp_depthwise_conv_2d_s16_scratch_bytes(const void* params) {
  const struct bl_depthwise_conv_2d_params* p = params;
  return is_taken(p) ? p->conv.filter_h * p->conv.filter_w * 8 : 0;
}

// Adds one tap of four channels.
DSP_INLINE void add_tap(int32_t* sums, const int16_t* values, const uint32_t* weights) {
  const uint32_t low = dsp_load_word(values), high = dsp_load_word(values + 2);
  const uint32_t even = weights[0], odd = weights[1];  // of channels 0 and 2, and 1 and 3
  sums[0] = dsp_mac_low_low(low, even, sums[0]);
  sums[1] = dsp_mac_high_low(low, odd, sums[1]);
  sums[2] = dsp_mac_low_high(high, even, sums[2]);
  sums[3] = dsp_mac_high_high(high, odd, sums[3]);
}

// Adds the taps inside the input.
DSP_INLINE void add_taps(const struct bl_conv_2d_params* p, const int16_t* image,
                         const struct bl_taps* y, const struct bl_taps* x, const uint32_t* weights,
                         int32_t* sums) {
  const int32_t step = p->dilation_w * p->input_c;
  const int16_t* row = image + (y->at * p->input_w + x->at) * p->input_c;
  const uint32_t* row_weights = weights + 2 * (y->first * p->filter_w + x->first);
  for (int32_t tap_y = y->first; tap_y < y->end; ++tap_y) {
    const int16_t* values = row;
    const uint32_t* weight = row_weights;
    for (int32_t left = x->end - x->first; left > 0; --left, values += step, weight += 2) {
      add_tap(sums, values, weight);
    }
    row += p->dilation_h * p->input_w * p->input_c;
    row_weights += 2 * p->filter_w;
  }
}

// The same where all of a 3x3 filter lies inside.
DSP_INLINE void add_nine_taps(const int16_t* values, int32_t step, int32_t row_step,
                              const uint32_t* weights, int32_t* sums) {
  for (int32_t tap_y = 0; tap_y < 3; ++tap_y, values += row_step, weights += 6) {
    add_tap(sums, values, weights);
    add_tap(sums, values + step, weights + 2);
    add_tap(sums, values + 2 * step, weights + 4);
  }
}

BL_ADDED_KERNEL(dsp_depthwise_conv_2d_s16)
__attribute__((flatten)) int32_t dsp_depthwise_conv_2d_s16(const void* params,
                                                           void* const* operands, void* scratch) {
  const struct bl_conv_2d_params p = ((const struct bl_depthwise_conv_2d_params*)params)->conv;
  if (!is_taken(params)) return reference_depthwise_conv_2d_s16(params, operands, scratch);
  const int32_t* multiplier = operands[3];
  const int32_t* shift = operands[4];
  uint32_t* weights = scratch;
  const int32_t taps = p.filter_h * p.filter_w;
  const int is_nine = p.filter_h == 3 && p.filter_w == 3;
  for (int32_t four = 0; four < p.output_c; four += kChannels) {
    // The last channels are computed together with those before them, again.
    const int32_t c = bl_min(four, p.output_c - kChannels);
    const int8_t* filter = (const int8_t*)operands[1] + c;
    struct dsp_wide_channel channels[kChannels];
    int is_short = 1;
    for (int32_t i = 0; i < kChannels; ++i) {
      dsp_put_wide_channel(&channels[i], operands[2], c + i, multiplier[c + i], shift[c + i], 0,
                           taps);
      is_short &= channels[i].is_short;
    }
    for (int32_t tap = 0; tap < taps; ++tap) {
      const uint32_t bytes = dsp_load_word(filter + tap * p.output_c);
      weights[2 * tap] = dsp_even_pair(bytes);
      weights[2 * tap + 1] = dsp_odd_pair(bytes);
    }
    const int16_t* image = (const int16_t*)operands[0] + c;
    int16_t* output = (int16_t*)operands[5] + c;
    for (int32_t batch = 0; batch < p.batches; ++batch) {
      for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {
        const struct bl_taps y =
            bl_taps_inside(out_y * p.stride_h - p.pad_top, p.filter_h, p.dilation_h, p.input_h);
        const int has_all_rows = is_nine && y.first == 0 && y.end == 3;
        for (int32_t out_x = 0; out_x < p.output_w; ++out_x, output += p.output_c) {
          const int32_t at = out_x * p.stride_w - p.pad_left;
          int32_t sums[kChannels] = {0, 0, 0, 0};
          if (has_all_rows && at >= 0 && at + 2 * p.dilation_w < p.input_w) {
            add_nine_taps(image + (y.at * p.input_w + at) * p.input_c, p.dilation_w * p.input_c,
                          p.dilation_h * p.input_w * p.input_c, weights, sums);
          } else {
            const struct bl_taps x = bl_taps_inside(at, p.filter_w, p.dilation_w, p.input_w);
            add_taps(&p, image, &y, &x, weights, sums);
          }
          for (int32_t i = 0; i < kChannels; ++i) {
            output[i] = is_short
                            ? dsp_short_output(&channels[i], sums[i] + (int32_t)channels[i].bias, 0,
                                               p.activation_min, p.activation_max)
                            : dsp_wide_output(&channels[i], sums[i], 0, 0, p.activation_min,
                                              p.activation_max);
          }
        }
      }
      image += p.input_h * p.input_w * p.input_c;
    }
  }
  return 0;
}
