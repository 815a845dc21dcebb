// CONV_2D on int8 for cores with the DSP extension, in tiles of two pixels by two channels.
//
// Two orders, the same inner loop (tiles.h):
//   by channels  1x1 filters without padding: two channels' weights are widened once, then all
//   pixels
//                pass, read in place. Every weight is read once.
//   by pixels    everything else, and 1x1 filters on few pixels: two pixels' patches are gathered
//   and
//                widened, then all channels' weights pass.
//
// Filters whose rows are no whole steps, if there are few, are copied with every row padded to
// whole steps (weights of zero), so that patches need not be put together from bytes.
//
// Scratch: 16 * ceil(taps / 4) bytes for the stream, where taps = filter_h * filter_w * input_c; by
// pixels also 4 * ceil(taps / 4) for a patch and 12 * output_c for the channels' constants, and
// with padded rows output_c * taps for the filter, where taps = filter_h * 4 * ceil(filter_w *
// input_c / 4).
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/patch.h"
#include "kernels/dsp/requantize.h"
#include "kernels/dsp/tiles.h"
#include "kernels/reference/reference_kernels.h"

struct conv_layer {
  struct bl_conv_2d_params p;
  const int8_t* input;
  const int8_t* filter;
  const int32_t* bias;
  const int32_t* multiplier;
  const int32_t* shift;
  int8_t* output;
  int32_t taps;
  int32_t tail;    // taps of the last, partial step
  int short_form;  // of the rescaling, see requantize.h
};

// More than this is not spent on a copy of the filter.
enum { kPaddedFilterBytes = 1024 };

static int pads_rows(const struct bl_conv_2d_params* p) {
  const int32_t row = p->filter_w * p->input_c;
  return p->dilation_w == 1 && p->filter_h > 1 && (row & 3) != 0 &&
         p->output_c * p->filter_h * (row + 3) <= kPaddedFilterBytes;
}

// Taps of a filter row and of a filter as the tiles see them.
static int32_t row_taps_of(const struct bl_conv_2d_params* p) {
  const int32_t row = p->filter_w * p->input_c;
  return pads_rows(p) ? (row + 3) & ~3 : row;
}

static int32_t taps_of(const struct bl_conv_2d_params* p) { return p->filter_h * row_taps_of(p); }

// Every weight is widened per layer by channels, every input value per pixel by pixels.
static int goes_by_channels(const struct bl_conv_2d_params* p) {
  return p->filter_h == 1 && p->filter_w == 1 && p->pad_top == 0 && p->pad_left == 0 &&
         (p->output_h - 1) * p->stride_h < p->input_h &&
         (p->output_w - 1) * p->stride_w < p->input_w &&
         2 * p->batches * p->output_h * p->output_w >= p->output_c;
}

// The rest is left to the reference: rows shorter than a step, a single channel, a filter with a
// zero point, and zero points outside int8.
static int is_taken(const struct bl_conv_2d_params* p) {
  return dsp_tiles_take(taps_of(p)) && p->output_c >= 2 && p->filter_offset == 0 &&
         p->input_offset >= -INT8_MAX && p->input_offset <= -INT8_MIN;
}

static void requantize_raw(const struct conv_layer* layer, int32_t channel, int32_t sum,
                           int8_t* output) {
  const int32_t value =
      dsp_rescale(sum, layer->multiplier[channel], layer->shift[channel]) + layer->p.output_offset;
  *output = (int8_t)dsp_saturate_to_int8(value);
}

// As the tiles want it, see tiles.h.
static uintptr_t end_of_whole_steps(const struct conv_layer* layer, const uint32_t* stream) {
  const uintptr_t end = (uintptr_t)(stream + (layer->taps >> 2) * kDspWordsPerStep);
  return layer->tail || !layer->short_form ? end - 1 : end;
}

// ---- by channels

// Writes a row of the stream and returns the sum of its weights.
static int32_t put_weights(uint32_t* slot, const int8_t* weights, const struct conv_layer* layer) {
  const uint32_t ones = 0x00010001u;
  const int doubled = layer->short_form;
  int32_t sum = 0;
  for (int32_t k = layer->taps - layer->tail; k > 0; k -= kDspTapsPerStep) {
    const uint32_t bytes = dsp_load_word(weights);
    weights += kDspTapsPerStep;
    uint32_t even = dsp_even_pair(bytes), odd = dsp_odd_pair(bytes);
    sum = dsp_dot(odd, ones, dsp_dot(even, ones, sum));
    if (doubled) {
      even = dsp_add_pairs(even, even);
      odd = dsp_add_pairs(odd, odd);
    }
    slot[0] = even;
    slot[2] = odd;
    slot += kDspWordsPerStep;
  }
  if (layer->tail) {
    const uint32_t bytes = dsp_load_word(weights + layer->tail - kDspTapsPerStep);
    dsp_put_tail(slot, bytes, 0, layer->tail);
    sum = dsp_dot(slot[2], ones, dsp_dot(slot[0], ones, sum));
    if (doubled) {
      slot[0] = dsp_add_pairs(slot[0], slot[0]);
      slot[2] = dsp_add_pairs(slot[2], slot[2]);
    }
  }
  return sum;
}

