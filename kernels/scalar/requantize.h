// Rescaling of runs of int32 sums to int8: bit for bit bl_rescale of kernels/fixed_point.h.
//
// The short form is for shifts to the right and sums below 2^29. It rests on two identities:
//   (s * m + 2^30) >> 31                   = (2 * s * m + 2^31) >> 32
//   round(x / 2^e) half away from zero     = (x + (x >> 31) + 2^(e-1)) >> e          for e >= 1
#ifndef BOARDLESS_KERNELS_SCALAR_REQUANTIZE_H_
#define BOARDLESS_KERNELS_SCALAR_REQUANTIZE_H_

#include <stdint.h>

#include "kernels/fixed_point.h"

#define SCALAR_INLINE static inline __attribute__((always_inline))

// How the sums of one channel become outputs.
struct scalar_scale {
  int32_t multiplier, shift;
  int32_t is_short;  // whether the short form will do
};

// What becomes of all outputs of a layer. `step` is from one output of a run to the next.
struct scalar_range {
  int32_t offset, low, high;
  int32_t step;
};

// How far a bias may be from zero for sums of `terms` products of an int8 with an int8 plus an
// offset of at most 255: below 0 where no bias will do.
SCALAR_INLINE int32_t scalar_bias_room(int32_t terms) {
  const int64_t room = (INT64_C(1) << 29) - 1 - (int64_t)terms * 128 * 383;
  return room < 0 ? -1 : (int32_t)room;
}

SCALAR_INLINE struct scalar_scale scalar_scale_of(int32_t room, int32_t bias, int32_t multiplier,
                                                  int32_t shift) {
  return (struct scalar_scale){multiplier, shift,
                               bias <= room && bias >= -room && shift <= -1 && shift >= -31};
}

// Rescales `count` >= 1 sums.
void scalar_requantize(const int32_t* sums, int32_t count, const struct scalar_scale* scale,
                       const struct scalar_range* range, int8_t* output);

#endif  // BOARDLESS_KERNELS_SCALAR_REQUANTIZE_H_
