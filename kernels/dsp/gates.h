// The inner kernel of LSTMs: all gates of one unit after another.
//
// The four rows of a unit's weights, one of each gate, pass by one row of values in steps as rows.h
// has them. Per step: 6 loads, 8 SXTB16, 8 SMLAD for 16 multiply-accumulates.
#ifndef BOARDLESS_KERNELS_DSP_GATES_H_
#define BOARDLESS_KERNELS_DSP_GATES_H_

#include <stdint.h>

enum { kDspGates = 4 };

// A depth that is no multiple of four begins with a step of its first values, of which those of the
// next step are zero.
//
// Stores, for each of `units` >= 1 units, the sums of its gates' products with `depth` >= 4 values.
// The rows of a gate lie one behind the other from rows[gate] on.
void dsp_run_gates(int32_t* sums, const uint32_t* values, const int8_t* const* rows, int32_t depth,
                   int32_t units);

#endif  // BOARDLESS_KERNELS_DSP_GATES_H_