// `count` pixels that lie `step` bytes apart, for the two channels in `tiles`.
static void run_pixels(const struct conv_layer* layer, struct dsp_pixel_tiles* tiles,
                       const int8_t* from, int32_t step, int8_t* to, int32_t channel,
                       int32_t count) {
  if (!layer->short_form) {
    for (; count > 0; --count, from += step, to += layer->p.output_c) {
      int32_t sums[4];
      tiles->raw = sums;
      dsp_run_pixel_tiles(tiles, from, from);
      requantize_raw(layer, channel, sums[0], to);
      requantize_raw(layer, channel + 1, sums[1], to + 1);
    }
    return;
  }
  const int32_t pairs = count >> 1;
  tiles->output = to;
  tiles->output_step = layer->p.output_c;
  tiles->tiles = pairs;
  tiles->b_advance = 2 * step - layer->taps;
  if (pairs) dsp_run_pixel_tiles(tiles, from, from + step);
  if (count & 1) {
    // A pair of the same pixel.
    from += 2 * pairs * step;
    tiles->output = to + 2 * pairs * layer->p.output_c;
    tiles->output_step = 0;
    tiles->tiles = 1;
    dsp_run_pixel_tiles(tiles, from, from);
  }
}

static void conv_by_channels(const struct conv_layer* layer, uint32_t* stream) {
  const struct bl_conv_2d_params* p = &layer->p;
  const int dense = p->stride_h == 1 && p->stride_w == 1 && p->output_w == p->input_w &&
                    p->output_h == p->input_h;
  struct dsp_pixel_tiles tiles = {
      .a = stream,
      .whole_steps = layer->taps >> 2,
      .a_end = end_of_whole_steps(layer, stream),
      .output_offset = p->output_offset,
      .tail_adjust = layer->tail ? layer->tail - kDspTapsPerStep : 0,
  };
  for (int32_t pair = 0; pair < p->output_c; pair += 2) {
    // An odd last channel is computed together with the one before it, again.
    const int32_t c = pair + 2 <= p->output_c ? pair : p->output_c - 2;
    int32_t bias[2];
    for (int32_t i = 0; i < 2; ++i) {
      const int32_t sum = put_weights(stream + i, layer->filter + (c + i) * layer->taps, layer);
      bias[i] = (layer->bias ? layer->bias[c + i] : 0) + p->input_offset * sum;
    }
    tiles.bias0 = bl_shift_left(bias[0], layer->short_form);
    tiles.bias1 = bl_shift_left(bias[1], layer->short_form);
    tiles.multiplier0 = layer->multiplier[c];
    tiles.multiplier1 = layer->multiplier[c + 1];
    tiles.power0 = dsp_power_of_shift(layer->shift[c]);
    tiles.power1 = dsp_power_of_shift(layer->shift[c + 1]);
    if (dense) {
      run_pixels(layer, &tiles, layer->input, p->input_c, layer->output + c, c,
                 p->batches * p->output_h * p->output_w);
      continue;
    }
    int8_t* to = layer->output + c;
    for (int32_t batch = 0; batch < p->batches; ++batch) {
      for (int32_t y = 0; y < p->output_h; ++y) {
        const int8_t* row =
            layer->input + (batch * p->input_h + y * p->stride_h) * p->input_w * p->input_c;
        run_pixels(layer, &tiles, row, p->stride_w * p->input_c, to, c, p->output_w);
        to += p->output_w * p->output_c;
      }
    }
  }
}

// ---- by pixels

// All channels of the two pixels in the stream.
static void run_channels(const struct conv_layer* layer, struct dsp_channel_tiles* tiles,
                         const struct dsp_channel* channels, int8_t* to, int32_t output_step) {
  const int32_t count = layer->p.output_c;
  const int32_t taps = layer->taps;
  if (!layer->short_form) {
    for (int32_t pair = 0; pair < count; pair += 2) {
      const int32_t c = pair + 2 <= count ? pair : count - 2;
      const int8_t* weights = layer->filter + c * taps;
      int32_t sums[4];
      tiles->raw = sums;
      tiles->channels = channels + c;
      dsp_run_channel_tiles(tiles, weights, weights + taps);
      for (int32_t i = 0; i < 4; ++i) {
        requantize_raw(layer, c + (i >> 1), sums[i], to + c + (i >> 1) + (i & 1) * output_step);
      }
    }
    return;
  }
  tiles->channels = channels;
  tiles->output = to;
  tiles->output_step = output_step;
  tiles->tiles = count >> 1;
  tiles->b_advance = taps;
  dsp_run_channel_tiles(tiles, layer->filter, layer->filter + taps);
  if (count & 1) {
    const int8_t* weights = layer->filter + (count - 2) * taps;
    tiles->channels = channels + count - 2;
    tiles->output = to + count - 2;
    tiles->tiles = 1;
    dsp_run_channel_tiles(tiles, weights, weights + taps);
  }
}

