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
// Filters whose rows are short and no whole steps, if there are few, are copied as patch.h puts
// such rows, so that patches need not be put together from bytes.
//
// Scratch: 16 * ceil(taps / 4) bytes for the stream, where taps = filter_h * filter_w * input_c, or
// up to three more for every filter row in a copied filter; by pixels also 4 * ceil(taps / 4) for a
// patch, 12 * output_c for the channels' constants and output_c * taps for a copied filter.
#include "kernels/abi.h"
#include "kernels/dsp/channels.h"
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
  int32_t tail;  // taps of the last, partial step
  struct dsp_sums sums;
  int all_short;  // by pixels: no channel needs the long form of requantize.h
};

// More than this is not spent on a copy of the filter.
enum { kCopiedFilterBytes = 1024 };

// How many bytes of a filter row make a small patch, see patch.h.
enum { kSmallRow = 16 };

static int32_t row_of(const struct bl_conv_2d_params* p) { return p->filter_w * p->input_c; }

static int copies_filter(const struct bl_conv_2d_params* p) {
  const int32_t row = row_of(p);
  return p->dilation_w == 1 && p->filter_h > 1 && (row & 3) != 0 && row <= kSmallRow &&
         p->output_c * p->filter_h * (row + 3) <= kCopiedFilterBytes;
}

// Whether the last bytes of all rows are put together, instead of padding each.
static int32_t rest_of(const struct bl_conv_2d_params* p) {
  return copies_filter(p) && row_of(p) > kDspTapsPerStep && (row_of(p) & 3) == 1;
}

// Bytes of a filter row as the tiles see them, without the rest.
static int32_t whole_of(const struct bl_conv_2d_params* p) {
  const int32_t row = row_of(p);
  if (!copies_filter(p)) return row;
  return rest_of(p) ? row - 1 : (row + 3) & ~3;
}

static int32_t taps_of(const struct bl_conv_2d_params* p) {
  return p->filter_h * whole_of(p) + (rest_of(p) ? (p->filter_h + 3) & ~3 : 0);
}

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

static int put_channel(const struct conv_layer* layer, struct dsp_channel* channel, int32_t c) {
  return dsp_put_channel(channel, &layer->sums, layer->bias ? layer->bias[c] : 0,
                         layer->multiplier[c], layer->shift[c]);
}

static void requantize_raw(const struct conv_layer* layer, int32_t channel, int32_t sum,
                           int8_t* output) {
  const int32_t value =
      dsp_rescale(sum, layer->multiplier[channel], layer->shift[channel]) + layer->p.output_offset;
  *output = (int8_t)dsp_saturate_to_int8(value);
}

// As the tiles want it, see tiles.h.
static uintptr_t end_of_whole_steps(const struct conv_layer* layer, const uint32_t* stream,
                                    int raw) {
  const uintptr_t end = (uintptr_t)(stream + (layer->taps >> 2) * kDspWordsPerStep);
  return layer->tail || raw ? end - 1 : end;
}

// ---- by channels

