// DEPTHWISE_CONV_2D on int16 with weights of int8 and a depth multiplier of 1, for cores with the
// DSP extension: four channels at a time, whose weights are widened once for all pixels. Under a
// 3x3 filter, three rows of the input are laid out with their padding.
//
// Scratch: 8 bytes for each tap, and for each column of the rows that are laid out.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/wide.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

enum { kChannels = 4, kStripRows = 3 };

// The rest is left to the reference: depth multipliers, few channels, and sums beyond 32 bits.
static inline int is_taken(const struct bl_depthwise_conv_2d_params* p) {
  return p->depth_multiplier == 1 && p->conv.output_c >= kChannels &&
         p->conv.filter_h * p->conv.filter_w <= 4 * kDspWideSteps;
}

// Whether rows are laid out.
static inline int is_strip(const struct bl_conv_2d_params* p) {
  return p->filter_h == kStripRows && p->filter_w == kStripRows && p->dilation_h == 1 &&
         p->dilation_w == 1;
}

// Columns of a row that is laid out, two words each.
static inline int32_t strip_columns(const struct bl_conv_2d_params* p) {
  return (p->output_w - 1) * p->stride_w + kStripRows;
}

BL_ADDED_KERNEL(dsp_depthwise_conv_2d_s16_scratch_bytes)
int32_t dsp_depthwise_conv_2d_s16_scratch_bytes(const void* params) {
  const struct bl_conv_2d_params* p = &((const struct bl_depthwise_conv_2d_params*)params)->conv;
  if (!is_taken(params)) return 0;
  const int32_t columns = is_strip(p) ? kStripRows * strip_columns(p) : 0;
  return (p->filter_h * p->filter_w + columns) * 8;
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

// Lays out row `in_y` of the input, zero where it is padding.
DSP_INLINE void put_row(uint32_t* to, const struct bl_conv_2d_params* p, const int16_t* image,
                        int32_t in_y) {
  const int32_t columns = strip_columns(p);
  const int is_inside = in_y >= 0 && in_y < p->input_h;
  const int32_t before = is_inside ? p->pad_left : columns;
  const int32_t end = is_inside ? bl_min(columns, p->pad_left + p->input_w) : columns;
  const int16_t* from = image + in_y * p->input_w * p->input_c;
  int32_t column = 0;
  for (; column < before; ++column, to += 2) to[0] = to[1] = 0;
  for (; column < end; ++column, to += 2, from += p->input_c) {
    const uint32_t low = dsp_load_word(from), high = dsp_load_word(from + 2);
    to[0] = low;
    to[1] = high;
  }
  for (; column < columns; ++column, to += 2) to[0] = to[1] = 0;
}

// Adds a row of three taps, two words apart.
DSP_INLINE void add_three_taps(int32_t* sums, const uint32_t* row, const uint32_t* weights) {
  for (int32_t tap = 0; tap < kStripRows; ++tap) {
    add_tap(sums, (const int16_t*)(row + 2 * tap), weights + 2 * tap);
    // Keeps the loads of more taps than there are registers for from being put first.
    __asm__ volatile("" ::: "memory");
  }
}

// One image of four channels in the short form. `rows` has room for three rows, of which a row of
// the input always takes the same.
DSP_INLINE void run_strips(const struct bl_conv_2d_params* p, const int16_t* image,
                           const struct dsp_wide_channel* channels, const uint32_t* weights,
                           uint32_t* rows, int16_t* output) {
  const int32_t row_words = 2 * strip_columns(p);
  int32_t put = 0;  // rows, padding included, that have been laid out
  for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
    const int32_t first = out_y * p->stride_h;
    for (put = bl_max(put, first); put < first + kStripRows; ++put) {
      put_row(rows + put % kStripRows * row_words, p, image, put - p->pad_top);
    }
    const uint32_t* row0 = rows + first % kStripRows * row_words;
    const uint32_t* row1 = rows + (first + 1) % kStripRows * row_words;
    const uint32_t* row2 = rows + (first + 2) % kStripRows * row_words;
    for (int32_t left = p->output_w; left > 0; --left, output += p->output_c) {
      int32_t sums[kChannels];
      for (int32_t i = 0; i < kChannels; ++i) sums[i] = (int32_t)channels[i].bias;
      add_three_taps(sums, row0, weights);
      add_three_taps(sums, row1, weights + 6);
      add_three_taps(sums, row2, weights + 12);
      for (int32_t i = 0; i < kChannels; ++i) {
        output[i] =
            dsp_short_output(&channels[i], sums[i], 0, p->activation_min, p->activation_max);
      }
      row0 += 2 * p->stride_w;
      row1 += 2 * p->stride_w;
      row2 += 2 * p->stride_w;
    }
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
      if (is_short && is_strip(&p)) {
        run_strips(&p, image, channels, weights, weights + 2 * taps, output);
        output += p.output_h * p.output_w * p.output_c;
        image += p.input_h * p.input_w * p.input_c;
        continue;
      }
      for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {
        const struct bl_taps y =
            bl_taps_inside(out_y * p.stride_h - p.pad_top, p.filter_h, p.dilation_h, p.input_h);
        for (int32_t out_x = 0; out_x < p.output_w; ++out_x, output += p.output_c) {
          const int32_t at = out_x * p.stride_w - p.pad_left;
          int32_t sums[kChannels] = {0, 0, 0, 0};
          const struct bl_taps x = bl_taps_inside(at, p.filter_w, p.dilation_w, p.input_w);
          add_taps(&p, image, &y, &x, weights, sums);
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
