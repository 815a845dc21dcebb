// The inner kernel of convolutions: tiles of two rows of widened values ("a") by two rows of bytes
// ("b"), which are dot products of four pairs of rows at once.
//
// The a rows lie interleaved in one stream of steps. A step is four taps (k0 k1 k2 k3) of both
// rows:
//   a0 (k0, k2)   a1 (k0, k2)   a0 (k1, k3)   a1 (k1, k3)          16 bytes, int16 lanes
// so that widening four bytes of b takes one SXTB16 for each half and nothing has to be repacked.
// Rows whose length is no multiple of four end with a step whose four taps are the row's last four,
// with zeros in a for the taps that the step before has done: no byte outside a row is ever read.
//
// Per step: 6 loads, 4 SXTB16, 8 SMLAD for 16 multiply-accumulates.
#ifndef BOARDLESS_KERNELS_DSP_TILES_H_
#define BOARDLESS_KERNELS_DSP_TILES_H_

#include <stdint.h>

#include "kernels/dsp/requantize.h"

enum { kDspTapsPerStep = 4, kDspWordsPerStep = 4 };

// Bytes of a stream for rows of `taps` values.
DSP_INLINE int32_t dsp_stream_bytes(int32_t taps) { return ((taps + 3) >> 2) * 16; }

// Whether the tiles can work on rows of this length.
DSP_INLINE int dsp_tiles_take(int32_t taps) { return taps >= kDspTapsPerStep; }

// What both kinds of tile share. `tail_adjust` is 0, or (taps % 4) - 4: how far b steps back for
// the last step. With `raw`, one tile is computed and its four sums (a0 b0, a1 b0, a0 b1, a1 b1)
// are stored there instead of being requantised. The assembly knows the order of all fields.
//
// Two channels' weights are a; b walks over pairs of pixels. The stream holds doubled weights, and
// the biases are doubled, unless `raw` is set.
struct dsp_pixel_tiles {
  const void* a;
  int32_t bias0, bias1;
  int32_t whole_steps;
  uintptr_t a_end;  // behind the whole steps, less 1 if tail_adjust or raw is set
  int32_t multiplier0, power0, multiplier1, power1;
  int32_t output_offset;
  int8_t* output;       // of channel 0 and, behind it, channel 1
  int32_t output_step;  // from one pixel to the next
  int32_t b_advance;    // from the end of a pixel to the same row of the next pair
  int32_t tiles;
  int32_t tail_adjust;
  int32_t* raw;
};
void dsp_run_pixel_tiles(const struct dsp_pixel_tiles* tiles, const int8_t* b0, const int8_t* b1);

// Two pixels' values are a, with the input's offset; b walks over pairs of channels' weights.
struct dsp_channel_tiles {
  const void* a;
  int32_t whole_steps;
  const struct dsp_channel* channels;
  uintptr_t a_end;
  int32_t output_offset;
  int8_t* output;       // of pixel 0
  int32_t output_step;  // from pixel 0 to pixel 1
  int32_t b_advance;
  int32_t tiles;
  int32_t tail_adjust;
  int32_t* raw;
};
void dsp_run_channel_tiles(const struct dsp_channel_tiles* tiles, const int8_t* b0,
                           const int8_t* b1);

// One step of one row of a stream, from four bytes. `slot` is the row's first word in the step.
DSP_INLINE void dsp_put_step(uint32_t* slot, uint32_t bytes, uint32_t offsets) {
  slot[0] = dsp_add_even_pair(offsets, bytes);
  slot[2] = dsp_add_odd_pair(offsets, bytes);
}

// The last step of a row with a tail: the taps that are already done become zero.
DSP_INLINE void dsp_put_tail(uint32_t* slot, uint32_t bytes, uint32_t offsets, int32_t tail) {
  const uint32_t even = dsp_add_even_pair(offsets, bytes);
  const uint32_t odd = dsp_add_odd_pair(offsets, bytes);
  slot[0] = tail == 1 ? 0 : even & 0xffff0000u;
  slot[2] = tail == 3 ? odd : odd & 0xffff0000u;
}

#endif  // BOARDLESS_KERNELS_DSP_TILES_H_
