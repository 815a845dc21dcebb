// CONV_2D on int16 with weights of int8, for cores with the DSP extension: two pixels' patches are
// gathered, then all channels' weights pass through the tiles of int8 (tiles.h), whose values have
// 16 bits anyway.
//
// Scratch: 16 * ceil(taps / 4) bytes for the stream, 16 * output_c for the channels' constants and
// 2 * taps for a patch, where taps = filter_h * filter_w * input_c.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/tiles.h"
#include "kernels/dsp/wide.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

struct wide_conv {
  struct bl_conv_2d_params p;
  const int8_t* filter;
  const struct dsp_wide_channel* channels;
  const uint32_t* stream;
  int32_t taps;
  int is_narrow;
};

static int32_t wide_taps(const struct bl_conv_2d_params* p) {
  return p->filter_h * p->filter_w * p->input_c;
}

// The rest is left to the reference: several groups, a single channel, and rows shorter than a
// step.
static inline int is_taken(const struct bl_grouped_conv_2d_params* p) {
  return p->groups == 1 && p->conv.output_c >= 2 && dsp_tiles_take(wide_taps(&p->conv));
}

BL_ADDED_KERNEL(dsp_conv_2d_s16_scratch_bytes)
int32_t dsp_conv_2d_s16_scratch_bytes(const void* params) {
  const struct bl_conv_2d_params* p = &((const struct bl_grouped_conv_2d_params*)params)->conv;
  const int32_t taps = wide_taps(p);
  if (!is_taken(params)) return 0;
  return dsp_stream_bytes(taps) + p->output_c * (int32_t)sizeof(struct dsp_wide_channel) +
         (taps + 1) / 2 * 4;
}

DSP_INLINE void copy_values(int16_t* to, const int16_t* from, int32_t count) {
  for (; count >= 2; count -= 2, to += 2, from += 2) dsp_store_word(to, dsp_load_word(from));
  if (count) *to = *from;
}

DSP_INLINE void put_zeros(int16_t* to, int32_t count) {
  for (; count >= 2; count -= 2, to += 2) dsp_store_word(to, 0);
  if (count) *to = 0;
}

// The patch that begins at (y.at, x.at) less the taps in the padding.
static inline void gather_values(const struct bl_conv_2d_params* p, const int16_t* image,
                                 const struct bl_taps* y, const struct bl_taps* x, int16_t* to) {
  const int32_t row = p->filter_w * p->input_c;
  for (int32_t tap_y = 0; tap_y < p->filter_h; ++tap_y, to += row) {
    if (tap_y < y->first || tap_y >= y->end) {
      put_zeros(to, row);
      continue;
    }
    const int32_t in_y = y->at + (tap_y - y->first) * p->dilation_h;
    const int16_t* from = image + (in_y * p->input_w + x->at) * p->input_c;
    put_zeros(to, x->first * p->input_c);
    if (p->dilation_w == 1) {
      copy_values(to + x->first * p->input_c, from, (x->end - x->first) * p->input_c);
    } else {
      for (int32_t tap_x = x->first; tap_x < x->end; ++tap_x) {
        copy_values(to + tap_x * p->input_c, from, p->input_c);
        from += p->dilation_w * p->input_c;
      }
    }
    put_zeros(to + x->end * p->input_c, (p->filter_w - x->end) * p->input_c);
  }
}

// Two channels of the two pixels in the stream: sums without biases, in as many parts as fit.
static inline void sum_in_parts(const struct wide_conv* layer, const int8_t* weights,
                                int64_t* sums) {
  const struct dsp_channel no_bias[2] = {{0, 0, 0}, {0, 0, 0}};
  const int32_t tail = layer->taps & 3;
  const uint32_t* a = layer->stream;
  for (int i = 0; i < 4; ++i) sums[i] = 0;
  for (int32_t left = layer->taps >> 2; left > 0;) {
    const int32_t steps = bl_min(left, kDspWideSteps);
    int32_t raw[4];
    left -= steps;
    const struct dsp_channel_tiles tiles = {
        .a = a,
        .whole_steps = steps,
        .channels = no_bias,
        .a_end = (uintptr_t)(a + steps * kDspWordsPerStep) - 1,
        .tiles = 1,
        .tail_adjust = left == 0 && tail ? tail - kDspTapsPerStep : 0,
        .raw = raw,
    };
    dsp_run_channel_tiles(&tiles, weights, weights + layer->taps);
    for (int i = 0; i < 4; ++i) sums[i] += raw[i];
    a += steps * kDspWordsPerStep;
    weights += steps * kDspTapsPerStep;
  }
}

