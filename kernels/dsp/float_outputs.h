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

// Stores the outputs of `count` pixels, four channels each. Comparisons take long: without an
// activation, and with RELU, numbers need none. Any infinity or not-a-number shows in the sum of
// all, and then they are compared after all.
DSP_INLINE void dsp_store_floats(float* const* outputs, int32_t channel, const float* sums,
                                 int32_t count, const float* bias, struct bl_float_clamp to) {
  if (to.max == FLT_MAX && (to.min == 0 || to.min == -FLT_MAX)) {
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
