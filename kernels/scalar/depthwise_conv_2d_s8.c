// DEPTHWISE_CONV_2D on int8 for cores without SIMD: a run of one channel's outputs at a time, along
// the longer side of the output. Each row of the filter that is inside the input is added to the
// run's sums, with its weights in registers.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/scalar/requantize.h"
#include "kernels/scalar/scalar_kernels.h"
#include "kernels/scalar/slide.h"
#include "kernels/window.h"

// Most outputs of a run: as few as a RISC-V chip with 16 KiB has room for on its stack.
#ifdef __arm__
enum { kRun = 32 };
#else
enum { kRun = 13 };
#endif

// One side of the image. Steps are in elements.
struct axis {
  int32_t output, input, filter;
  int32_t stride, dilation, pad;
  int32_t output_step, input_step, filter_step;
};

// A row of the filter over a row of the input.
struct row {
  const int8_t* input;
  const int8_t* weights;
  int32_t offset;  // the input's
};

static void put_vertical(struct axis* axis, const struct bl_conv_2d_params* p) {
  *axis = (struct axis){
      .output = p->output_h,
      .input = p->input_h,
      .filter = p->filter_h,
      .stride = p->stride_h,
      .dilation = p->dilation_h,
      .pad = p->pad_top,
      .output_step = p->output_w * p->output_c,
      .input_step = p->input_w * p->input_c,
      .filter_step = p->filter_w * p->output_c,
  };
}

static void put_horizontal(struct axis* axis, const struct bl_conv_2d_params* p) {
  *axis = (struct axis){
      .output = p->output_w,
      .input = p->input_w,
      .filter = p->filter_w,
      .stride = p->stride_w,
      .dilation = p->dilation_w,
      .pad = p->pad_left,
      .output_step = p->output_c,
      .input_step = p->input_c,
      .filter_step = p->output_c,
  };
}

// The rest is left to the reference: zero points that no int8 has.
static int is_taken(const struct bl_conv_2d_params* p) {
  return p->input_offset >= -INT8_MAX && p->input_offset <= -INT8_MIN;
}

// Outputs [first, end), tap by tap, each inside the input or not.
static void add_bounded(int32_t* sums, const struct axis* run, const struct row* row, int32_t first,
                        int32_t end) {
  for (int32_t i = first; i < end; ++i) {
    int32_t at = i * run->stride - run->pad, sum = sums[i];
    const int8_t* w = row->weights;
    for (int32_t tap = run->filter; tap > 0; --tap, at += run->dilation, w += run->filter_step) {
      if (at < 0 || at >= run->input) continue;
      sum += *w * (row->input[at * run->input_step] + row->offset);
    }
    sums[i] = sum;
  }
}

// The end of the outputs whose last of three taps is inside.
static int32_t sliding_end(const struct axis* run) {
  int32_t end = run->output;
  while (end > 0 && (end - 1) * run->stride - run->pad + kSlidingTaps > run->input) --end;
  return end;
}

// Outputs [first, end) of `count` taps, at most three, of which only the first may be outside.
static inline void add_sliding(int32_t* sums, const struct axis* run, const struct row* row,
                               int32_t count, int32_t first, int32_t end) {
  const int32_t at = first * run->stride - run->pad;
  const int8_t* x = row->input + (at + 1) * run->input_step;
  const struct three_taps taps = {
      .step = run->input_step,
      .w0 = row->weights[0],
      .w1 = count > 1 ? row->weights[run->filter_step] : 0,
      .w2 = count > 2 ? row->weights[2 * run->filter_step] : 0,
      .offset = row->offset,
      .before = at < 0 ? 0 : x[-run->input_step] + row->offset,
  };
  // Calls by name: an indirect one would hide these functions from whoever adds up code sizes.
  if (run->stride == 1) {
    slide_by_one(sums + first, end - first, x, &taps);
  } else {
    slide_by_two(sums + first, end - first, x, &taps);
  }
}

// How many of a run's outputs slide, if rows of the filter are three taps; or one of these.
enum { kTapByTap = 0, kThreeByThree = -1 };

static int32_t sliding_outputs(const struct axis* run) {
  if (run->dilation != 1 || run->stride > 2) return kTapByTap;
  if (run->filter != kSlidingTaps || run->pad > 1) return kThreeByThree;
  return sliding_end(run);
}

// Any number of taps, three by three.
static __attribute__((noinline)) void add_three_by_three(int32_t* sums, const struct axis* run,
                                                         const int8_t* input, const int8_t* weights,
                                                         int32_t offset) {
  struct axis part = *run;
  struct row at = {input, weights, offset};
  for (int32_t left = run->filter; left > 0; left -= kSlidingTaps, part.pad -= kSlidingTaps) {
    part.filter = bl_min(left, kSlidingTaps);
    const int32_t end = sliding_end(&part);
    const int32_t before = bl_max(run->stride == 1 ? part.pad - 1 : part.pad >> 1, 0);
    const int32_t first = bl_min(before, part.output);
    if (end > first) add_sliding(sums, &part, &at, part.filter, first, end);
    for (int32_t i = 0; i < part.output; ++i) {
      if (i == first && end > first) i = end;
      add_bounded(sums, &part, &at, i, bl_min(i + 1, part.output));
    }
    at.weights += kSlidingTaps * part.filter_step;
  }
}

