// CONV_2D on floats, for cores with a floating-point unit: four channels of four pixels at a time.
// Every sum takes its products in the reference's order, and leaves out the same taps.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/float_outputs.h"
#include "kernels/dsp/float_tile.h"
#include "kernels/pixel_block.h"
#include "kernels/reference/reference_kernels.h"

// The rest is left to the reference: several groups, and few channels.
static inline int is_taken(const struct bl_grouped_conv_2d_params* p) {
  return p->groups == 1 && p->conv.output_c >= kDspFloatRows;
}

// Whether a block's taps are values beside each other.
static inline int is_one_run(const struct bl_conv_2d_params* p,
                             const struct bl_pixel_block* block) {
  const int32_t columns = block->x.end - block->x.first;
  return block->y.end - block->y.first == 1 &&
         (columns == 1 || (columns > 1 && p->dilation_w == 1));
}

// The sums of four channels over a block's taps at four places, or at the first alone.
DSP_INLINE void sum_taps(float* sums, const struct bl_conv_2d_params* p,
                         const struct bl_pixel_block* block, const float* const* places, int is_one,
                         const float* filter) {
  const int32_t taps = p->filter_h * p->filter_w * p->input_c;
  const int32_t inside = block->x.end - block->x.first;
  // Taps beside each other are one run of values, unless the filter is dilated.
  const int is_run = p->dilation_w == 1;
  const int32_t runs = is_run ? 1 : inside, run = (is_run ? inside : 1) * p->input_c;
  const float* weights = filter + (block->y.first * p->filter_w + block->x.first) * p->input_c;
  const float* from = kDspFloatZeros;
  int32_t row = 0;  // from the first tap
  if (is_one || runs == 0 || block->y.end == block->y.first) dsp_start_floats(sums);
  for (int32_t rows = block->y.end - block->y.first; rows > 0; --rows) {
    for (int32_t i = 0; i < runs; ++i) {
      const int32_t offset = row + i * p->dilation_w * p->input_c;
      const float* run_weights = weights + i * p->input_c;
      if (is_one) {
        dsp_add_float_rows(sums, places[0] + offset, run_weights, taps, run);
      } else {
        dsp_add_float_tile(sums, from, places, offset, run_weights, taps, run);
        from = sums;
      }
    }
    row += p->dilation_h * p->input_w * p->input_c;
    weights += p->filter_w * p->input_c;
  }
}

// All channels of four pixels that see one run of `run` >= 1 values, `taps` weights a channel. On
// its own: few values are needed between one tile and the next.
static __attribute__((noinline)) void tile_channels(const float* const* places,
                                                    float* const* outputs, const float* weights,
                                                    int32_t taps, int32_t run, int32_t channels,
                                                    const float* bias,
                                                    const struct bl_float_clamp* activation) {
  for (int32_t four = 0; four < channels; four += kDspFloatRows) {
    const int32_t c = four + kDspFloatRows <= channels ? four : channels - kDspFloatRows;
    float sums[kDspFloatTile];
    dsp_add_float_tile(sums, kDspFloatZeros, places, 0, weights + c * taps, taps, run);
    dsp_store_floats(outputs, c, sums, kDspFloatPixels, dsp_bias_at(bias, c), *activation);
  }
}

BL_ADDED_KERNEL(dsp_conv_2d_f32)
__attribute__((flatten)) int32_t dsp_conv_2d_f32(const void* params, void* const* operands,
                                                 void* scratch) {
  const struct bl_grouped_conv_2d_params* grouped = params;
  const struct bl_conv_2d_params* p = &grouped->conv;
  if (!is_taken(grouped)) return reference_conv_2d_f32(params, operands, scratch);
  const float* filter = operands[1];
  const int32_t taps = p->filter_h * p->filter_w * p->input_c;
  const float* image = operands[0];
  float* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (struct bl_pixel_block block = {0}; bl_next_block(p, &block);) {
      struct bl_pixel_walk walk = bl_first_pixel(p, &block);
      for (int32_t left = bl_pixels_of(&block); left > 0;) {
        // Of three that are left, the last is computed twice; one or two are faster alone.
        const int is_one = left < kDspFloatPixels - 1;
        const int32_t width = is_one ? 1 : kDspFloatPixels;
        const float* places[kDspFloatPixels];
        float* outputs[kDspFloatPixels];
        for (int32_t i = 0; i < width; ++i) {
          places[i] = image + walk.at.input;
          outputs[i] = output + walk.at.output;
          if (--left > 0) bl_next_pixel(&walk);
        }
        if (!is_one && is_one_run(p, &block)) {
          const int32_t tap = block.y.first * p->filter_w + block.x.first;
          tile_channels(places, outputs, filter + tap * p->input_c, taps,
                        (block.x.end - block.x.first) * p->input_c, p->output_c, operands[2],
                        &grouped->activation);
          continue;
        }
        for (int32_t four = 0; four < p->output_c; four += kDspFloatRows) {
          // The last channels are computed together with those before them, again.
          const int32_t c =
              four + kDspFloatRows <= p->output_c ? four : p->output_c - kDspFloatRows;
          float sums[kDspFloatTile];
          sum_taps(sums, p, &block, places, is_one, filter + c * taps);
          dsp_store_floats(outputs, c, sums, width, dsp_bias_at(operands[2], c),
                           grouped->activation);
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
    output += p->output_h * p->output_w * p->output_c;
  }
  return 0;
}
