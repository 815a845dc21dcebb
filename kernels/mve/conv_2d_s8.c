// CONV_2D on int8 for Helium: two pixels by two output channels at a time, so that every vector
// that is loaded takes part in two of the multiply-accumulates.
//
// The input's offset is not added to the input: with the zero point in the padding it adds the same
// to every pixel's sum of a channel, which starts with it.
//
// Scratch: each channel's start; the sums of two pixels; unless the filter is 1x1, the input under
// the filter at two pixels.
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

struct conv_layer {
  const struct bl_conv_2d_params* p;
  const int8_t* filter;
  int32_t taps;      // of a channel's filter
  int32_t channels;  // output_c, rounded up to a pair
  const int32_t* start;
  int32_t* sums[2];
  int8_t* patch[2];
  struct mve_outputs outputs;
};

static int32_t taps_of(const struct bl_conv_2d_params* p) {
  return p->filter_h * p->filter_w * p->input_c;
}

// The rest is left to the reference: filters with a zero point, and zero points that no byte holds.
static int is_taken(const struct bl_conv_2d_params* p) {
  return p->filter_offset == 0 && p->input_offset >= -INT8_MAX && p->input_offset <= -INT8_MIN;
}

// The input under the filter is a pixel as it lies in memory.
static int is_pointwise(const struct bl_conv_2d_params* p) {
  return p->filter_h == 1 && p->filter_w == 1 && p->pad_top == 0 && p->pad_left == 0 &&
         (p->output_h - 1) * p->stride_h < p->input_h &&
         (p->output_w - 1) * p->stride_w < p->input_w;
}

static void put_starts(const struct conv_layer* layer, const int32_t* bias, int32_t* start) {
  const int8_t* filter = layer->filter;
  for (int32_t c = 0; c < layer->p->output_c; ++c, filter += layer->taps) {
    const int32_t sum = mve_sum_bytes(filter, layer->taps) * layer->p->input_offset;
    start[c] = sum + (bias ? bias[c] : 0);
  }
  if (layer->channels > layer->p->output_c) start[layer->p->output_c] = 0;
}

// Sums of two channels at two pixels. The loop goes from load to multiply-accumulate and back:
// their pipes take turns, and each of the two is busy all the time. It therefore ends one
// multiply-accumulate late.
MVE_INLINE void sum_two_by_two(const int8_t* in0, const int8_t* in1, const int8_t* weights0,
                               const int8_t* weights1, int32_t taps, const int32_t* start,
                               int32_t* to0, int32_t* to1) {
  int32_t sum00 = start[0], sum01 = start[1], sum10 = sum00, sum11 = sum01;
  int8x16_t b = vdupq_n_s8(0), w1 = b;
  for (int32_t i = taps / kMveBytes; i > 0; --i) {
    const int8x16_t a = vldrbq_s8(in0);
    sum11 = vmladavaq_s8(sum11, b, w1);
    const int8x16_t w0 = vldrbq_s8(weights0);
    sum00 = vmladavaq_s8(sum00, a, w0);
    w1 = vldrbq_s8(weights1);
    sum01 = vmladavaq_s8(sum01, a, w1);
    b = vldrbq_s8(in1);
    sum10 = vmladavaq_s8(sum10, b, w0);
    in0 += kMveBytes;
    in1 += kMveBytes;
    weights0 += kMveBytes;
    weights1 += kMveBytes;
  }
  sum11 = vmladavaq_s8(sum11, b, w1);
  const int32_t rest = taps % kMveBytes;
  if (rest > 0) {
    const mve_pred16_t live = vctp8q((uint32_t)rest);
    const int8x16_t a = vldrbq_z_s8(in0, live), w0 = vldrbq_z_s8(weights0, live);
    sum00 = vmladavaq_s8(sum00, a, w0);
    w1 = vldrbq_z_s8(weights1, live);
    sum01 = vmladavaq_s8(sum01, a, w1);
    b = vldrbq_z_s8(in1, live);
    sum10 = vmladavaq_s8(sum10, b, w0);
    sum11 = vmladavaq_s8(sum11, b, w1);
  }
  to0[0] = sum00;
  to0[1] = sum01;
  to1[0] = sum10;
  to1[1] = sum11;
}