// Writes a row of the stream and returns the sum of its weights.
static int32_t put_weights(uint32_t* slot, const int8_t* weights, const struct conv_layer* layer,
                           int doubled) {
  const uint32_t ones = 0x00010001u;
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
  if (tiles->raw) {
    const int32_t* const sums = tiles->raw;
    for (; count > 0; --count, from += step, to += layer->p.output_c) {
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
      .output_offset = p->output_offset,
      .tail_adjust = layer->tail ? layer->tail - kDspTapsPerStep : 0,
  };
  for (int32_t pair = 0; pair < p->output_c; pair += 2) {
    // An odd last channel is computed together with the one before it, again.
    const int32_t c = pair + 2 <= p->output_c ? pair : p->output_c - 2;
    struct dsp_channel channels[2];
    int32_t raw[4];
    int doubled = put_channel(layer, &channels[0], c) & put_channel(layer, &channels[1], c + 1);
    for (int32_t i = 0; i < 2; ++i) {
      const int8_t* weights = layer->filter + (c + i) * layer->taps;
      const int32_t sum = put_weights(stream + i, weights, layer, doubled);
      if (!doubled) channels[i].bias = layer->bias ? layer->bias[c + i] : 0;
      channels[i].bias = bl_shift_left(channels[i].bias + p->input_offset * sum, doubled);
    }
    tiles.a_end = end_of_whole_steps(layer, stream, !doubled);
    tiles.raw = doubled ? 0 : raw;
    tiles.bias0 = channels[0].bias;
    tiles.bias1 = channels[1].bias;
    tiles.multiplier0 = channels[0].multiplier;
    tiles.multiplier1 = channels[1].multiplier;
    tiles.power0 = channels[0].power;
    tiles.power1 = channels[1].power;
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

// Once more, in the long form, the channels of the two pixels in the stream for which the short
// form will not do.
__attribute__((noinline, cold)) static void redo_channels(const struct conv_layer* layer,
                                                          const struct dsp_channel_tiles* tiles,
                                                          const struct dsp_channel* channels,
                                                          int8_t* to, int32_t output_step) {
  struct dsp_channel_tiles single = *tiles;
  int32_t sums[4];
  single.raw = sums;
  single.a_end = end_of_whole_steps(layer, tiles->a, 1);
  single.tiles = 1;
  for (int32_t c = 0; c < layer->p.output_c; ++c) {
    if (channels[c].power != 0) continue;
    const int8_t* weights = layer->filter + c * layer->taps;
    // A tile of the same channel twice.
    const struct dsp_channel both[2] = {channels[c], channels[c]};
    single.channels = both;
    dsp_run_channel_tiles(&single, weights, weights);
    requantize_raw(layer, c, sums[0], to + c);
    requantize_raw(layer, c, sums[1], to + c + output_step);
  }
}

// All channels of the two pixels in the stream.
static void run_channels(const struct conv_layer* layer, struct dsp_channel_tiles* tiles,
                         const struct dsp_channel* channels, int8_t* to, int32_t output_step) {
  const int32_t count = layer->p.output_c;
  const int32_t taps = layer->taps;
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
  if (!layer->all_short) redo_channels(layer, tiles, channels, to, output_step);
}

// Copies the filter with its rows as whole steps: padded, or without their last byte, which come
// together behind all rows.
static const int8_t* copy_filter(const struct conv_layer* layer, int8_t* const to) {
  const struct bl_conv_2d_params* p = &layer->p;
  const int32_t row = row_of(p), whole = whole_of(p);
  const int8_t* from = layer->filter;
  for (int32_t i = 0; i < p->output_c * layer->taps; ++i) to[i] = 0;
  for (int32_t c = 0; c < p->output_c; ++c) {
    int8_t* const filter = to + c * layer->taps;
    for (int32_t y = 0; y < p->filter_h; ++y) {
      for (int32_t i = 0; i < row; ++i) {
        filter[i < whole ? y * whole + i : p->filter_h * whole + y] = *from++;
      }
    }
  }
  return to;
}

static void conv_by_pixels(struct conv_layer* layer, uint32_t* stream) {
  const struct bl_conv_2d_params* p = &layer->p;
  struct dsp_channel* channels =
      (struct dsp_channel*)((int8_t*)stream + dsp_stream_bytes(layer->taps));
  int8_t* const bytes = (int8_t*)(channels + p->output_c);
  if (copies_filter(p)) layer->filter = copy_filter(layer, bytes + ((layer->taps + 3) & ~3));
  const int8_t* image = layer->input;
  const int32_t image_bytes = p->input_h * p->input_w * p->input_c;
  const int32_t row_step = p->dilation_h * p->input_w * p->input_c;
  const int is_straight = p->dilation_w == 1 && (whole_of(p) & 3) == 0;
  const struct dsp_patch patch = {
      .params = p,
      .last_place = image + p->batches * image_bytes - ((p->filter_h - 1) * row_step + whole_of(p)),
      .row_step = row_step,
      .rows = p->filter_h,
      .taps = layer->taps,
      .whole = whole_of(p),
      .rest = rest_of(p),
      .is_small = is_straight && row_of(p) <= kSmallRow,
      .is_image = whole_of(p) == 2 * kDspTapsPerStep && rest_of(p) && p->filter_h == 3,
      .offsets = dsp_both_lanes(p->input_offset),
      .bytes = bytes,
  };
  layer->all_short = 1;
  for (int32_t c = 0; c < p->output_c; ++c) layer->all_short &= put_channel(layer, &channels[c], c);
  struct dsp_channel_tiles tiles = {
      .a = stream,
      .whole_steps = layer->taps >> 2,
      .a_end = end_of_whole_steps(layer, stream, 0),
      .output_offset = p->output_offset,
      .tail_adjust = layer->tail ? layer->tail - kDspTapsPerStep : 0,
  };
  // Patches of whole steps that lie inside the input are found by stepping through it.
  const int32_t first_inside = (p->pad_left + p->stride_w - 1) / p->stride_w;
  const int32_t room = p->input_w + p->pad_left - p->filter_w;
  const int32_t inside = is_straight && room >= 0 ? room / p->stride_w + 1 - first_inside : 0;
  const int32_t pixel_step = p->stride_w * p->input_c;
  int8_t* to = layer->output;
  int32_t waiting = 0;
  for (int32_t batch = 0; batch < p->batches; ++batch, image += image_bytes) {
    struct bl_taps y, x;
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      y = bl_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
      const int32_t inside_now = y.first == 0 && y.end == p->filter_h ? inside : 0;
      const int8_t* from = image + (y.at * p->input_w - p->pad_left) * p->input_c;
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x, from += pixel_step) {
        if (out_x >= first_inside && out_x - first_inside < inside_now &&
            from <= patch.last_place) {
          dsp_put_rows(&patch, stream + waiting, from, row_step);
        } else {
          x = bl_taps_inside(out_x * p->stride_w - p->pad_left, p->filter_w, p->dilation_w,
                             p->input_w);
          dsp_gather(&patch, stream + waiting, image, &y, &x);
        }
        if (waiting) {
          run_channels(layer, &tiles, channels, to, p->output_c);
          to += 2 * p->output_c;
        }
        waiting ^= 1;
      }
    }
    // An odd last pixel of an image makes a pair with itself.
    if (waiting) {
      x = bl_taps_inside((p->output_w - 1) * p->stride_w - p->pad_left, p->filter_w, p->dilation_w,
                         p->input_w);
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
  const int32_t copied_filter = copies_filter(p) ? p->output_c * taps_of(p) : 0;
  return stream + stream / 4 + p->output_c * (int32_t)sizeof(struct dsp_channel) + copied_filter;
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
  layer.sums = dsp_sums_of(layer.taps, p->input_offset, p->output_offset, p->activation_min,
                           p->activation_max);
  if (goes_by_channels(p)) {
    conv_by_channels(&layer, scratch);
  } else {
    conv_by_pixels(&layer, scratch);
  }
  dsp_clamp_bytes(layer.output, p->batches * p->output_h * p->output_w * p->output_c,
                  p->activation_min, p->activation_max);
  return 0;
}
