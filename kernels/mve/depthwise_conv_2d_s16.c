// DEPTHWISE_CONV_2D on int16 with weights of int8 and a depth multiplier of 1 for Helium: four
// channels of a pixel at a time.
//
// Scratch: every channel's bias and multiplier (wide.h).
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/wide.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

// The rest is left to the reference: depth multipliers, and sums beyond 32 bits.
static int is_taken(const struct bl_depthwise_conv_2d_params* p) {
  return p->depth_multiplier == 1 && p->conv.filter_h * p->conv.filter_w <= kMveWideTaps;
}

BL_ADDED_KERNEL(mve_depthwise_conv_2d_s16_scratch_bytes)
int32_t mve_depthwise_conv_2d_s16_scratch_bytes(const void* params) {
  const struct bl_depthwise_conv_2d_params* p = params;
  return is_taken(p) ? mve_wide_bytes(p->conv.output_c) : 0;
}

// The sums of four channels over the taps inside the input.
MVE_INLINE int32x4_t sum_taps(const struct bl_conv_2d_params* p, const int16_t* image,
                              const int8_t* filter, const struct bl_taps* y,
                              const struct bl_taps* x, mve_pred16_t live) {
  const int32_t channels = p->input_c;
  const int16_t* row = image + (y->at * p->input_w + x->at) * channels;
  const int8_t* row_weights = filter + (y->first * p->filter_w + x->first) * channels;
  int32x4_t sums = vdupq_n_s32(0);
  for (int32_t rows = y->end - y->first; rows > 0; --rows) {
    const int16_t* values = row;
    const int8_t* weights = row_weights;
    for (int32_t left = x->end - x->first; left > 0; --left) {
      const int32x4_t product = vmulq_s32(vldrhq_z_s32(values, live), vldrbq_z_s32(weights, live));
      sums = vaddq_s32(sums, product);
      values += p->dilation_w * channels;
      weights += channels;
    }
    row += p->dilation_h * p->input_w * channels;
    row_weights += p->filter_w * channels;
  }
  return sums;
}

BL_ADDED_KERNEL(mve_depthwise_conv_2d_s16)
int32_t mve_depthwise_conv_2d_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = &((const struct bl_depthwise_conv_2d_params*)params)->conv;
  const struct mve_wide_outputs outputs = {scratch, (int32_t*)scratch + p->output_c,
                                           p->output_offset, p->activation_min, p->activation_max};
  if (!is_taken(params) ||
      !mve_put_wide_outputs(&outputs, p->output_c, p->filter_h * p->filter_w, 1, operands)) {
    return reference_depthwise_conv_2d_s16(params, operands, scratch);
  }
  const int16_t* image = operands[0];
  int16_t* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x, output += p->output_c) {
        const struct bl_taps x = bl_taps_inside(out_x * p->stride_w - p->pad_left, p->filter_w,
                                                p->dilation_w, p->input_w);
        for (int32_t c = 0; c < p->output_c; c += kMveWords) {
          const mve_pred16_t live = vctp32q((uint32_t)(p->output_c - c));
          const int32x4_t sums =
              sum_taps(p, image + c, (const int8_t*)operands[1] + c, &y, &x, live);
          mve_store_wide(&outputs, c, sums, output, live);
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
  return 0;
}