// Copies the filter with padded rows.
static const int8_t* pad_filter(const struct conv_layer* layer, int8_t* to) {
  const struct bl_conv_2d_params* p = &layer->p;
  const int8_t* const padded = to;
  const int8_t* from = layer->filter;
  const int32_t row = p->filter_w * p->input_c;
  const int32_t padding = row_taps_of(p) - row;
  for (int32_t rows = p->output_c * p->filter_h; rows > 0; --rows) {
    for (int32_t i = row; i > 0; --i) *to++ = *from++;
    for (int32_t i = padding; i > 0; --i) *to++ = 0;
  }
  return padded;
}

static void conv_by_pixels(struct conv_layer* layer, uint32_t* stream) {
  const struct bl_conv_2d_params* p = &layer->p;
  const int32_t row_taps = row_taps_of(p);
  struct dsp_channel* channels =
      (struct dsp_channel*)((int8_t*)stream + dsp_stream_bytes(layer->taps));
  int8_t* const bytes = (int8_t*)(channels + p->output_c);
  if (pads_rows(p)) layer->filter = pad_filter(layer, bytes + ((layer->taps + 3) & ~3));
  const int8_t* image = layer->input;
  const int32_t image_bytes = p->input_h * p->input_w * p->input_c;
  const struct dsp_patch patch = {p,           image + p->batches * image_bytes, row_taps,
                                  layer->taps, dsp_both_lanes(p->input_offset),  bytes};
  for (int32_t c = 0; c < p->output_c; ++c) {
    channels[c].bias = layer->bias ? layer->bias[c] : 0;
    channels[c].multiplier = layer->multiplier[c];
    channels[c].power = dsp_power_of_shift(layer->shift[c]);
  }
  struct dsp_channel_tiles tiles = {
      .a = stream,
      .whole_steps = layer->taps >> 2,
      .a_end = end_of_whole_steps(layer, stream),
      .output_offset = p->output_offset,
      .tail_adjust = layer->tail ? layer->tail - kDspTapsPerStep : 0,
  };
  int8_t* to = layer->output;
  int32_t waiting = 0;
  for (int32_t batch = 0; batch < p->batches; ++batch, image += image_bytes) {
    struct dsp_taps y, x;
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      y = dsp_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x) {
        x = dsp_taps_inside(out_x * p->stride_w - p->pad_left, p->filter_w, p->dilation_w,
                            p->input_w);
        dsp_gather(&patch, stream + waiting, image, &y, &x);
        if (waiting) {
          run_channels(layer, &tiles, channels, to, p->output_c);
          to += 2 * p->output_c;
        }
        waiting ^= 1;
      }
    }
    // An odd last pixel of an image makes a pair with itself.
    if (waiting) {
      dsp_gather(&patch, stream + 1, image, &y, &x);
      run_channels(layer, &tiles, channels, to, 0);
      to += p->output_c;
      waiting = 0;
    }
  }
}

int32_t dsp_conv_2d_s8_scratch_bytes(const void* params) {
  const struct bl_conv_2d_params* p = params;
  if (!is_taken(p)) return 0;
  const int32_t stream = dsp_stream_bytes(taps_of(p));
  if (goes_by_channels(p)) return stream;
  const int32_t padded_filter = pads_rows(p) ? p->output_c * taps_of(p) : 0;
  return stream + stream / 4 + p->output_c * (int32_t)sizeof(struct dsp_channel) + padded_filter;
}

int32_t dsp_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = params;
  if (!is_taken(p)) return reference_conv_2d_s8(params, operands, scratch);
  struct conv_layer layer = {.p = *p,
                             .input = operands[0],
                             .filter = operands[1],
                             .bias = operands[2],
                             .multiplier = operands[3],
                             .shift = operands[4],
                             .output = operands[5],
                             .taps = taps_of(p),
                             .tail = taps_of(p) % kDspTapsPerStep};
  layer.short_form =
      dsp_shifts_fit(layer.shift, p->output_c) &&
      dsp_sums_fit(layer.bias, p->output_c, layer.taps, dsp_largest_with_offset(p->input_offset));
  if (goes_by_channels(p)) {
    conv_by_channels(&layer, scratch);
  } else {
    conv_by_pixels(&layer, scratch);
  }
  dsp_clamp_bytes(layer.output, p->batches * p->output_h * p->output_w * p->output_c,
                  p->activation_min, p->activation_max);
  return 0;
}
