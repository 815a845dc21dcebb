// What the depthwise kernels share: a layer with depth multiplier 1 as they see it. They work on
// four channels at a time.
#ifndef BOARDLESS_KERNELS_DSP_DEPTHWISE_H_
#define BOARDLESS_KERNELS_DSP_DEPTHWISE_H_

#include <stdint.h>

#include "kernels/abi.h"
#include "kernels/dsp/channels.h"

struct dsp_depthwise_layer {
  struct bl_conv_2d_params p;
  const int8_t* input;
  const int8_t* filter;
  const int32_t* bias;
  const int32_t* multiplier;
  const int32_t* shift;
  int8_t* output;
  struct dsp_sums sums;
};

DSP_INLINE int dsp_put_depthwise_channel(struct dsp_channel* channel,
                                         const struct dsp_depthwise_layer* layer, int32_t c) {
  return dsp_put_channel(channel, &layer->sums, layer->bias ? layer->bias[c] : 0,
                         layer->multiplier[c], layer->shift[c]);
}

// Four channels of a 3x3 filter with stride 1 or 2, over the whole input. Returns a set of bits:
// which of the four need the long form and are still to be computed. `scratch` has 40 bytes for
// each of the (output_w - 1) * stride + 3 columns of a strip of the input; it is one for all calls
// of a layer, which begin with channel 0.
int dsp_depthwise_3x3_takes(const struct bl_conv_2d_params* p);
int32_t dsp_depthwise_3x3_scratch_bytes(const struct bl_conv_2d_params* p);
int dsp_depthwise_3x3(const struct dsp_depthwise_layer* layer, int32_t channel, void* scratch);

#endif  // BOARDLESS_KERNELS_DSP_DEPTHWISE_H_