// All channels of the two pixels in the stream.
static inline void wide_channels(const struct wide_conv* layer, int16_t* to, int32_t output_step) {
  const struct bl_conv_2d_params* p = &layer->p;
  const int32_t low = p->activation_min, high = p->activation_max;
  const int32_t tail = layer->taps & 3, steps = layer->taps >> 2;
  struct dsp_channel biases[2] = {{0, 0, 0}, {0, 0, 0}};
  int32_t raw[4];
  const struct dsp_channel_tiles tiles = {
      .a = layer->stream,
      .whole_steps = steps,
      .channels = biases,
      .a_end = (uintptr_t)(layer->stream + steps * kDspWordsPerStep) - 1,
      .tiles = 1,
      .tail_adjust = tail ? tail - kDspTapsPerStep : 0,
      .raw = raw,
  };
  for (int32_t pair = 0; pair < p->output_c; pair += 2) {
    // An odd last channel is computed together with the one before it, again.
    const int32_t c = pair + 2 <= p->output_c ? pair : p->output_c - 2;
    const struct dsp_wide_channel* channel = layer->channels + c;
    const int8_t* weights = layer->filter + c * layer->taps;
    int16_t* const first = to + c;
    int16_t* const second = first + output_step;
    if (channel[0].is_short & channel[1].is_short) {
      biases[0].bias = (int32_t)channel[0].bias;
      biases[1].bias = (int32_t)channel[1].bias;
      dsp_run_channel_tiles(&tiles, weights, weights + layer->taps);
      first[0] = dsp_short_output(channel, raw[0], 0, low, high);
      second[0] = dsp_short_output(channel, raw[1], 0, low, high);
      first[1] = dsp_short_output(channel + 1, raw[2], 0, low, high);
      second[1] = dsp_short_output(channel + 1, raw[3], 0, low, high);
      continue;
    }
    int64_t sums[4];
    sum_in_parts(layer, weights, sums);
    first[0] = dsp_wide_output(channel, sums[0], layer->is_narrow, 0, low, high);
    second[0] = dsp_wide_output(channel, sums[1], layer->is_narrow, 0, low, high);
    first[1] = dsp_wide_output(channel + 1, sums[2], layer->is_narrow, 0, low, high);
    second[1] = dsp_wide_output(channel + 1, sums[3], layer->is_narrow, 0, low, high);
  }
}

BL_ADDED_KERNEL(dsp_conv_2d_s16)
__attribute__((flatten)) int32_t dsp_conv_2d_s16(const void* params, void* const* operands,
                                                 void* scratch) {
  const struct bl_grouped_conv_2d_params* grouped = params;
  const struct bl_conv_2d_params* p = &grouped->conv;
  const int32_t taps = wide_taps(p);
  if (!is_taken(grouped)) return reference_conv_2d_s16(params, operands, scratch);
  uint32_t* stream = scratch;
  struct dsp_wide_channel* channels =
      (struct dsp_wide_channel*)((int8_t*)scratch + dsp_stream_bytes(taps));
  int16_t* patch = (int16_t*)(channels + p->output_c);
  const struct wide_conv layer = {.p = *p,
                                  .filter = operands[1],
                                  .channels = channels,
                                  .stream = stream,
                                  .taps = taps,
                                  .is_narrow = grouped->sum_bits == 32};
  for (int32_t c = 0; c < p->output_c; ++c) {
    dsp_put_wide_channel(&channels[c], operands[2], c, ((const int32_t*)operands[3])[c],
                         ((const int32_t*)operands[4])[c], layer.is_narrow, taps);
  }
  const int is_in_place = p->filter_h == 1 && p->filter_w == 1;
  const int16_t* image = operands[0];
  int16_t* to = operands[5];
  int32_t waiting = 0;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x) {
        const struct bl_taps x = bl_taps_inside(out_x * p->stride_w - p->pad_left, p->filter_w,
                                                p->dilation_w, p->input_w);
        const int16_t* values = patch;
        if (is_in_place && y.first < y.end && x.first < x.end) {
          values = image + (y.at * p->input_w + x.at) * p->input_c;
        } else {
          gather_values(p, image, &y, &x, patch);
        }
        dsp_put_wide_row(stream + waiting, kDspWordsPerStep, 2, values, taps);
        if (waiting) {
          wide_channels(&layer, to, p->output_c);
          to += 2 * p->output_c;
        }
        waiting ^= 1;
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
  // An odd last pixel makes a pair with itself.
  if (waiting) {
    for (int32_t i = 0; i < dsp_stream_bytes(taps) / 8; ++i) stream[2 * i + 1] = stream[2 * i];
    wide_channels(&layer, to, 0);
  }
  return 0;
}
