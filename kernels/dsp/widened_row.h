// A row of bytes widened into the steps of rows.h, and the products of four rows of weights with
// it. Rows have at least kDspTaps values.
#ifndef BOARDLESS_KERNELS_DSP_WIDENED_ROW_H_
#define BOARDLESS_KERNELS_DSP_WIDENED_ROW_H_

#include <stdint.h>

#include "kernels/dsp/rows.h"
#include "kernels/dsp/simd.h"

enum { kDspTaps = 4 };  // of a step

DSP_INLINE int32_t dsp_widened_bytes(int32_t taps) { return (taps + kDspTaps - 1) / kDspTaps * 8; }

// Widens a row, `offset` added. A row that is no multiple of four ends with a step of its last four
// values, of which those that are done already are zero.
static inline void dsp_widen_row(uint32_t* to, const int8_t* from, int32_t taps, int32_t offset) {
  const uint32_t offsets = dsp_both_lanes(offset);
  const int32_t tail = taps % kDspTaps;
  for (int32_t left = taps - tail; left > 0; left -= kDspTaps, from += kDspTaps, to += 2) {
    const uint32_t bytes = dsp_load_word(from);
    to[0] = dsp_add_even_pair(offsets, bytes);
    to[1] = dsp_add_odd_pair(offsets, bytes);
  }
  if (tail) {
    const uint32_t bytes = dsp_load_word(from + tail - kDspTaps);
    const uint32_t even = dsp_add_even_pair(offsets, bytes);
    const uint32_t odd = dsp_add_odd_pair(offsets, bytes);
    to[0] = tail == 1 ? 0 : even & 0xffff0000u;
    to[1] = tail == 3 ? odd : odd & 0xffff0000u;
  }
}

// Adds to four sums the products of a widened row with four rows of weights, `stride` bytes apart.
static inline void dsp_add_rows(int32_t* sums, const uint32_t* widened, const int8_t* weights,
                                int32_t stride, int32_t taps) {
  dsp_run_rows(sums, widened, weights, stride, taps / kDspTaps);
  if (taps % kDspTaps == 0) return;
  dsp_run_rows(sums, widened + taps / kDspTaps * 2, weights + taps - kDspTaps, stride, 1);
}

#endif  // BOARDLESS_KERNELS_DSP_WIDENED_ROW_H_
