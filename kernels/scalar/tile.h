// The inner kernel of convolutions: rows of taps of a few pixels by those of two output channels.
//
// A core of RISC-V has registers for four pixels by two channels, and takes rows as they are in
// memory. Arm's have few registers and multiply 32 bits in a cycle, which makes two products of a
// pair of taps x = x0 + x1 * 2^16 and a pair of weights w = w1 + w0 * 2^16:
//   x * w = x0 * w1 + (x0 * w0 + x1 * w1) * 2^16      modulo 2^32
// Rounded to nearest, the upper half is the sum of both, for |x0 * w1| <= 2^14; unless all four are
// -128, it fits. So there rows are packed: a pixel's are the pairs of a whole number of steps of
// four taps, two channels' alternate pair by pair.
#ifndef BOARDLESS_KERNELS_SCALAR_TILE_H_
#define BOARDLESS_KERNELS_SCALAR_TILE_H_

#include <stdint.h>

#include "kernels/scalar/requantize.h"

#ifdef __arm__
#define SCALAR_PACKS 1
#else
#define SCALAR_PACKS 0
#endif

enum { kScalarChannels = 2, kScalarTile = SCALAR_PACKS ? 16 : 8 };  // channels, most pixels

struct scalar_tile {
  const void* weights[kScalarChannels];  // rows of int8; packed: both in the first
  const void* pixels;                    // rows, `row_bytes` apart
  int32_t row_bytes;
  int32_t taps;
  int32_t count;  // of pixels, 1 to kScalarTile
  int32_t bias[kScalarChannels];
  int32_t is_wide;  // packed weights that have two of -128 in a pair
  int32_t* sums;    // [kScalarChannels][kScalarTile]
};

void scalar_run_tile(const struct scalar_tile* tile);

// Bytes of a pixel's row. Packed weights take twice as many.
SCALAR_INLINE int32_t scalar_row_bytes(int32_t taps) {
  return SCALAR_PACKS ? ((taps + 3) >> 2) * 8 : taps;
}

#if SCALAR_PACKS
SCALAR_INLINE int32_t scalar_pair(int32_t low, int32_t high) {
  return low + bl_shift_left(high, 16);
}

// Packs the taps of a pixel.
static inline void scalar_pack_pixel(int32_t* to, const int8_t* from, int32_t taps) {
  for (; taps >= 4; taps -= 4, from += 4) {
    *to++ = scalar_pair(from[0], from[1]);
    *to++ = scalar_pair(from[2], from[3]);
  }
  if (taps > 0) {
    to[0] = scalar_pair(from[0], taps > 1 ? from[1] : 0);
    to[1] = taps > 2 ? from[2] : 0;
  }
}

// What packing the weights of a channel tells of them.
struct scalar_weights {
  int32_t sum;
  int32_t is_wide;
};

// Packs the weights of a channel into every second word.
static inline struct scalar_weights scalar_pack_weights(int32_t* to, const int8_t* from,
                                                        int32_t taps) {
  int32_t sum = 0, room = 0;  // room is negative once two weights were -128
#define PAIR(w0, w1)                       \
  {                                        \
    const int32_t first = w0, second = w1; \
    const int32_t both = first + second;   \
    sum += both;                           \
    room |= both - (2 * INT8_MIN + 1);     \
    *to = scalar_pair(second, first);      \
    to += kScalarChannels;                 \
  }
  for (; taps >= 4; taps -= 4, from += 4) {
    PAIR(from[0], from[1])
    PAIR(from[2], from[3])
  }
  if (taps > 0) {
    PAIR(from[0], taps > 1 ? from[1] : 0)
    PAIR(taps > 2 ? from[2] : 0, 0)
  }
#undef PAIR
  return (struct scalar_weights){sum, room < 0};
}
#endif

#endif  // BOARDLESS_KERNELS_SCALAR_TILE_H_
