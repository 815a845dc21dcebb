// What becomes of float sums: biases, the activation, and where they go.
#ifndef BOARDLESS_KERNELS_DSP_FLOAT_OUTPUTS_H_
#define BOARDLESS_KERNELS_DSP_FLOAT_OUTPUTS_H_

#include <float.h>

#include "kernels/abi.h"
#include "kernels/dsp/float_rows.h"

// No sum of products is -0, so that adding 0 changes none.
static const float kDspNoBias[kDspFloatRows] = {0};

DSP_INLINE const float* dsp_bias_at(const float* bias, int32_t channel) {
  return bias ? bias + channel : kDspNoBias;
}

DSP_INLINE float dsp_clamp_float(float value, struct bl_float_clamp to) {
  const float above = value < to.min ? to.min : value;
  return to.max < above ? to.max : above;
}

// Whether an activation has no upper bound, and none below or that of RELU.
DSP_INLINE int dsp_is_unbounded(struct bl_float_clamp to) {
  return to.max == FLT_MAX && (to.min == 0 || to.min == -FLT_MAX);
}

// Biases four sums each of `count` pixels and stores them, and 0 in place of what has a sign where
// `is_rectified`, a constant. Returns their sum.
DSP_INLINE float dsp_store_unbounded(float* const* outputs, int32_t channel, const float* sums,
                                     int32_t count, const float* bias, int is_rectified) {
  float all = 0;
  for (int32_t pixel = 0; pixel < count; ++pixel, sums += kDspFloatRows) {
    union {
      float value;
      int32_t bits;
    } ended[kDspFloatRows];
    int32_t* output = (int32_t*)(outputs[pixel] + channel);
    __asm__("" : "+r"(output));  // stores have constant offsets
    for (int32_t i = 0; i < kDspFloatRows; ++i) {
      ended[i].value = sums[i] + bias[i];
      all += ended[i].value;
    }
    for (int32_t i = 0; i < kDspFloatRows; ++i) {
      const int32_t bits = ended[i].bits;
      output[i] = is_rectified ? bits & ~(bits >> 31) : bits;
    }
  }
  return all;
}

#if defined(__ARM_FP)

// clang-format off: one step a line

// Four channels of one pixel, s0 to s3 or the like, to where `place` is. Flags say whether what has
// a sign is to be 0; s20 is their sum.
#define DSP_FLOAT_STORE(place, s0, s1, s2, s3)     \
  "vmov %[a], %[b], s" #s0 ", s" #s1 "\n\t"        \
  "vadd.f32 s20, s" #s0 ", s" #s1 "\n\t"           \
  "vadd.f32 s21, s" #s2 ", s" #s3 "\n\t"           \
  "ldr %[to], [%[outputs], #" #place "]\n\t"       \
  "vmov %[c], %[d], s" #s2 ", s" #s3 "\n\t"        \
  "vadd.f32 s20, s20, s21\n\t"                     \
  "add %[to], %[to], %[bytes]\n\t"                 \
  "itttt ne\n\t"                                   \
  "bicne %[a], %[a], %[a], asr #31\n\t"            \
  "bicne %[b], %[b], %[b], asr #31\n\t"            \
  "bicne %[c], %[c], %[c], asr #31\n\t"            \
  "bicne %[d], %[d], %[d], asr #31\n\t"            \
  "strd %[a], %[b], [%[to]]\n\t"                   \
  "strd %[c], %[d], [%[to], #8]\n\t"

#define DSP_FLOAT_STORE_TILE                       \
  "vldmia %[bias], {s16-s19}\n\t"                  \
  "vldmia %[sums], {s0-s15}\n\t"                   \
  "cmp %[is_rectified], #0\n\t"                    \
  DSP_FLOAT_SUMS(0, 1, 2, 3, 16, 17, 18, 19)       \
  DSP_FLOAT_SUMS(4, 5, 6, 7, 16, 17, 18, 19)       \
  DSP_FLOAT_SUMS(8, 9, 10, 11, 16, 17, 18, 19)     \
  DSP_FLOAT_SUMS(12, 13, 14, 15, 16, 17, 18, 19)   \
  DSP_FLOAT_STORE(0, 0, 1, 2, 3)                   \
  "vmov.f32 s22, s20\n\t"                          \
  DSP_FLOAT_STORE(4, 4, 5, 6, 7)                   \
  "vadd.f32 s22, s22, s20\n\t"                     \
  DSP_FLOAT_STORE(8, 8, 9, 10, 11)                 \
  "vadd.f32 s22, s22, s20\n\t"                     \
  DSP_FLOAT_STORE(12, 12, 13, 14, 15)              \
  "vadd.f32 s22, s22, s20\n\t"                     \
  "vmov.f32 %[all], s22"

// clang-format on

// As dsp_store_unbounded, for four pixels.
DSP_INLINE float dsp_store_unbounded_tile(float* const* outputs, int32_t channel, const float* sums,
                                          const float* bias, int is_rectified) {
  float all;
  int32_t a, b, c, d, to;
  __asm__ volatile(
      DSP_FLOAT_STORE_TILE
      : [all] "=t"(all), [a] "=&r"(a), [b] "=&r"(b), [c] "=&r"(c), [d] "=&r"(d), [to] "=&r"(to)
      : [outputs] "r"(outputs), [bytes] "r"(channel * (int32_t)sizeof(float)), [sums] "r"(sums),
        [bias] "r"(bias), [is_rectified] "r"(is_rectified)
      : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13",
        "s14", "s15", "s16", "s17", "s18", "s19", "s20", "s21", "s22", "cc", "memory");
  return all;
}

#endif

// Whether the outputs of four pixels were stored.
DSP_INLINE int dsp_stored_tile(float* const* outputs, int32_t channel, const float* sums,
                               const float* bias, struct bl_float_clamp to) {
#if defined(__ARM_FP)
  const float all = dsp_store_unbounded_tile(outputs, channel, sums, bias, to.min == 0);
  return all - all == 0;
#else
  (void)outputs, (void)channel, (void)sums, (void)bias, (void)to;
  return 0;
#endif
}

// Stores the outputs of `count` pixels, four channels each. Comparisons take long: without an
// activation, and with RELU, numbers need none. Any infinity or not-a-number shows in the sum of
// all, and then they are compared after all.
DSP_INLINE void dsp_store_floats(float* const* outputs, int32_t channel, const float* sums,
                                 int32_t count, const float* bias, struct bl_float_clamp to) {
  if (dsp_is_unbounded(to)) {
    if (count == kDspFloatRows && dsp_stored_tile(outputs, channel, sums, bias, to)) return;
    const float all = to.min == 0 ? dsp_store_unbounded(outputs, channel, sums, count, bias, 1)
                                  : dsp_store_unbounded(outputs, channel, sums, count, bias, 0);
    if (all - all == 0) return;
  }
  for (int32_t i = 0; i < count * kDspFloatRows; ++i) {
    outputs[i / kDspFloatRows][channel + i % kDspFloatRows] =
        dsp_clamp_float(sums[i] + bias[i % kDspFloatRows], to);
  }
}

#endif  // BOARDLESS_KERNELS_DSP_FLOAT_OUTPUTS_H_
