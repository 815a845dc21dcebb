// FULLY_CONNECTED on int8 for cores with the DSP extension: the input is widened once per row, then
// four rows of weights pass at a time.
//
// Scratch: 8 * ceil(input_depth / 4) bytes for the widened input.
#include "kernels/abi.h"
#include "kernels/dsp/channels.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/rows.h"
#include "kernels/dsp/simd.h"
#include "kernels/reference/reference_kernels.h"

enum { kTaps = 4 };

struct dense_layer {
  struct bl_fully_connected_params p;
  const int8_t* filter;
  const int32_t* bias;
  const int32_t* multiplier;
  const int32_t* shift;
  int32_t tail;
  struct dsp_sums sums;
  int32_t correction;  // to every sum: the filter's offset times the sum of the inputs
};

// The rest is left to the reference: rows shorter than a word, and zero points that int16 cannot
// hold.
static int is_taken(const struct bl_fully_connected_params* p) {
  return p->input_depth >= kTaps && p->input_offset > -32000 && p->input_offset < 32000;
}

// Widens a row into steps of an even and an odd pair. A row that is no multiple of four ends with a
// step of its last four values, of which those that are done already are zero. Returns the row's
// sum.
static int32_t widen(uint32_t* to, const int8_t* from, const struct dense_layer* layer) {
  const uint32_t offsets = dsp_both_lanes(layer->p.input_offset);
  const uint32_t ones = 0x00010001u;
  int32_t sum = 0;
  int32_t count = layer->p.input_depth - layer->tail;
  for (; count > 0; count -= kTaps, from += kTaps, to += 2) {
    const uint32_t bytes = dsp_load_word(from);
    to[0] = dsp_add_even_pair(offsets, bytes);
    to[1] = dsp_add_odd_pair(offsets, bytes);
    sum = dsp_dot(to[1], ones, dsp_dot(to[0], ones, sum));
  }
  if (layer->tail) {
    const uint32_t bytes = dsp_load_word(from + layer->tail - kTaps);
    const uint32_t even = dsp_add_even_pair(offsets, bytes);
    const uint32_t odd = dsp_add_odd_pair(offsets, bytes);
    to[0] = layer->tail == 1 ? 0 : even & 0xffff0000u;
    to[1] = layer->tail == 3 ? odd : odd & 0xffff0000u;
    sum = dsp_dot(to[1], ones, dsp_dot(to[0], ones, sum));
  }
  return sum;
}

// Rows [row, row + 4), or with stride 0 the same row four times.
DSP_INLINE void sum_rows(const struct dense_layer* layer, const uint32_t* input, int32_t row,
                         int32_t stride, int32_t* sums) {
  const int8_t* weights = layer->filter + row * layer->p.input_depth;
  const int32_t steps = layer->p.input_depth / kTaps;
  for (int32_t i = 0; i < kDspRows; ++i) {
    const int32_t bias = layer->bias ? layer->bias[stride ? row + i : row] : 0;
    sums[i] = bias + layer->correction;
  }
  dsp_run_rows(sums, input, weights, stride, steps);
  if (layer->tail) {
    dsp_run_rows(sums, input + 2 * steps, weights + layer->p.input_depth - kTaps, stride, 1);
  }
}

DSP_INLINE void store_row(const struct dense_layer* layer, int32_t row, int32_t sum,
                          int8_t* output) {
  const int32_t scale = layer->p.per_channel ? row : 0;
  const int32_t multiplier = layer->multiplier[scale], shift = layer->shift[scale];
  const int32_t offset = layer->p.output_offset;
  const int is_short = dsp_is_short(&layer->sums, layer->bias ? layer->bias[row] : 0, shift);
  output[row] =
      (int8_t)(is_short ? dsp_requantize_doubled(bl_shift_left(sum, 1), multiplier,
                                                 dsp_power_of_shift(shift), offset)
                        : dsp_saturate_to_int8(dsp_rescale(sum, multiplier, shift) + offset));
}

// The last rows, fewer than four: with those before them, which are computed again, or else alone.
static __attribute__((noinline)) void put_last_rows(const struct dense_layer* layer,
                                                    const uint32_t* input, int32_t row,
                                                    int8_t* output) {
  const int32_t end = layer->p.output_depth;
  const int is_few = end < kDspRows;
  int32_t sums[kDspRows];
  if (!is_few) row = end - kDspRows;
  if (!is_few) sum_rows(layer, input, row, layer->p.input_depth, sums);
  for (int32_t i = 0; row < end; ++i, ++row) {
    if (is_few) sum_rows(layer, input, row, 0, sums);
    store_row(layer, row, sums[is_few ? 0 : i], output);
  }
}

int32_t dsp_fully_connected_s8_scratch_bytes(const void* params) {
  const struct bl_fully_connected_params* p = params;
  return is_taken(p) ? (p->input_depth + 3) / 4 * 8 : 0;
}

int32_t dsp_fully_connected_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params* p = params;
  if (!is_taken(p)) return reference_fully_connected_s8(params, operands, scratch);
  struct dense_layer layer = {.p = *p,
                              .filter = operands[1],
                              .bias = operands[2],
                              .multiplier = operands[3],
                              .shift = operands[4],
                              .tail = p->input_depth % kTaps};
  // A filter's offset adds to the sums more than their bounds know of.
  layer.sums = dsp_sums_of(p->input_depth, p->input_offset, p->output_offset, p->activation_min,
                           p->activation_max);
  if (p->filter_offset != 0) layer.sums.reach = -1;
  const int8_t* input = operands[0];
  int8_t* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    layer.correction = p->filter_offset * widen(scratch, input, &layer);
    int32_t sums[kDspRows];
    int32_t row = 0;
    for (; row + kDspRows <= p->output_depth; row += kDspRows) {
      sum_rows(&layer, scratch, row, p->input_depth, sums);
      for (int32_t i = 0; i < kDspRows; ++i) store_row(&layer, row + i, sums[i], output);
    }
    if (row < p->output_depth) put_last_rows(&layer, scratch, row, output);
    input += p->input_depth;
    output += p->output_depth;
  }
  dsp_clamp_bytes(operands[5], p->batches * p->output_depth, p->activation_min, p->activation_max);
  return 0;
}
