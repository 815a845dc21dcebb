// LOGISTIC and TANH on int16, with outputs of scale 2^-15: a table of the logistic function and
// linear interpolation.
#ifndef BOARDLESS_KERNELS_REFERENCE_SIGMOID_S16_H_
#define BOARDLESS_KERNELS_REFERENCE_SIGMOID_S16_H_

#include <stdint.h>

#include "kernels/sigmoid_table.h"

// An input at the table's scale: value * multiplier, shifted right with a half added.
static inline int32_t bl_sigmoid_input(int16_t value, int32_t multiplier, int32_t shift) {
  const int32_t half = shift > 0 ? INT32_C(1) << (shift - 1) : 0;
  return (value * multiplier + half) >> shift;
}

// The logistic function at |x| in units of 2^-(16 + bits), where the table has a step every 2^bits;
// `last` beyond the table.
static inline uint32_t bl_sigmoid_at(int32_t x, int32_t bits, uint32_t last) {
  const uint32_t magnitude = (uint32_t)(x < 0 ? -x : x);
  const uint32_t step = magnitude >> bits;
  if (step >= 255) return last;
  const uint32_t low = bl_sigmoid_table[step], high = bl_sigmoid_table[step + 1];
  const uint32_t part = magnitude & ((UINT32_C(1) << bits) - 1);
  return (low << bits) + part * (high - low);
}

static inline int16_t bl_logistic_s16(int32_t x) {
  const uint32_t at = bl_sigmoid_at(x, 9, UINT32_C(0x7fff) << 10);
  const uint32_t result = x >= 0 ? at + (1 << 9) : (UINT32_C(1) << 25) - at + (1 << 9) - 1;
  return (int16_t)(result >> 10);
}

// tanh(x) = 2 * logistic(2 * x) - 1.
static inline int16_t bl_tanh_s16(int32_t x) {
  const int32_t at = (int32_t)bl_sigmoid_at(x, 8, UINT32_C(0xffff) << 8);
  const int32_t result =
      x >= 0 ? at - (INT32_C(1) << 23) + (1 << 7) : -at + (INT32_C(1) << 23) + (1 << 7) - 1;
  return (int16_t)(result >> 8);
}

#endif  // BOARDLESS_KERNELS_REFERENCE_SIGMOID_S16_H_
