// DEPTHWISE_CONV_2D on int8 for cores with the DSP extension, four channels at a time.
//
// With a single input channel this is a convolution whose filter lies transposed, and is done as
// one.
//
// Scratch: 8 * filter_h * filter_w bytes for the weights of four channels; for 3x3 filters what
// depthwise.h says; for a single input channel the filter and what the convolution needs.
#include "kernels/abi.h"
#include "kernels/dsp/depthwise.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/simd.h"
#include "kernels/dsp/strips.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

enum depthwise_way { kAsReference, kAsConvolution, kByStrips, kByTaps };

// The reference has multipliers above 1, fewer than four channels, a filter with a zero point, and
// zero points outside int8.
static enum depthwise_way way_of(const struct bl_depthwise_conv_2d_params* d) {
  const struct bl_conv_2d_params* p = &d->conv;
  if (p->input_c == 1) return kAsConvolution;
  if (d->depth_multiplier != 1 || p->output_c < kDspLanes || p->filter_offset != 0 ||
      p->input_offset < -INT8_MAX || p->input_offset > -INT8_MIN) {
    return kAsReference;
  }
  return dsp_depthwise_3x3_takes(p) ? kByStrips : kByTaps;
}

static int32_t transposed_filter_bytes(const struct bl_conv_2d_params* p) {
  return (p->filter_h * p->filter_w * p->output_c + 3) & ~3;
}

static int32_t as_convolution(const struct bl_conv_2d_params* p, void* const* operands,
                              int8_t* scratch) {
  const int8_t* filter = operands[1];
  int8_t* to = scratch;
  const int32_t taps = p->filter_h * p->filter_w;
  for (int32_t c = 0; c < p->output_c; ++c) {
    for (int32_t tap = 0; tap < taps; ++tap) *to++ = filter[tap * p->output_c + c];
  }
  void* const with_transposed[] = {operands[0], scratch,     operands[2],
                                   operands[3], operands[4], operands[5]};
  return dsp_conv_2d_s8(p, with_transposed, scratch + transposed_filter_bytes(p));
}

// Four channels, tap by tap.
struct block {
  int32_t first;      // channel
  uint32_t* weights;  // two pairs per tap: channels (0, 2), then (1, 3)
  struct dsp_channel channels[kDspLanes];
};

static void put_block(struct block* block, const struct dsp_depthwise_layer* layer) {
  const struct bl_conv_2d_params* p = &layer->p;
  const int8_t* filter = layer->filter + block->first;
  uint32_t* to = block->weights;
  for (int32_t tap = p->filter_h * p->filter_w; tap > 0; --tap, filter += p->output_c) {
    const uint32_t bytes = dsp_load_word(filter);
    *to++ = dsp_even_pair(bytes);
    *to++ = dsp_odd_pair(bytes);
  }
  for (int32_t i = 0; i < kDspLanes; ++i) {
    dsp_put_depthwise_channel(&block->channels[i], layer, block->first + i);
  }
}

// The taps inside the input of one output pixel; `from` and `weights` are the first one's.
static void add_taps(int32_t* sums, const struct bl_conv_2d_params* p, const int8_t* from,
                     const uint32_t* weights, int32_t rows, int32_t columns) {
  const uint32_t offsets = dsp_both_lanes(p->input_offset);
  const int32_t tap_step = p->dilation_w * p->input_c;
  const int32_t row_step = p->dilation_h * p->input_w * p->input_c - columns * tap_step;
  const int32_t weights_step = 2 * (p->filter_w - columns);
  int32_t sum0 = sums[0], sum1 = sums[1], sum2 = sums[2], sum3 = sums[3];
  for (; rows > 0; --rows) {
    for (int32_t i = columns; i > 0; --i) {
      const uint32_t bytes = dsp_load_word(from);
      const uint32_t weight02 = weights[0], weight13 = weights[1];
      from += tap_step;
      weights += 2;
      const uint32_t even = dsp_add_even_pair(offsets, bytes);
      const uint32_t odd = dsp_add_odd_pair(offsets, bytes);
      sum0 = dsp_mac_low_low(even, weight02, sum0);
      sum1 = dsp_mac_low_low(odd, weight13, sum1);
      sum2 = dsp_mac_high_high(even, weight02, sum2);
      sum3 = dsp_mac_high_high(odd, weight13, sum3);
    }
    from += row_step;
    weights += weights_step;
  }
  sums[0] = sum0;
  sums[1] = sum1;
  sums[2] = sum2;
  sums[3] = sum3;
}

static void store_sums(const struct dsp_depthwise_layer* layer, const struct block* block,
                       const int32_t* sums, int8_t* output) {
  const int32_t offset = layer->p.output_offset;
  for (int32_t i = 0; i < kDspLanes; ++i) {
    const struct dsp_channel* channel = &block->channels[i];
    if (channel->power != 0) {
      output[i] = (int8_t)dsp_requantize_doubled(bl_shift_left(sums[i], 1), channel->multiplier,
                                                 channel->power, offset);
    } else {
      output[i] = (int8_t)dsp_saturate_to_int8(
          dsp_rescale(sums[i], channel->multiplier, layer->shift[block->first + i]) + offset);
    }
  }
}

