// Gathers the input values under a filter at one output position (im2col) into one row of a stream
// of tiles.h.
#ifndef BOARDLESS_KERNELS_DSP_PATCH_H_
#define BOARDLESS_KERNELS_DSP_PATCH_H_

#include <stdint.h>

#include "kernels/abi.h"
#include "kernels/dsp/bytes.h"
#include "kernels/dsp/tiles.h"
#include "kernels/dsp/window.h"

struct dsp_patch {
  const struct bl_conv_2d_params* params;
  const int8_t* input_end;
  int32_t row_taps;  // taps of a filter row in the stream: filter_w * input_c and perhaps padding
  int32_t taps;      // filter_h * row_taps
  uint32_t offsets;  // the input's offset in both lanes
  int8_t* bytes;     // room for `taps` bytes and up to three more
};

DSP_INLINE uint32_t* dsp_put_zeros(uint32_t* slot, int32_t count) {
  for (; count > 0; count -= kDspTapsPerStep, slot += kDspWordsPerStep) slot[0] = slot[2] = 0;
  return slot;
}

DSP_INLINE uint32_t* dsp_put_steps(uint32_t* slot, const int8_t* from, int32_t count,
                                   uint32_t offsets) {
  for (; count >= 4 * kDspTapsPerStep; count -= 4 * kDspTapsPerStep) {
    const uint32_t word0 = dsp_load_word(from), word1 = dsp_load_word(from + 4);
    const uint32_t word2 = dsp_load_word(from + 8), word3 = dsp_load_word(from + 12);
    dsp_put_step(slot, word0, offsets);
    dsp_put_step(slot + kDspWordsPerStep, word1, offsets);
    dsp_put_step(slot + 2 * kDspWordsPerStep, word2, offsets);
    dsp_put_step(slot + 3 * kDspWordsPerStep, word3, offsets);
    slot += 4 * kDspWordsPerStep;
    from += 4 * kDspTapsPerStep;
  }
  for (; count > 0; count -= kDspTapsPerStep, from += kDspTapsPerStep, slot += kDspWordsPerStep) {
    dsp_put_step(slot, dsp_load_word(from), offsets);
  }
  return slot;
}

// Any patch, by way of bytes in which padding is the input's zero point. `from` is the first byte
// inside the input.
static void dsp_gather_bytes(const struct dsp_patch* patch, uint32_t* slot, const int8_t* from,
                             const struct dsp_taps* y, const struct dsp_taps* x) {
  const struct bl_conv_2d_params* p = patch->params;
  const int32_t channels = p->input_c;
  const int32_t taps = patch->taps;
  const int32_t tail = taps & (kDspTapsPerStep - 1);
  if (x->first > 0 || y->first > 0 || x->end < p->filter_w || y->end < p->filter_h) {
    const uint32_t zero_points = dsp_repeat_byte(-p->input_offset);
    for (int32_t i = 0; i < taps; i += 4) dsp_store_word(patch->bytes + i, zero_points);
  }
  const int32_t tap_step = p->dilation_w * channels;
  const int32_t row_step = p->dilation_h * p->input_w * channels;
  int32_t run = channels, runs = x->end - x->first;
  if (p->dilation_w == 1) {
    run *= runs;
    runs = 1;
  }
  int8_t* to = patch->bytes + y->first * patch->row_taps + x->first * channels;
  for (int32_t rows = y->end - y->first; rows > 0; --rows) {
    for (int32_t i = 0; i < runs; ++i) {
      dsp_copy_short(to + i * channels, from + i * tap_step, run);
    }
    to += patch->row_taps;
    from += row_step;
  }
  slot = dsp_put_steps(slot, patch->bytes, taps - tail, patch->offsets);
  if (tail) {
    dsp_put_tail(slot, dsp_load_word(patch->bytes + taps - kDspTapsPerStep), patch->offsets, tail);
  }
}

// Puts the patch with the taps `y` and `x` inside the input into a row of a stream. Where every
// filter row's part inside the input is whole steps, it is widened straight away; padding behind a
// row may be anything inside the input then, for the weights there are zero.
static void dsp_gather(const struct dsp_patch* patch, uint32_t* slot, const int8_t* image,
                       const struct dsp_taps* y, const struct dsp_taps* x) {
  const struct bl_conv_2d_params* p = patch->params;
  const int32_t channels = p->input_c;
  const int32_t row_taps = patch->row_taps;
  const uint32_t offsets = patch->offsets;
  const int32_t row_step = p->dilation_h * p->input_w * channels;
  const int8_t* from = image + (y->at * p->input_w + x->at) * channels;
  int32_t rows = y->end - y->first;
  const int32_t before = x->first * channels;
  const int32_t after = (p->filter_w - x->end) * channels;
  const int32_t within = row_taps - before - after;
  const int is_whole =
      (before | after) == 0 && from + (rows - 1) * row_step + row_taps <= patch->input_end;
  if (p->dilation_w != 1 || (row_taps & 3) != 0 || (!is_whole && (channels & 3) != 0)) {
    dsp_gather_bytes(patch, slot, from, y, x);
    return;
  }
  slot = dsp_put_zeros(slot, y->first * row_taps);
  if (!is_whole) {
    for (; rows > 0; --rows, from += row_step) {
      slot = dsp_put_zeros(slot, before);
      slot = dsp_put_steps(slot, from, within, offsets);
      slot = dsp_put_zeros(slot, after);
    }
  } else if (row_taps == kDspTapsPerStep) {
    for (; rows > 0; --rows, from += row_step, slot += kDspWordsPerStep) {
      dsp_put_step(slot, dsp_load_word(from), offsets);
    }
  } else {
    for (; rows > 0; --rows, from += row_step) slot = dsp_put_steps(slot, from, row_taps, offsets);
  }
  dsp_put_zeros(slot, (p->filter_h - y->end) * row_taps);
}

#endif  // BOARDLESS_KERNELS_DSP_PATCH_H_