// Adds a row of the filter to the sums of a run.
static void add_row(int32_t* sums, const struct axis* run, int32_t sliding, const struct row* row) {
  if (sliding == kThreeByThree) {
    add_three_by_three(sums, run, row->input, row->weights, row->offset);
    return;
  }
  if (sliding > 0) add_sliding(sums, run, row, kSlidingTaps, 0, sliding);
  add_bounded(sums, run, row, sliding, run->output);
}

struct depthwise_layer {
  const struct bl_conv_2d_params* p;
  int32_t depth_multiplier;
  void* const* operands;
  int32_t bias_room;
  struct axis run, across;
  struct scalar_range range;
};

static inline void put_outputs(const struct depthwise_layer* layer, const int32_t* sums, int32_t c,
                               int32_t bias, int8_t* output) {
  const int32_t *multiplier = layer->operands[3], *shift = layer->operands[4];
  const struct scalar_scale scale =
      scalar_scale_of(layer->bias_room, bias, multiplier[c], shift[c]);
  scalar_requantize(sums, layer->run.output, &scale, &layer->range, output);
}

// One channel's outputs of a run, from the rows of the filter that are inside.
static __attribute__((noinline)) void run_channel(const struct depthwise_layer* layer,
                                                  const struct bl_taps* rows, int32_t sliding,
                                                  int32_t c, const int8_t* input, int8_t* output) {
  const struct axis *run = &layer->run, *across = &layer->across;
  const int32_t* biases = layer->operands[2];
  const int32_t bias = biases ? biases[c] : 0;
  int32_t sums[kRun];
  for (int32_t i = 0; i < run->output; ++i) {
    sums[i] = bias;
    __asm__ volatile("" ::: "memory");  // not unrolled
  }
  struct row row = {input + rows->at * across->input_step,
                    (const int8_t*)layer->operands[1] + c + rows->first * across->filter_step,
                    layer->p->input_offset};
  for (int32_t left = rows->end - rows->first; left > 0; --left) {
    add_row(sums, run, sliding, &row);
    row.input += across->dilation * across->input_step;
    row.weights += across->filter_step;
  }
  put_outputs(layer, sums, c, bias, output + c);
}

// All channels of a run of at most kRun outputs, at every place across it.
static void run_outputs(const struct depthwise_layer* layer, const int8_t* image, int8_t* output) {
  const struct axis* across = &layer->across;
  const int32_t sliding = sliding_outputs(&layer->run);
  for (int32_t place = 0; place < across->output; ++place, output += across->output_step) {
    const struct bl_taps rows = bl_taps_inside(place * across->stride - across->pad, across->filter,
                                               across->dilation, across->input);
    int32_t c = 0;
    for (int32_t in_c = 0; in_c < layer->p->input_c; ++in_c) {
      for (int32_t m = layer->depth_multiplier; m > 0; --m, ++c) {
        run_channel(layer, &rows, sliding, c, image + in_c, output);
      }
    }
  }
}

BL_ADDED_KERNEL(scalar_depthwise_conv_2d_s8)
int32_t scalar_depthwise_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = &((const struct bl_depthwise_conv_2d_params*)params)->conv;
  if (!is_taken(p)) return reference_depthwise_conv_2d_s8(params, operands, scratch);
  struct depthwise_layer layer = {
      .p = p,
      .depth_multiplier = ((const struct bl_depthwise_conv_2d_params*)params)->depth_multiplier,
      .operands = operands,
      .bias_room = scalar_bias_room(p->filter_h * p->filter_w),
      .range = {p->output_offset, p->activation_min, p->activation_max, 0},
  };
  const int is_tall = p->output_h > p->output_w;
  put_vertical(is_tall ? &layer.run : &layer.across, p);
  put_horizontal(is_tall ? &layer.across : &layer.run, p);
  layer.range.step = layer.run.output_step;
  // Runs of about the same length make up the longer side.
  const int32_t length = layer.run.output, pad = layer.run.pad;
  const int32_t runs = (length + kRun - 1) / kRun;
  for (int32_t i = 0, first = 0; i < runs; ++i, first += layer.run.output) {
    layer.run.output = (length - first) / (runs - i);
    layer.run.pad = pad - first * layer.run.stride;
    const int8_t* image = operands[0];
    int8_t* output = (int8_t*)operands[5] + first * layer.run.output_step;
    for (int32_t batch = 0; batch < p->batches; ++batch) {
      run_outputs(&layer, image, output);
      image += p->input_h * p->input_w * p->input_c;
      output += p->output_h * p->output_w * p->output_c;
    }
  }
  return 0;
}
