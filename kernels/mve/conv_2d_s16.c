// CONV_2D on int16 with weights of int8 for Helium: four channels of a pixel at a time, from the
// taps that are inside the input.
//
// Scratch: every channel's bias and multiplier (wide.h).
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/wide.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

static int32_t taps_of(const struct bl_conv_2d_params* p) {
  return p->filter_h * p->filter_w * p->input_c;
}

// The rest is left to the reference: groups, narrow sums, and few channels.
static int is_taken(const struct bl_grouped_conv_2d_params* p) {
  return p->groups == 1 && p->sum_bits == 64 && p->conv.output_c >= kMveWideRows;
}

BL_ADDED_KERNEL(mve_conv_2d_s16_scratch_bytes)
int32_t mve_conv_2d_s16_scratch_bytes(const void* params) {
  const struct bl_grouped_conv_2d_params* p = params;
  return is_taken(p) ? mve_wide_bytes(p->conv.output_c) : 0;
}

// Adds the taps inside the input to the sums of four channels, whose filters begin at `filter`: in
// `sums`, or in `long_sums` where that is not null.
MVE_INLINE void add_taps(int32_t* sums, int64_t* long_sums, const struct bl_conv_2d_params* p,
                         const int16_t* image, const int8_t* filter, const struct bl_taps* y,
                         const struct bl_taps* x) {
  // Taps beside each other are one run of values, unless the filter is dilated.
  const int is_run = p->dilation_w == 1;
  const int32_t inside = x->end - x->first;
  const int32_t runs = is_run ? 1 : inside, run = (is_run ? inside : 1) * p->input_c;
  const int16_t* row = image + (y->at * p->input_w + x->at) * p->input_c;
  const int8_t* row_weights = filter + (y->first * p->filter_w + x->first) * p->input_c;
  for (int32_t rows = y->end - y->first; rows > 0; --rows) {
    for (int32_t i = 0; i < runs; ++i) {
      const int16_t* values = row + i * p->dilation_w * p->input_c;
      const int8_t* weights = row_weights + i * p->input_c;
      if (long_sums) {
        mve_add_long_rows(long_sums, values, weights, taps_of(p), run);
      } else {
        mve_add_wide_rows(sums, values, weights, taps_of(p), run);
      }
    }
    row += p->dilation_h * p->input_w * p->input_c;
    row_weights += p->filter_w * p->input_c;
  }
}

BL_ADDED_KERNEL(mve_conv_2d_s16)
int32_t mve_conv_2d_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = &((const struct bl_grouped_conv_2d_params*)params)->conv;
  const struct mve_wide_outputs outputs = {scratch, (int32_t*)scratch + p->output_c,
                                           p->output_offset, p->activation_min, p->activation_max};
  if (!is_taken(params)) return reference_conv_2d_s16(params, operands, scratch);
  const int is_short = mve_put_wide_outputs(&outputs, p->output_c, taps_of(p), 1, operands);
  const int16_t* image = operands[0];
  const int8_t* filter = operands[1];
  int16_t* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x, output += p->output_c) {
        const struct bl_taps x = bl_taps_inside(out_x * p->stride_w - p->pad_left, p->filter_w,
                                                p->dilation_w, p->input_w);
        for (int32_t four = 0; four < p->output_c; four += kMveWideRows) {
          // The last channels are computed together with those before them, again.
          const int32_t c = bl_min(four, p->output_c - kMveWideRows);
          const int8_t* weights = filter + c * taps_of(p);
          if (is_short) {
            int32_t sums[kMveWideRows] = {0};
            add_taps(sums, 0, p, image, weights, &y, &x);
            mve_store_wide(&outputs, c, vldrwq_s32(sums), output, vctp32q(kMveWideRows));
          } else {
            int64_t sums[kMveWideRows] = {0};
            add_taps(0, sums, p, image, weights, &y, &x);
            mve_store_long(&outputs, c, sums, 1, operands, output);
          }
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
  return 0;
}
