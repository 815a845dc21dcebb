// Gathers the input values under a filter at one output position (im2col) into one row of a stream
// of tiles.h.
#ifndef BOARDLESS_KERNELS_DSP_PATCH_H_
#define BOARDLESS_KERNELS_DSP_PATCH_H_

#include <stdint.h>

#include "kernels/abi.h"
#include "kernels/dsp/bytes.h"
#include "kernels/dsp/tiles.h"
#include "kernels/window.h"

struct dsp_patch {
  const struct bl_conv_2d_params* params;
  const int8_t* last_place;  // further on, the last step of a patch would leave the input
  int32_t row_step;          // from one filter row's input to the next
  int32_t rows;
  int32_t taps;      // of the filter in the stream
  int32_t whole;     // bytes of a filter row that are put as whole steps
  int32_t rest;      // 0; or 1: a last byte of every row, all of which are put together at the end
  int32_t is_small;  // rows are a few steps and lie at a stretch
  int32_t is_image;  // rows are 2 steps and a rest, and there are 3
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

// Lays out a patch in which padding is the input's zero point, its rows `pitch` bytes apart. `from`
// is the first byte inside the input.
static __attribute__((noinline)) void dsp_lay_out(const struct dsp_patch* patch, const int8_t* from,
                                                  const struct bl_taps* y, const struct bl_taps* x,
                                                  int32_t pitch) {
  const struct bl_conv_2d_params* p = patch->params;
  const int32_t channels = p->input_c;
  if (x->first > 0 || y->first > 0 || x->end < p->filter_w || y->end < p->filter_h) {
    const uint32_t zero_points = dsp_repeat_byte(-p->input_offset);
    for (int32_t i = 0; i < patch->taps; i += 4) dsp_store_word(patch->bytes + i, zero_points);
  }
  const int32_t tap_step = p->dilation_w * channels;
  int32_t run = channels, runs = x->end - x->first;
  if (p->dilation_w == 1) {
    run *= runs;
    runs = 1;
  }
  int8_t* to = patch->bytes + y->first * pitch + x->first * channels;
  for (int32_t rows = y->end - y->first; rows > 0; --rows) {
    for (int32_t i = 0; i < runs; ++i) {
      dsp_copy_short(to + i * channels, from + i * tap_step, run);
    }
    to += pitch;
    from += patch->row_step;
  }
}

// Four bytes that lie `step` bytes apart, of which `count` or more are wanted.
DSP_INLINE uint32_t dsp_load_apart(const int8_t* from, int32_t step, int32_t count) {
  uint32_t word = (uint8_t)from[0];
  if (count > 1) word |= (uint32_t)(uint8_t)from[step] << 8;
  if (count > 2) word |= (uint32_t)(uint8_t)from[2 * step] << 16;
  if (count > 3) word |= (uint32_t)(uint8_t)from[3 * step] << 24;
  return word;
}

// A patch without padding whose rows are whole steps, and perhaps a rest, `step` bytes apart. Rows
// of the most frequent small filters, 3x3 over three channels and those of four bytes, have code of
// their own.
static __attribute__((noinline)) void dsp_put_rows(const struct dsp_patch* patch, uint32_t* slot,
                                                   const int8_t* from, int32_t step) {
  const uint32_t offsets = patch->offsets;
  const int32_t whole = patch->whole;
  int32_t rows = patch->rows;
  if (whole == kDspTapsPerStep && !patch->rest) {
    for (; rows > 0; --rows, from += step, slot += kDspWordsPerStep) {
      dsp_put_step(slot, dsp_load_word(from), offsets);
    }
    return;
  }
  if (patch->is_image) {
    const uint32_t last = dsp_load_apart(from + 2 * kDspTapsPerStep, step, 3);
    dsp_put_step(slot + 6 * kDspWordsPerStep, last, offsets);
    for (; rows > 0; --rows, from += step, slot += 2 * kDspWordsPerStep) {
      const uint32_t word0 = dsp_load_word(from), word1 = dsp_load_word(from + kDspTapsPerStep);
      dsp_put_step(slot, word0, offsets);
      dsp_put_step(slot + kDspWordsPerStep, word1, offsets);
    }
    return;
  }
  const int8_t* last = from + whole;
  for (int32_t i = rows; i > 0; --i, from += step) slot = dsp_put_steps(slot, from, whole, offsets);
  if (!patch->rest) return;
  // What is missing from the last step may be anything, for the weights there are zero.
  for (; rows > 0; rows -= kDspTapsPerStep, slot += kDspWordsPerStep) {
    dsp_put_step(slot, dsp_load_apart(last, step, rows), offsets);
    last += kDspTapsPerStep * step;
  }
}

// Large patches. Where every filter row's part inside the input is whole steps, it is widened
// straight away.
static __attribute__((noinline)) void dsp_gather_large(const struct dsp_patch* patch,
                                                       uint32_t* slot, const int8_t* from,
                                                       const struct bl_taps* y,
                                                       const struct bl_taps* x) {
  const struct bl_conv_2d_params* p = patch->params;
  const int32_t channels = p->input_c;
  const uint32_t offsets = patch->offsets;
  const int32_t row = p->filter_w * channels;
  const int32_t before = x->first * channels;
  const int32_t after = (p->filter_w - x->end) * channels;
  const int is_inside = (before | after) == 0;
  if (patch->whole != row || p->dilation_w != 1 || (row & 3) != 0 ||
      (!is_inside && (channels & 3) != 0)) {
    const int32_t tail = patch->taps & (kDspTapsPerStep - 1);
    dsp_lay_out(patch, from, y, x, patch->whole);
    slot = dsp_put_steps(slot, patch->bytes, patch->taps - tail, offsets);
    if (tail) {
      const uint32_t bytes = dsp_load_word(patch->bytes + patch->taps - kDspTapsPerStep);
      dsp_put_tail(slot, bytes, offsets, tail);
    }
    return;
  }
  slot = dsp_put_zeros(slot, y->first * row);
  for (int32_t rows = y->end - y->first; rows > 0; --rows, from += patch->row_step) {
    if (before) slot = dsp_put_zeros(slot, before);
    slot = dsp_put_steps(slot, from, row - before - after, offsets);
    if (after) slot = dsp_put_zeros(slot, after);
  }
  dsp_put_zeros(slot, (p->filter_h - y->end) * row);
}

// Puts the patch with the taps `y` and `x` inside the input into a row of a stream.
static __attribute__((noinline)) void dsp_gather(const struct dsp_patch* patch, uint32_t* slot,
                                                 const int8_t* image, const struct bl_taps* y,
                                                 const struct bl_taps* x) {
  const struct bl_conv_2d_params* p = patch->params;
  const int8_t* from = image + (y->at * p->input_w + x->at) * p->input_c;
  if (!patch->is_small) {
    dsp_gather_large(patch, slot, from, y, x);
    return;
  }
  if (x->first == 0 && y->first == 0 && x->end == p->filter_w && y->end == p->filter_h &&
      from <= patch->last_place) {
    dsp_put_rows(patch, slot, from, patch->row_step);
    return;
  }
  const int32_t pitch = patch->whole + patch->rest;
  dsp_lay_out(patch, from, y, x, pitch);
  dsp_put_rows(patch, slot, patch->bytes, pitch);
}

#endif  // BOARDLESS_KERNELS_DSP_PATCH_H_
