// The tile for each kind of core.
#include "kernels/scalar/tile.h"

#if SCALAR_PACKS
#include "kernels/scalar/tile_packed.h"

// Product by product, where pairs do not fit.
static __attribute__((noinline)) void run_wide(const struct scalar_tile* tile) {
  const int32_t pairs = tile->row_bytes >> 2;
  for (int32_t pixel = 0; pixel < tile->count; ++pixel) {
    const int32_t* x = (const int32_t*)tile->pixels + pixel * pairs;
    for (int32_t channel = 0; channel < kScalarChannels; ++channel) {
      const int32_t* w = (const int32_t*)tile->weights[0] + channel;
      int32_t sum = tile->bias[channel];
      for (int32_t i = 0; i < pairs; ++i) {
        const int32_t x0 = (int16_t)x[i], w1 = (int16_t)w[kScalarChannels * i];
        sum += x0 * ((w[kScalarChannels * i] - w1) >> 16) + ((x[i] - x0) >> 16) * w1;
      }
      tile->sums[channel * kScalarTile + pixel] = sum;
    }
  }
}

void scalar_run_tile(const struct scalar_tile* tile) {
  if (tile->is_wide) {
    run_wide(tile);
  } else {
    scalar_run_packed(tile);
  }
}
#else
enum { kPixels = 4 };

// Four pixels; `last` is the index of the last that counts, and those behind it are the same again.
static __attribute__((noinline)) void run_four_pixels(const struct scalar_tile* tile,
                                                      const int8_t* x0, int32_t last,
                                                      int32_t* sums) {
  const int8_t *w0 = tile->weights[0], *w1 = tile->weights[1];
  const int8_t* x1 = x0 + bl_min(last, 1) * tile->row_bytes;
  const int8_t* x2 = x0 + bl_min(last, 2) * tile->row_bytes;
  const int8_t* x3 = x0 + last * tile->row_bytes;
  const int8_t* const end = w0 + tile->taps;
  const int8_t* const whole_end = w0 + (tile->taps & ~3);
  int32_t s00 = tile->bias[0], s01 = s00, s02 = s00, s03 = s00;
  int32_t s10 = tile->bias[1], s11 = s10, s12 = s10, s13 = s10;
// The barrier keeps the loads of more taps than there are registers for from being put first.
#define TAP(i)                                                      \
  {                                                                 \
    const int32_t v0 = w0[i], v1 = w1[i];                           \
    const int32_t a0 = x0[i], a1 = x1[i], a2 = x2[i], a3 = x3[i];   \
    s00 += v0 * a0, s01 += v0 * a1, s02 += v0 * a2, s03 += v0 * a3; \
    s10 += v1 * a0, s11 += v1 * a1, s12 += v1 * a2, s13 += v1 * a3; \
    __asm__ volatile("" ::: "memory");                              \
  }
#define ADVANCE(n) w0 += n, w1 += n, x0 += n, x1 += n, x2 += n, x3 += n
  for (; w0 != whole_end; ADVANCE(4)) {
    TAP(0) TAP(1) TAP(2) TAP(3)
  }
  for (; w0 != end; ADVANCE(1)) TAP(0)
#undef TAP
#undef ADVANCE
  sums[0] = s00;
  sums[kScalarTile] = s10;
  if (last < 1) return;
  sums[1] = s01;
  sums[kScalarTile + 1] = s11;
  if (last < 2) return;
  sums[2] = s02;
  sums[kScalarTile + 2] = s12;
  if (last < 3) return;
  sums[3] = s03;
  sums[kScalarTile + 3] = s13;
}

void scalar_run_tile(const struct scalar_tile* tile) {
  const int8_t* pixel = tile->pixels;
  for (int32_t i = 0; i < tile->count; i += kPixels, pixel += kPixels * tile->row_bytes) {
    run_four_pixels(tile, pixel, bl_min(tile->count - 1 - i, kPixels - 1), tile->sums + i);
  }
}
#endif
