// Four channels of one or four pixels of a convolution on floats, each sum in the reference's
// order.
//
// Cortex-M55 multiplies and adds in one pipe, two cycles a vector, so that a product takes a cycle
// at best. Between two of these instructions is room for one of another pipe: values are loaded in
// pairs, and weights are gathered while the one before are summed up. What is made is used two
// later.
#ifndef BOARDLESS_KERNELS_MVE_FLOAT_TILE_H_
#define BOARDLESS_KERNELS_MVE_FLOAT_TILE_H_

#include "kernels/mve/float.h"

enum { kMveFloatPixels = 4, kMveFloatTaps = 4 };

// clang-format off: one step a line

// A tap whose values are loaded, with those of the next tap behind them; and that tap. `weights` are
// the next tap's, and are gathered before the last sums.
#define MVE_FLOAT_FIRST_TAP(weights)              \
  "vmul.f32 %[a], %[w], %[x0]\n\t"                \
  "ldrd %[x1], %[y1], [%[v1]], #8\n\t"            \
  "vmul.f32 %[b], %[w], %[x1]\n\t"                \
  "ldrd %[x0], %[y2], [%[v2]], #8\n\t"            \
  "vadd.f32 %[s0], %[s0], %[a]\n\t"               \
  "vmul.f32 %[a], %[w], %[x0]\n\t"                \
  "ldrd %[x1], %[y3], [%[v3]], #8\n\t"            \
  "vadd.f32 %[s1], %[s1], %[b]\n\t"               \
  "vmul.f32 %[b], %[w], %[x1]\n\t"                \
  weights                                         \
  "vadd.f32 %[s2], %[s2], %[a]\n\t"               \
  "vadd.f32 %[s3], %[s3], %[b]\n\t"
#define MVE_FLOAT_SECOND_TAP(weights, values)     \
  "vmul.f32 %[a], %[w], %[y0]\n\t"                \
  "vmul.f32 %[b], %[w], %[y1]\n\t"                \
  "vadd.f32 %[s0], %[s0], %[a]\n\t"               \
  "vmul.f32 %[a], %[w], %[y2]\n\t"                \
  "vadd.f32 %[s1], %[s1], %[b]\n\t"               \
  "vmul.f32 %[b], %[w], %[y3]\n\t"                \
  weights                                         \
  "vadd.f32 %[s2], %[s2], %[a]\n\t"               \
  values                                          \
  "vadd.f32 %[s3], %[s3], %[b]\n\t"
#define MVE_FLOAT_WEIGHTS "vldrw.u32 %[w], [%[rows], #4]!\n\t"
#define MVE_FLOAT_VALUES "ldrd %[x0], %[y0], [%[v0]], #8\n\t"

// clang-format on

// Adds to four sums of each of four pixels the products of `steps` times four values.
MVE_INLINE void mve_run_float_tile(float32x4_t* sums, const float** values, uint32x4_t* rows,
                                   int32_t steps) {
  float32x4_t w, a, b;
  float x0, x1, y0, y1, y2, y3;
  uint32x4_t before = vsubq_n_u32(*rows, sizeof(float));
  __asm__ volatile(
      "dls lr, %[steps]\n\t"
      ".balign 4\n"
      "1:\n\t" MVE_FLOAT_WEIGHTS MVE_FLOAT_VALUES MVE_FLOAT_FIRST_TAP(MVE_FLOAT_WEIGHTS)
          MVE_FLOAT_SECOND_TAP(MVE_FLOAT_WEIGHTS, MVE_FLOAT_VALUES)
              MVE_FLOAT_FIRST_TAP(MVE_FLOAT_WEIGHTS) MVE_FLOAT_SECOND_TAP("", "") "le lr, 1b"
      : [s0] "+w"(sums[0]), [s1] "+w"(sums[1]), [s2] "+w"(sums[2]), [s3] "+w"(sums[3]),
        [rows] "+w"(before), [w] "=&w"(w), [a] "=&w"(a), [b] "=&w"(b), [v0] "+r"(values[0]),
        [v1] "+r"(values[1]), [v2] "+r"(values[2]), [v3] "+r"(values[3]), [x0] "=&r"(x0),
        [x1] "=&r"(x1), [y0] "=&r"(y0), [y1] "=&r"(y1), [y2] "=&r"(y2), [y3] "=&r"(y3)
      : [steps] "r"(steps)
      : "lr", "memory");
  *rows = vaddq_n_u32(before, sizeof(float));
}

// One tap: adds the products of the four channels' weights with the values of `pixels`, of which
// value `at` is this tap's.
MVE_INLINE void mve_add_float_tap(float32x4_t* sums, const float* const* values, int32_t at,
                                  float32x4_t weights, int32_t pixels) {
  for (int32_t i = 0; i < pixels; ++i) {
    sums[i] = vaddq_f32(sums[i], vmulq_n_f32(weights, values[i][at]));
  }
}

// Adds to the sums of `pixels`, a constant, the products of `count` values with four rows of
// weights. The values begin at the pixels' places and `offset` behind, the weights at `rows`.
MVE_INLINE void mve_add_float_taps(float32x4_t* sums, const float* const* places, int32_t offset,
                                   uint32x4_t rows, int32_t count, int32_t pixels) {
  const float* values[kMveFloatPixels];
  for (int32_t i = 0; i < pixels; ++i) values[i] = places[i] + offset;
  if (pixels == kMveFloatPixels && count >= kMveFloatTaps) {
    mve_run_float_tile(sums, values, &rows, count / kMveFloatTaps);
    count %= kMveFloatTaps;
  }
  for (; pixels == 1 && count >= kMveFloatTaps; count -= kMveFloatTaps) {
    mve_add_float_tap(sums, values, 0, vldrwq_gather_base_f32(rows, 0), 1);
    mve_add_float_tap(sums, values, 1, vldrwq_gather_base_f32(rows, 4), 1);
    mve_add_float_tap(sums, values, 2, vldrwq_gather_base_f32(rows, 8), 1);
    mve_add_float_tap(sums, values, 3, vldrwq_gather_base_f32(rows, 12), 1);
    values[0] += kMveFloatTaps;
    rows = vaddq_n_u32(rows, kMveFloatTaps * sizeof(float));
  }
  for (int32_t at = 0; at < count; ++at) {
    mve_add_float_tap(sums, values, at, vldrwq_gather_base_f32(rows, 0), pixels);
    rows = vaddq_n_u32(rows, sizeof(float));
  }
}

#endif  // BOARDLESS_KERNELS_MVE_FLOAT_TILE_H_
