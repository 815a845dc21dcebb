// DEPTHWISE_CONV_2D on int8 for Helium: four channels at up to three pixels of a row at a time.
//
// The rows under the filter are kept with their padding, blocks of 16 channels apart from each
// other, so that a filter's taps and a row's pixels lie at fixed offsets from one pointer. Padding
// is the zero point; what the input's offset adds to a sum is then the same for every pixel, and is
// where the sum starts. With a single input channel this is a convolution whose filter lies
// transposed, and is done as one.
//
// Scratch: the padded rows; the filter in blocks of 16 channels; each channel's start. For a single
// input channel the transposed filter and what the convolution needs.
#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"
#include "kernels/reference/reference_kernels.h"

enum { kBlock = kMveBytes, kMostPixels = 3, kFilter = 3 };
enum depthwise_way { kAsReference, kAsConvolution, kByRows };

struct depthwise_layer {
  const struct bl_conv_2d_params* p;
  int32_t row_w;        // pixels of a padded row
  int32_t row_bytes;    // of a padded row: one block of channels after the other
  int32_t filter_step;  // bytes of the filter in one block of channels
  int8_t* rows;         // as many as the filter reaches over, each in its place
  int8_t* filter;
  int32_t* start;
  struct mve_outputs outputs;
};

// The rest is left to the reference: multipliers above 1, filters with a zero point, and zero
// points that no byte holds.
static enum depthwise_way way_of(const struct bl_depthwise_conv_2d_params* d) {
  const struct bl_conv_2d_params* p = &d->conv;
  if (p->input_c == 1) return kAsConvolution;
  const int is_taken = d->depth_multiplier == 1 && p->filter_offset == 0 &&
                       p->input_offset >= -INT8_MAX && p->input_offset <= -INT8_MIN;
  return is_taken ? kByRows : kAsReference;
}

static int32_t transposed_filter_bytes(const struct bl_conv_2d_params* p) {
  return mve_round_up(p->filter_h * p->filter_w * p->output_c, 4);
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
  return mve_conv_2d_s8(p, with_transposed, scratch + transposed_filter_bytes(p));
}

// Pixels that the filter's last place in a row reaches, from the first one in the padding.
static int32_t padded_width(const struct bl_conv_2d_params* p) {
  return bl_max((p->output_w - 1) * p->stride_w + (p->filter_w - 1) * p->dilation_w + 1,
                p->pad_left + p->input_w);
}

static int32_t padded_channels(const struct bl_conv_2d_params* p) {
  return mve_round_up(p->output_c, kBlock);
}

static int32_t padded_row_bytes(const struct bl_conv_2d_params* p) {
  return padded_width(p) * padded_channels(p);
}

// `from` is pixel after pixel; `to` is block after block. Channels that are not there are zero.
static void put_blocks(int8_t* to, const int8_t* from, int32_t pixels, int32_t channels,
                       int32_t block_step) {
  for (int32_t first = 0; first < channels; first += kBlock, to += block_step) {
    const mve_pred16_t live = vctp8q((uint32_t)(channels - first));
    const int8_t* pixel = from + first;
    int8_t* slot = to;
    for (int32_t i = pixels; i > 0; --i, pixel += channels, slot += kBlock) {
      vstrbq_s8(slot, vldrbq_z_s8(pixel, live));
    }
  }
}

static void put_filter(const struct depthwise_layer* layer, const int8_t* filter,
                       const int32_t* bias) {
  const struct bl_conv_2d_params* p = layer->p;
  const int32_t taps = p->filter_h * p->filter_w;
  put_blocks(layer->filter, filter, taps, p->output_c, layer->filter_step);
  for (int32_t c = 0; c < p->output_c; c += kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)(p->output_c - c));
    const int8_t* weights = layer->filter + c / kBlock * layer->filter_step + c % kBlock;
    int32x4_t sum = vdupq_n_s32(0);
    for (int32_t tap = taps; tap > 0; --tap, weights += kBlock) {
      sum = vaddq_s32(sum, vldrbq_s32(weights));
    }
    sum = vmulq_n_s32(sum, p->input_offset);
    if (bias) sum = vaddq_s32(sum, vldrwq_z_s32(bias + c, live));
    vstrwq_s32(layer->start + c, sum);
  }
}

