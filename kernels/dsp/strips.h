// The inner kernel of depthwise 3x3 filters: one strip of the input, four channels, one lane each.
//
// A strip holds the input under one or two output rows, widened. Its rows come in pairs, and a pair
// that ends one strip begins the next, so there are two places for pairs, which change roles from
// strip to strip. A column of a strip is
//   4 words   place 0: each lane's (row 2k, row 2k + 1)
//   4 words   place 1: the next pair, or the one before
//   2 words   results: four int8 of the upper output row, four of the lower one
// With the rows r0 r1 r2 r3 of a strip and a filter column w0 w1 w2 that is kept as the pairs (w0,
// w1) and (w1, w2), one column of the filter takes two instructions for each output row:
//   upper   (r0, r1) . (w0, w1)  +  r2 * w2
//   lower   r1 * w0              +  (r2, r3) . (w1, w2)
// With stride 1 a strip makes two output rows, with stride 2 only the upper one.
#ifndef BOARDLESS_KERNELS_DSP_STRIPS_H_
#define BOARDLESS_KERNELS_DSP_STRIPS_H_

#include <stdint.h>

enum {
  kDspLanes = 4,
  kDspFilter = 3,  // rows and columns
  kDspColumnWords = 10,
  kDspResultWord = 8,  // in a column
};

// Weights and bias are doubled, as the short form of requantize.h wants its sums. The assembly
// knows the order of the fields.
struct dsp_lane {
  int32_t bias;
  int32_t multiplier, power;
  uint32_t weights[2 * kDspFilter];  // (w0, w1), (w1, w2) of each filter column
};

// Computes `columns` >= 2 output columns of every lane. `place` is where the strip's first pair is.
// With stride 1, output column x leaves its results in the strip's column x; with stride 2, in 2 *
// x.
void dsp_run_strip(const struct dsp_lane* lanes, uint32_t* strip, int32_t columns,
                   int32_t output_offset, int32_t stride, int32_t place);

#endif  // BOARDLESS_KERNELS_DSP_STRIPS_H_
