// DEPTHWISE_CONV_2D on floats for Helium: four channels of four pixels at a time, from the taps
// that are inside the input.
#include "kernels/abi.h"
#include "kernels/mve/float.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/pixel_block.h"

enum { kPixels = 4 };

// How four channels are loaded.
enum loading {
  kWhole,       // all are there
  kPart,        // some are
  kMultiplied,  // some are, and a depth multiplier says which inputs they have
};

struct channels {
  int32_t first;
  mve_pred16_t live;
  uint32x4_t inputs;
};

MVE_INLINE float32x4_t load(const float* from, const struct channels* c, enum loading loading) {
  return loading == kWhole ? vldrwq_f32(from) : vldrwq_z_f32(from, c->live);
}

MVE_INLINE float32x4_t load_values(const float* pixel, const struct channels* c,
                                   enum loading loading) {
  return loading == kMultiplied ? vldrwq_gather_shifted_offset_z_f32(pixel, c->inputs, c->live)
                                : load(pixel + c->first, c, loading);
}

// Outputs of four channels of a block's pixels. `pixels` and `loading` are constants.
MVE_INLINE void convolve_four(const struct bl_typed_depthwise_conv_2d_params* typed,
                              const struct bl_pixel_block* block, const float* const* places,
                              const float* filter, const float* bias, float* const* outputs,
                              int32_t pixels, const struct channels* c, enum loading loading) {
  const struct bl_conv_2d_params* p = &typed->depthwise.conv;
  const float* row_weights =
      filter + (block->y.first * p->filter_w + block->x.first) * p->output_c + c->first;
  int32_t row = 0;  // from the first tap
  float32x4_t sums[kPixels];
  for (int32_t i = 0; i < pixels; ++i) sums[i] = vdupq_n_f32(0);
  for (int32_t rows = block->y.end - block->y.first; rows > 0; --rows) {
    const float* values[kPixels];
    for (int32_t i = 0; i < pixels; ++i) values[i] = places[i] + row;
    const float* weight = row_weights;
    for (int32_t left = block->x.end - block->x.first; left > 0; --left) {
      const float32x4_t weights = load(weight, c, loading);
      for (int32_t i = 0; i < pixels; ++i) {
        sums[i] = vaddq_f32(sums[i], vmulq_f32(load_values(values[i], c, loading), weights));
        values[i] += p->dilation_w * p->input_c;
      }
      weight += p->output_c;
    }
    row += p->dilation_h * p->input_w * p->input_c;
    row_weights += p->filter_w * p->output_c;
  }
  for (int32_t i = 0; i < pixels; ++i) {
    mve_store_floats(outputs[i] + c->first, sums[i], bias ? bias + c->first : 0, typed->activation,
                     c->live);
  }
}

// All channels. `pixels` is a constant.
MVE_INLINE void convolve(const struct bl_typed_depthwise_conv_2d_params* typed,
                         const struct bl_pixel_block* block, const float* const* places,
                         const float* filter, const float* bias, float* const* outputs,
                         int32_t pixels) {
  const int32_t output_c = typed->depthwise.conv.output_c;
  for (int32_t first = 0; first < output_c; first += kMveWords) {
    const struct channels c = {first, vctp32q((uint32_t)(output_c - first)), vdupq_n_u32(0)};
    if (output_c - first >= kMveWords) {
      convolve_four(typed, block, places, filter, bias, outputs, pixels, &c, kWhole);
    } else {
      convolve_four(typed, block, places, filter, bias, outputs, pixels, &c, kPart);
    }
  }
}

// All channels of one pixel, of a filter with a depth multiplier.
MVE_INLINE void convolve_multiplied(const struct bl_typed_depthwise_conv_2d_params* typed,
                                    const struct bl_pixel_block* block, const float* const* places,
                                    const float* filter, const float* bias, float* const* outputs) {
  const int32_t output_c = typed->depthwise.conv.output_c;
  for (int32_t first = 0; first < output_c; first += kMveWords) {
    uint32_t inputs[kMveWords];
    for (int32_t i = 0; i < kMveWords; ++i) {
      inputs[i] = (uint32_t)((first + i) / typed->depthwise.depth_multiplier);
    }
    const struct channels c = {first, vctp32q((uint32_t)(output_c - first)), vldrwq_u32(inputs)};
    convolve_four(typed, block, places, filter, bias, outputs, 1, &c, kMultiplied);
  }
}

BL_ADDED_KERNEL(mve_depthwise_conv_2d_f32)
int32_t mve_depthwise_conv_2d_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_typed_depthwise_conv_2d_params* typed = params;
  const struct bl_conv_2d_params* p = &typed->depthwise.conv;
  const int is_plain = typed->depthwise.depth_multiplier == 1;
  const float* image = operands[0];
  float* output = operands[5];
  (void)scratch;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (struct bl_pixel_block block = {0}; bl_next_block(p, &block);) {
      struct bl_pixel_walk walk = bl_first_pixel(p, &block);
      for (int32_t left = bl_pixels_of(&block); left > 0;) {
        const int is_one = !is_plain || left < kPixels - 1;
        const int32_t width = is_one ? 1 : kPixels;
        const float* places[kPixels];
        float* outputs[kPixels];
        for (int32_t i = 0; i < width; ++i) {
          places[i] = image + walk.at.input;
          outputs[i] = output + walk.at.output;
          if (--left > 0) bl_next_pixel(&walk);
        }
        if (!is_plain) {
          convolve_multiplied(typed, &block, places, operands[1], operands[2], outputs);
        } else if (is_one) {
          convolve(typed, &block, places, operands[1], operands[2], outputs, 1);
        } else {
          convolve(typed, &block, places, operands[1], operands[2], outputs, kPixels);
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
    output += p->output_h * p->output_w * p->output_c;
  }
  return 0;
}