// Row `in_y` of the image, or padding, in its place.
static void put_row(const struct depthwise_layer* layer, const int8_t* image, int32_t in_y,
                    int8_t* place) {
  const struct bl_conv_2d_params* p = layer->p;
  if (in_y < 0 || in_y >= p->input_h) {
    mve_fill_bytes(place, -p->input_offset, layer->row_bytes);
    return;
  }
  const int32_t block_step = layer->row_w * kBlock, blocks = layer->row_bytes / block_step;
  const int32_t before = p->pad_left * kBlock, inside = p->input_w * kBlock;
  for (int32_t i = 0; i < blocks; ++i) {
    int8_t* block = place + i * block_step;
    mve_fill_bytes(block, -p->input_offset, before);
    mve_fill_bytes(block + before + inside, -p->input_offset, block_step - before - inside);
  }
  put_blocks(place + before, image + in_y * p->input_w * p->input_c, p->input_w, p->input_c,
             block_step);
}

// Stores four channels of `pixels` neighbours.
MVE_INLINE void store_pixels(const struct depthwise_layer* layer, const int32x4_t* sums, int32_t c,
                             int32_t pixels, int8_t* output) {
  const struct bl_conv_2d_params* p = layer->p;
  const int32_t offset = p->output_offset, step = p->output_c;
  const mve_pred16_t live = vctp32q((uint32_t)(step - c));
  const int32x4_t multipliers = vldrwq_z_s32(layer->outputs.multiplier + c, live);
  const int32x4_t shifts = vldrwq_z_s32(layer->outputs.shift + c, live);
  const int32x4_t low = vdupq_n_s32(p->activation_min), high = vdupq_n_s32(p->activation_max);
  output += c;
  if (layer->outputs.is_right) {
    for (int32_t i = 0; i < pixels; ++i) {
      const int32x4_t scaled = mve_rescale_right(sums[i], multipliers, shifts);
      vstrbq_p_s32(output + i * step, mve_finish(scaled, offset, low, high), live);
    }
  } else {
    for (int32_t i = 0; i < pixels; ++i) {
      const int32x4_t scaled = mve_rescale(sums[i], multipliers, shifts);
      vstrbq_p_s32(output + i * step, mve_finish(scaled, offset, low, high), live);
    }
  }
}

// Where the channels [c, c + 4) of a pixel, or of the filter, lie.
struct place {
  int32_t in_row, in_filter;
};

MVE_INLINE struct place place_of(const struct depthwise_layer* layer, int32_t c, int32_t at) {
  const int32_t block = c / kBlock, rest = c % kBlock;
  return (struct place){(block * layer->row_w + at) * kBlock + rest,
                        block * layer->filter_step + rest};
}

// All channels of `pixels` neighbours under a 3x3 filter. `rows` has a pointer to each row under
// the filter; `at` is the first pixel's place there. Straight-line code: the weights of a row stay
// in registers, and what is loaded of the input goes to every pixel it belongs to.
MVE_INLINE void run_3x3(const struct depthwise_layer* layer, const int8_t* const* rows,
                        int32_t stride, int32_t pixels, int32_t at, int8_t* output) {
  for (int32_t c = 0; c < layer->p->output_c; c += kMveWords) {
    const struct place place = place_of(layer, c, at);
    const int8_t* weights = layer->filter + place.in_filter;
    int32x4_t sums[kMostPixels];
    const int32x4_t start = vldrwq_s32(layer->start + c);
    for (int32_t i = 0; i < pixels; ++i) sums[i] = start;
    for (int32_t y = 0; y < kFilter; ++y, weights += kFilter * kBlock) {
      const int8_t* from = rows[y] + place.in_row;
      int32x4_t row_weights[kFilter];
      for (int32_t x = 0; x < kFilter; ++x) row_weights[x] = vldrbq_s32(weights + x * kBlock);
      for (int32_t column = 0; column < (pixels - 1) * stride + kFilter; ++column) {
        const int32x4_t value = vldrbq_s32(from + column * kBlock);
        for (int32_t i = 0; i < pixels; ++i) {
          const int32_t x = column - i * stride;
          if (x < 0 || x >= kFilter) continue;
          sums[i] = vaddq_s32(sums[i], vmulq_s32(value, row_weights[x]));
        }
      }
    }
    store_pixels(layer, sums, c, pixels, output);
  }
}

