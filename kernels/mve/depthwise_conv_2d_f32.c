// DEPTHWISE_CONV_2D on floats for Helium: four channels of four pixels at a time, from the taps
// that are inside the input.
#include "kernels/abi.h"
#include "kernels/mve/float.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/pixel_block.h"

enum { kPixels = 4 };

// Values of four channels: of one each, or with a depth multiplier from where `inputs` says.
MVE_INLINE float32x4_t channels_at(const float* values, int32_t c, uint32x4_t inputs,
                                   mve_pred16_t live, int is_plain) {
  return is_plain ? vldrwq_z_f32(values + c, live)
                  : vldrwq_gather_shifted_offset_z_f32(values, inputs, live);
}

// Outputs of a block's pixels, `pixels` of them. `pixels` and `is_plain`, which says that the depth
// multiplier is 1, are constants.
MVE_INLINE void convolve(const struct bl_typed_depthwise_conv_2d_params* typed,
                         const struct bl_pixel_block* block, const float* const* places,
                         const float* filter, const float* bias, float* const* outputs,
                         int32_t pixels, int is_plain) {
  const struct bl_conv_2d_params* p = &typed->depthwise.conv;
  const int32_t multiplier = typed->depthwise.depth_multiplier;
  for (int32_t c = 0; c < p->output_c; c += kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)(p->output_c - c));
    uint32_t input_of[kMveWords];
    for (int32_t i = 0; i < kMveWords; ++i) {
      input_of[i] = is_plain ? 0 : (uint32_t)((c + i) / multiplier);
    }
    const uint32x4_t inputs = is_plain ? vdupq_n_u32(0) : vldrwq_u32(input_of);
    const float* row_weights =
        filter + (block->y.first * p->filter_w + block->x.first) * p->output_c + c;
    int32_t row = 0;  // from the first tap
    float32x4_t sums[kPixels];
    for (int32_t i = 0; i < pixels; ++i) sums[i] = vdupq_n_f32(0);
    for (int32_t rows = block->y.end - block->y.first; rows > 0; --rows) {
      const float* values[kPixels];
      for (int32_t i = 0; i < pixels; ++i) values[i] = places[i] + row;
      const float* weight = row_weights;
      for (int32_t left = block->x.end - block->x.first; left > 0; --left) {
        const float32x4_t weights = vldrwq_z_f32(weight, live);
        for (int32_t i = 0; i < pixels; ++i) {
          const float32x4_t value = channels_at(values[i], c, inputs, live, is_plain);
          sums[i] = vaddq_f32(sums[i], vmulq_f32(value, weights));
          values[i] += p->dilation_w * p->input_c;
        }
        weight += p->output_c;
      }
      row += p->dilation_h * p->input_w * p->input_c;
      row_weights += p->filter_w * p->output_c;
    }
    for (int32_t i = 0; i < pixels; ++i) {
      mve_store_floats(outputs[i] + c, sums[i], bias ? bias + c : 0, typed->activation, live);
    }
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
          convolve(typed, &block, places, operands[1], operands[2], outputs, 1, 0);
        } else if (is_one) {
          convolve(typed, &block, places, operands[1], operands[2], outputs, 1, 1);
        } else {
          convolve(typed, &block, places, operands[1], operands[2], outputs, kPixels, 1);
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
    output += p->output_h * p->output_w * p->output_c;
  }
  return 0;
}
