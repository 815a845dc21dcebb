// The inner kernel of fully connected layers: four rows of bytes by one row of widened values.
//
// The widened row is a stream of steps, each the even and the odd pair of four values. Per step of
// four rows: 6 loads, 8 SXTB16, 8 SMLAD for 16 multiply-accumulates.
#ifndef BOARDLESS_KERNELS_DSP_ROWS_H_
#define BOARDLESS_KERNELS_DSP_ROWS_H_

#include <stdint.h>

enum { kDspRows = 4 };

// Adds to four sums the products of `steps` >= 1 steps with rows that lie `stride` bytes apart;
// with stride 0 all four are the same row.
void dsp_run_rows(int32_t* sums, const uint32_t* values, const int8_t* rows, int32_t stride,
                  int32_t steps);

#endif  // BOARDLESS_KERNELS_DSP_ROWS_H_