static void run_3x3_stride_1(const struct depthwise_layer* layer, const int8_t* const* rows,
                             int32_t pixels, int32_t at, int8_t* output) {
  if (pixels == 3) {
    run_3x3(layer, rows, 1, 3, at, output);
  } else if (pixels == 2) {
    run_3x3(layer, rows, 1, 2, at, output);
  } else {
    run_3x3(layer, rows, 1, 1, at, output);
  }
}

static void run_3x3_stride_2(const struct depthwise_layer* layer, const int8_t* const* rows,
                             int32_t pixels, int32_t at, int8_t* output) {
  if (pixels == 3) {
    run_3x3(layer, rows, 2, 3, at, output);
  } else if (pixels == 2) {
    run_3x3(layer, rows, 2, 2, at, output);
  } else {
    run_3x3(layer, rows, 2, 1, at, output);
  }
}

// All channels of two neighbours, or of one, under any filter.
MVE_INLINE void run_taps(const struct depthwise_layer* layer, const int8_t* const* rows,
                         int32_t pixels, int32_t at, int8_t* output) {
  const struct bl_conv_2d_params* p = layer->p;
  const int32_t pixel_step = p->stride_w * kBlock, tap_step = p->dilation_w * kBlock;
  for (int32_t c = 0; c < p->output_c; c += kMveWords) {
    const struct place place = place_of(layer, c, at);
    const int8_t* weights = layer->filter + place.in_filter;
    int32x4_t sums[kMostPixels];
    sums[0] = sums[1] = vldrwq_s32(layer->start + c);
    for (int32_t y = 0; y < p->filter_h; ++y) {
      const int8_t* from = rows[y] + place.in_row;
      for (int32_t x = p->filter_w; x > 0; --x, from += tap_step, weights += kBlock) {
        const int32x4_t weight = vldrbq_s32(weights);
        for (int32_t i = 0; i < pixels; ++i) {
          const int32x4_t value = vldrbq_s32(from + i * pixel_step);
          sums[i] = vaddq_s32(sums[i], vmulq_s32(value, weight));
        }
      }
    }
    store_pixels(layer, sums, c, pixels, output);
  }
}

static void run_any(const struct depthwise_layer* layer, const int8_t* const* rows, int32_t pixels,
                    int32_t at, int8_t* output) {
  if (pixels == 2) {
    run_taps(layer, rows, 2, at, output);
  } else {
    run_taps(layer, rows, 1, at, output);
  }
}

// How a row of outputs is divided among calls.
struct row_plan {
  void (*run)(const struct depthwise_layer* layer, const int8_t* const* rows, int32_t pixels,
              int32_t at, int8_t* output);
  int32_t most;  // pixels at once
};

static struct row_plan plan_of(const struct bl_conv_2d_params* p) {
  const int is_3x3 = p->filter_h == kFilter && p->filter_w == kFilter && p->dilation_w == 1;
  if (is_3x3 && p->stride_w == 1) return (struct row_plan){run_3x3_stride_1, 3};
  if (is_3x3 && p->stride_w == 2) return (struct row_plan){run_3x3_stride_2, 3};
  return (struct row_plan){run_any, 2};
}

