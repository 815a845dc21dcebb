// CONV_2D on floats for Helium: four channels of four pixels at a time, from the taps that are
// inside the input.
#include "kernels/abi.h"
#include "kernels/mve/float_tile.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/pixel_block.h"
#include "kernels/reference/reference_kernels.h"

// Outputs of a block's pixels, `pixels` of them (a constant), whose channels begin at `outputs`.
MVE_INLINE void convolve(const struct bl_grouped_conv_2d_params* grouped,
                         const struct bl_pixel_block* block, const float* const* places,
                         const float* filter, const float* bias, float* const* outputs,
                         int32_t pixels) {
  const struct bl_conv_2d_params* p = &grouped->conv;
  const int32_t taps = p->filter_h * p->filter_w * p->input_c;
  const int32_t inside = block->x.end - block->x.first;
  // Taps beside each other are one run of values, unless the filter is dilated.
  const int is_run = p->dilation_w == 1;
  const int32_t runs = is_run ? 1 : inside, run = (is_run ? inside : 1) * p->input_c;
  for (int32_t c = 0; c < p->output_c; c += kMveWords) {
    const mve_pred16_t live = vctp32q((uint32_t)(p->output_c - c));
    uint32x4_t rows = mve_float_rows(
        filter + c * taps + (block->y.first * p->filter_w + block->x.first) * p->input_c, taps,
        p->output_c - c);
    float32x4_t sums[kMveFloatPixels];
    for (int32_t i = 0; i < pixels; ++i) sums[i] = vdupq_n_f32(0);
    int32_t row = 0;  // from the first tap
    for (int32_t left = block->y.end - block->y.first; left > 0; --left) {
      for (int32_t i = 0; i < runs; ++i) {
        const uint32_t from = (uint32_t)(i * p->input_c) * sizeof(float);
        mve_add_float_taps(sums, places, row + i * p->dilation_w * p->input_c,
                           vaddq_n_u32(rows, from), run, pixels);
      }
      row += p->dilation_h * p->input_w * p->input_c;
      rows = vaddq_n_u32(rows, (uint32_t)(p->filter_w * p->input_c) * sizeof(float));
    }
    for (int32_t i = 0; i < pixels; ++i) {
      mve_store_floats(outputs[i] + c, sums[i], bias ? bias + c : 0, grouped->activation, live);
    }
  }
}

BL_ADDED_KERNEL(mve_conv_2d_f32)
int32_t mve_conv_2d_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* grouped = params;
  const struct bl_conv_2d_params* p = &grouped->conv;
  if (grouped->groups != 1) return reference_conv_2d_f32(params, operands, scratch);
  const float* image = operands[0];
  float* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (struct bl_pixel_block block = {0}; bl_next_block(p, &block);) {
      struct bl_pixel_walk walk = bl_first_pixel(p, &block);
      for (int32_t left = bl_pixels_of(&block); left > 0;) {
        // Of three that are left, the last is computed twice; one or two are faster alone.
        const int is_one = left < kMveFloatPixels - 1;
        const int32_t width = is_one ? 1 : kMveFloatPixels;
        const float* places[kMveFloatPixels];
        float* outputs[kMveFloatPixels];
        for (int32_t i = 0; i < width; ++i) {
          places[i] = image + walk.at.input;
          outputs[i] = output + walk.at.output;
          if (--left > 0) bl_next_pixel(&walk);
        }
        if (is_one) {
          convolve(grouped, &block, places, operands[1], operands[2], outputs, 1);
        } else {
          convolve(grouped, &block, places, operands[1], operands[2], outputs, kMveFloatPixels);
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
    output += p->output_h * p->output_w * p->output_c;
  }
  return 0;
}
