// Four sums of four pixels at a time, each in the reference's order: what is loaded serves four
// times. Without a floating-point unit, in C.
#ifndef BOARDLESS_KERNELS_DSP_FLOAT_TILE_H_
#define BOARDLESS_KERNELS_DSP_FLOAT_TILE_H_

#include "kernels/dsp/float_rows.h"

enum { kDspFloatPixels = 4, kDspFloatTile = kDspFloatPixels * kDspFloatRows };

static const float kDspFloatZeros[kDspFloatTile] = {0};

// Sets sums to 0: volatile, or a call of the C library's memset does it, which is built for size.
DSP_INLINE void dsp_start_floats(volatile float* sums) {
  for (int32_t i = 0; i < kDspFloatTile; ++i) sums[i] = 0;
}

// clang-format off: one step a line

// Sums are s0 to s15, pixel by pixel; these are the four of one channel. Values are s16 to s23, two
// of each pixel, weights s24 and s25, products s28 to s31.
#define DSP_FLOAT_TILE_CHANNEL(w, s0, s1, s2, s3)          \
  "vldmia %[" #w "]!, {s24-s25}\n\t"                       \
  DSP_FLOAT_PRODUCTS(24, 16, 18, 20, 22, 28, 29, 30, 31)   \
  DSP_FLOAT_SUMS(s0, s1, s2, s3, 28, 29, 30, 31)           \
  DSP_FLOAT_PRODUCTS(25, 17, 19, 21, 23, 28, 29, 30, 31)   \
  DSP_FLOAT_SUMS(s0, s1, s2, s3, 28, 29, 30, 31)
#define DSP_FLOAT_TILE_CHANNEL_LAST(w, s0, s1, s2, s3)     \
  "vldr s24, [%[" #w "]]\n\t"                              \
  DSP_FLOAT_PRODUCTS(24, 16, 18, 20, 22, 28, 29, 30, 31)   \
  DSP_FLOAT_SUMS(s0, s1, s2, s3, 28, 29, 30, 31)

// Two values of four pixels and of four rows of weights for 32 products, and an odd one behind them.
#define DSP_FLOAT_TILE_LOOP                           \
  "vldmia %[from], {s0-s15}\n\t"                      \
  "subs %[count], #2\n\t"                             \
  "blt 2f\n\t"                                        \
  ".balign 4\n"                                       \
  "1:\n\t"                                            \
  "vldmia %[v0]!, {s16-s17}\n\t"                      \
  "vldmia %[v1]!, {s18-s19}\n\t"                      \
  "vldmia %[v2]!, {s20-s21}\n\t"                      \
  "vldmia %[v3]!, {s22-s23}\n\t"                      \
  DSP_FLOAT_TILE_CHANNEL(w0, 0, 4, 8, 12)             \
  DSP_FLOAT_TILE_CHANNEL(w1, 1, 5, 9, 13)             \
  DSP_FLOAT_TILE_CHANNEL(w2, 2, 6, 10, 14)            \
  DSP_FLOAT_TILE_CHANNEL(w3, 3, 7, 11, 15)            \
  "subs.w %[count], %[count], #2\n\t"                 \
  "bge.w 1b\n"                                        \
  "2:\n\t"                                            \
  "lsls %[count], %[count], #31\n\t"                  \
  "beq.w 3f\n\t"                                      \
  "vldr s16, [%[v0]]\n\t"                             \
  "vldr s18, [%[v1]]\n\t"                             \
  "vldr s20, [%[v2]]\n\t"                             \
  "vldr s22, [%[v3]]\n\t"                             \
  DSP_FLOAT_TILE_CHANNEL_LAST(w0, 0, 4, 8, 12)        \
  DSP_FLOAT_TILE_CHANNEL_LAST(w1, 1, 5, 9, 13)        \
  DSP_FLOAT_TILE_CHANNEL_LAST(w2, 2, 6, 10, 14)       \
  DSP_FLOAT_TILE_CHANNEL_LAST(w3, 3, 7, 11, 15)       \
  "3:\n\t"                                            \
  "vstmia %[sums], {s0-s15}"

// clang-format on

// Adds to the sums of four pixels, which are at `from` until now, the products of `count` >= 1
// values, which begin at the pixels' places and `offset` behind, with four rows of weights,
// `stride` apart.
DSP_INLINE void dsp_add_float_tile(float* sums, const float* from, const float* const* places,
                                   int32_t offset, const float* weights, int32_t stride,
                                   int32_t count) {
#if defined(__ARM_FP)
  const float* v0 = places[0] + offset;
  const float* v1 = places[1] + offset;
  const float* v2 = places[2] + offset;
  const float* v3 = places[3] + offset;
  const float* w0 = weights;
  const float* w1 = w0 + stride;
  const float* w2 = w1 + stride;
  const float* w3 = w2 + stride;
  __asm__ volatile(DSP_FLOAT_TILE_LOOP
                   : [v0] "+r"(v0), [v1] "+r"(v1), [v2] "+r"(v2), [v3] "+r"(v3), [w0] "+r"(w0),
                     [w1] "+r"(w1), [w2] "+r"(w2), [w3] "+r"(w3), [count] "+r"(count)
                   : [sums] "r"(sums), [from] "r"(from)
                   : DSP_FLOAT_CLOBBERS);
#else
  for (int32_t i = 0; i < kDspFloatTile; ++i) sums[i] = from[i];
  for (int32_t pixel = 0; pixel < kDspFloatPixels; ++pixel, sums += kDspFloatRows) {
    dsp_add_float_rows(sums, places[pixel] + offset, weights, stride, count);
  }
#endif
}

#endif  // BOARDLESS_KERNELS_DSP_FLOAT_TILE_H_