static void run_row(const struct depthwise_layer* layer, const struct row_plan* plan,
                    const int8_t* const* rows, int8_t* output) {
  const int32_t width = layer->p->output_w;
  int32_t calls = (width + plan->most - 1) / plan->most;
  // As even as they can be: four pixels are 2 and 2, not 3 and 1.
  for (int32_t x = 0; calls > 0; --calls) {
    const int32_t pixels = (width - x + calls - 1) / calls;
    plan->run(layer, rows, pixels, x * layer->p->stride_w, output + x * layer->p->output_c);
    x += pixels;
  }
}

// Row after row of outputs; input rows that stay under the filter keep their places.
static void run_layer(const struct depthwise_layer* layer, const int8_t* image, int8_t* output,
                      const int8_t** rows) {
  const struct bl_conv_2d_params* p = layer->p;
  const struct row_plan plan = plan_of(p);
  const int32_t places = (p->filter_h - 1) * p->dilation_h + 1;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    int32_t next = -p->pad_top;  // the first row that has no place yet
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const int32_t top = out_y * p->stride_h - p->pad_top;
      for (next = bl_max(next, top); next < top + places; ++next) {
        const int32_t place = (next + p->pad_top) % places;
        put_row(layer, image, next, layer->rows + place * layer->row_bytes);
      }
      for (int32_t y = 0; y < p->filter_h; ++y) {
        const int32_t place = (top + p->pad_top + y * p->dilation_h) % places;
        rows[y] = layer->rows + place * layer->row_bytes;
      }
      run_row(layer, &plan, rows, output);
      output += p->output_w * p->output_c;
    }
    image += p->input_h * p->input_w * p->input_c;
  }
}

// Parts of the scratch, one after the other.
struct scratch_plan {
  int32_t start, pointers, rows, filter;  // bytes
};

static struct scratch_plan scratch_of(const struct bl_conv_2d_params* p) {
  const int32_t places = (p->filter_h - 1) * p->dilation_h + 1;
  return (struct scratch_plan){
      .start = padded_channels(p) * (int32_t)sizeof(int32_t),
      .pointers = p->filter_h * (int32_t)sizeof(void*),
      .rows = places * padded_row_bytes(p),
      .filter = p->filter_h * p->filter_w * padded_channels(p),
  };
}

int32_t mve_depthwise_conv_2d_s8_scratch_bytes(const void* params) {
  const struct bl_depthwise_conv_2d_params* d = params;
  switch (way_of(d)) {
    case kAsConvolution:
      return transposed_filter_bytes(&d->conv) + mve_conv_2d_s8_scratch_bytes(&d->conv);
    case kByRows: {
      const struct scratch_plan plan = scratch_of(&d->conv);
      return plan.start + plan.pointers + plan.rows + plan.filter;
    }
    default:
      return 0;
  }
}

int32_t mve_depthwise_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_depthwise_conv_2d_params* d = params;
  const struct bl_conv_2d_params* p = &d->conv;
  const enum depthwise_way way = way_of(d);
  if (way == kAsReference) return reference_depthwise_conv_2d_s8(params, operands, scratch);
  if (way == kAsConvolution) return as_convolution(p, operands, scratch);
  const struct scratch_plan plan = scratch_of(p);
  int8_t* pointers = (int8_t*)scratch + plan.start;
  struct depthwise_layer layer = {.p = p,
                                  .row_w = padded_width(p),
                                  .row_bytes = padded_row_bytes(p),
                                  .filter_step = p->filter_h * p->filter_w * kBlock,
                                  .rows = pointers + plan.pointers,
                                  .filter = pointers + plan.pointers + plan.rows,
                                  .start = scratch,
                                  .outputs = {.multiplier = operands[3], .shift = operands[4]}};
  layer.outputs.is_right = mve_all_shift_right(operands[4], p->output_c);
  put_filter(&layer, operands[1], operands[2]);
  run_layer(&layer, operands[0], operands[5], (const int8_t**)(void*)pointers);
  return 0;
}
