// MEAN on int8 over any of four dimensions, run by run along the last.
#ifndef BOARDLESS_KERNELS_MEAN_H_
#define BOARDLESS_KERNELS_MEAN_H_

#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reduce.h"

// The sum of a run, and a run added to sums. Libraries bring their own.
typedef int32_t bl_sum_run(const int8_t* from, int32_t count);
typedef void bl_add_run(int32_t* sums, const int8_t* from, int32_t count);

// Always inlined, and so are `sum` and `add`: neither is an indirect call.
__attribute__((always_inline)) static inline int32_t bl_mean_s8(const void* params,
                                                                void* const* operands,
                                                                void* scratch, bl_sum_run* sum,
                                                                bl_add_run* add) {
  const struct bl_mean_params* p = params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  int32_t* sums = scratch;
  const int32_t outputs = reduced_count(p->extent, p->reduce);
  int32_t step[4], next = 1;  // of the sums
  for (int32_t i = 3; i >= 0; --i) {
    step[i] = p->reduce[i] ? 0 : next;
    if (!p->reduce[i]) next *= p->extent[i];
  }
  for (int32_t i = 0; i < outputs; ++i) sums[i] = 0;
  const int32_t run = p->extent[3];
  for (int32_t i0 = 0; i0 < p->extent[0]; ++i0) {
    for (int32_t i1 = 0; i1 < p->extent[1]; ++i1) {
      for (int32_t i2 = 0; i2 < p->extent[2]; ++i2, input += run) {
        int32_t* to = sums + i0 * step[0] + i1 * step[1] + i2 * step[2];
        if (p->reduce[3]) {
          *to += sum(input, run);
        } else {
          add(to, input, run);
        }
      }
    }
  }
  for (int32_t i = 0; i < outputs; ++i) {
    const int32_t all = sums[i] + p->count * p->input_offset;
    const int32_t mean = bl_rescale(all, p->output_multiplier, p->output_shift) + p->output_offset;
    output[i] = (int8_t)bl_clamp(mean, INT8_MIN, INT8_MAX);
  }
  return 0;
}

#endif  // BOARDLESS_KERNELS_MEAN_H_