static void run_block(const struct dsp_depthwise_layer* layer, const struct block* block) {
  const struct bl_conv_2d_params* p = &layer->p;
  const int8_t* image = layer->input + block->first;
  int8_t* output = layer->output + block->first;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x, output += p->output_c) {
        const struct bl_taps x = bl_taps_inside(out_x * p->stride_w - p->pad_left, p->filter_w,
                                                p->dilation_w, p->input_w);
        int32_t sums[kDspLanes];
        for (int32_t i = 0; i < kDspLanes; ++i) sums[i] = block->channels[i].bias;
        add_taps(sums, p, image + (y.at * p->input_w + x.at) * p->input_c,
                 block->weights + 2 * (y.first * p->filter_w + x.first), y.end - y.first,
                 x.end - x.first);
        store_sums(layer, block, sums, output);
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
}

// A single channel of what is done by strips in the long form, over the whole input.
static void run_channel(const struct dsp_depthwise_layer* layer, int32_t c) {
  const struct bl_conv_2d_params* p = &layer->p;
  const int32_t step = p->output_c;  // from pixel to pixel, and from weight to weight
  const int32_t offset = p->input_offset;
  const int32_t bias = layer->bias ? layer->bias[c] : 0;
  const int32_t multiplier = layer->multiplier[c], shift = layer->shift[c];
  const int8_t* image = layer->input + c;
  int8_t* output = layer->output + c;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p->stride_h - p->pad_top, kDspFilter, 1, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x, output += step) {
        const struct bl_taps x =
            bl_taps_inside(out_x * p->stride_w - p->pad_left, kDspFilter, 1, p->input_w);
        const int8_t* from = image + (y.at * p->input_w + x.at) * step;
        const int8_t* weights = layer->filter + (y.first * kDspFilter + x.first) * step + c;
        const int32_t columns = x.end - x.first;
        int32_t sum = bias;
        for (int32_t rows = columns > 0 ? y.end - y.first : 0; rows > 0; --rows) {
          sum += (from[0] + offset) * weights[0];
          if (columns > 1) sum += (from[step] + offset) * weights[step];
          if (columns > 2) sum += (from[2 * step] + offset) * weights[2 * step];
          from += p->input_w * step;
          weights += kDspFilter * step;
        }
        *output =
            (int8_t)dsp_saturate_to_int8(dsp_rescale(sum, multiplier, shift) + p->output_offset);
      }
    }
    image += p->input_h * p->input_w * step;
  }
}

int32_t dsp_depthwise_conv_2d_s8_scratch_bytes(const void* params) {
  const struct bl_depthwise_conv_2d_params* d = params;
  switch (way_of(d)) {
    case kAsConvolution:
      return transposed_filter_bytes(&d->conv) + dsp_conv_2d_s8_scratch_bytes(&d->conv);
    case kByStrips:
      return dsp_depthwise_3x3_scratch_bytes(&d->conv);
    case kByTaps:
      return 8 * d->conv.filter_h * d->conv.filter_w;
    default:
      return 0;
  }
}

int32_t dsp_depthwise_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_depthwise_conv_2d_params* d = params;
  const struct bl_conv_2d_params* p = &d->conv;
  const enum depthwise_way way = way_of(d);
  if (way == kAsReference) return reference_depthwise_conv_2d_s8(params, operands, scratch);
  if (way == kAsConvolution) return as_convolution(p, operands, scratch);
  struct dsp_depthwise_layer layer = {.p = *p,
                                      .input = operands[0],
                                      .filter = operands[1],
                                      .bias = operands[2],
                                      .multiplier = operands[3],
                                      .shift = operands[4],
                                      .output = operands[5]};
  layer.sums = dsp_sums_of(p->filter_h * p->filter_w, p->input_offset, p->output_offset,
                           p->activation_min, p->activation_max);
  for (int32_t channel = 0; channel < p->output_c; channel += kDspLanes) {
    // Channels that are left over are computed with some before them, again.
    const int32_t first = bl_min(channel, p->output_c - kDspLanes);
    if (way == kByStrips) {
      const int left = dsp_depthwise_3x3(&layer, first, scratch);
      for (int32_t i = 0; i < kDspLanes; ++i) {
        if (left >> i & 1) run_channel(&layer, first + i);
      }
    } else {
      struct block block = {.first = first, .weights = scratch};
      put_block(&block, &layer);
      run_block(&layer, &block);
    }
  }
  dsp_clamp_bytes(layer.output, p->batches * p->output_h * p->output_w * p->output_c,
                  p->activation_min, p->activation_max);
  return 0;
}