// Sums of all channels at two pixels.
static __attribute__((noinline)) void sum_pair(const struct conv_layer* layer, const int8_t* pixel0,
                                               const int8_t* pixel1) {
  const int32_t taps = layer->taps;
  const int32_t* start = layer->start;
  const int8_t* filter = layer->filter;
  int32_t* to0 = layer->sums[0];
  int32_t* to1 = layer->sums[1];
  for (int32_t pairs = layer->p->output_c / 2; pairs > 0; --pairs) {
    sum_two_by_two(pixel0, pixel1, filter, filter + taps, taps, start, to0, to1);
    filter += 2 * taps;
    start += 2;
    to0 += 2;
    to1 += 2;
  }
  // A last channel without a partner is its own.
  if (layer->p->output_c % 2) {
    sum_two_by_two(pixel0, pixel1, filter, filter, taps, start, to0, to1);
  }
}

// Lays out the input under the filter; padding is the zero point.
static __attribute__((noinline)) void put_patch(const struct bl_conv_2d_params* p,
                                                const int8_t* image, const struct bl_taps* y,
                                                const struct bl_taps* x, int8_t* patch) {
  const int32_t channels = p->input_c;
  if (y->first > 0 || x->first > 0 || y->end < p->filter_h || x->end < p->filter_w) {
    mve_fill_bytes(patch, -p->input_offset, taps_of(p));
  }
  const int is_dense = p->dilation_w == 1;
  const int32_t runs = is_dense ? 1 : x->end - x->first;
  const int32_t run = is_dense ? (x->end - x->first) * channels : channels;
  const int8_t* row = image + (y->at * p->input_w + x->at) * channels;
  patch += (y->first * p->filter_w + x->first) * channels;
  for (int32_t rows = y->end - y->first; rows > 0; --rows) {
    for (int32_t i = 0; i < runs; ++i) {
      mve_copy_bytes(patch + i * channels, row + i * p->dilation_w * channels, run);
    }
    row += p->dilation_h * p->input_w * channels;
    patch += p->filter_w * channels;
  }
}

// Pixels come in pairs, whatever row they lie in; a last one without a partner is its own.
static void run_layer(const struct conv_layer* layer, const int8_t* image, int8_t* output) {
  const struct bl_conv_2d_params* p = layer->p;
  const int pointwise = is_pointwise(p);
  const int8_t* pixel[2];
  int32_t waiting = 0;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x) {
        const int32_t in_x = out_x * p->stride_w - p->pad_left;
        if (pointwise) {
          pixel[waiting] = image + (y.at * p->input_w + in_x) * p->input_c;
        } else {
          const struct bl_taps x = bl_taps_inside(in_x, p->filter_w, p->dilation_w, p->input_w);
          put_patch(p, image, &y, &x, layer->patch[waiting]);
          pixel[waiting] = layer->patch[waiting];
        }
        if (waiting) {
          sum_pair(layer, pixel[0], pixel[1]);
          mve_store_outputs(&layer->outputs, layer->sums[0], output, p->output_c);
          mve_store_outputs(&layer->outputs, layer->sums[1], output + p->output_c, p->output_c);
          output += 2 * p->output_c;
        }
        waiting ^= 1;
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
  if (waiting) {
    sum_pair(layer, pixel[0], pixel[0]);
    mve_store_outputs(&layer->outputs, layer->sums[0], output, p->output_c);
  }
}

int32_t mve_conv_2d_s8_scratch_bytes(const void* params) {
  const struct bl_conv_2d_params* p = params;
  if (!is_taken(p)) return 0;
  const int32_t words = 3 * mve_round_up(p->output_c, 2);
  const int32_t patches = is_pointwise(p) ? 0 : 2 * mve_round_up(taps_of(p), kMveBytes);
  return words * (int32_t)sizeof(int32_t) + patches;
}

int32_t mve_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = params;
  if (!is_taken(p)) return reference_conv_2d_s8(params, operands, scratch);
  const int32_t channels = mve_round_up(p->output_c, 2), taps = taps_of(p);
  int32_t* start = scratch;
  int8_t* patches = (int8_t*)(start + 3 * channels);
  struct conv_layer layer = {.p = p,
                             .filter = operands[1],
                             .taps = taps,
                             .channels = channels,
                             .start = start,
                             .sums = {start + channels, start + 2 * channels},
                             .patch = {patches, patches + mve_round_up(taps, kMveBytes)},
                             .outputs = {.multiplier = operands[3],
                                         .shift = operands[4],
                                         .offset = p->output_offset,
                                         .low = p->activation_min,
                                         .high = p->activation_max,
                                         .per_channel = 1}};
  layer.outputs.is_right = mve_all_shift_right(operands[4], p->output_c);
  put_starts(&layer, operands[2], start);
  run_layer(&layer, operands[0], operands[5]);
  return 0;
}
