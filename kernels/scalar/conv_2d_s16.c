// CONV_2D on int16 with sums of 64 bits for cores without SIMD: several channels of a pixel at a
// time, run by run of values beside each other.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/scalar/scalar_kernels.h"
#include "kernels/scalar/wide_rows.h"
#include "kernels/window.h"

static int is_taken(const struct bl_grouped_conv_2d_params* p) {
  return p->groups == 1 && p->sum_bits == 64 && p->conv.output_c >= kScalarWideRows;
}

// The sums of a pixel's channels, whose weights are the first.
static void sum_taps(int64_t* sums, const struct bl_conv_2d_params* p, const int16_t* image,
                     const int8_t* weights, const struct bl_taps* y, const struct bl_taps* x) {
  const int32_t columns = x->end - x->first;
  const int is_run = p->dilation_w == 1;
  const int32_t runs = is_run ? 1 : columns, run = (is_run ? columns : 1) * p->input_c;
  const int32_t stride = p->filter_h * p->filter_w * p->input_c;
  for (int32_t i = 0; i < kScalarWideRows; ++i) sums[i] = 0;
  for (int32_t row = 0; row < y->end - y->first; ++row) {
    const int16_t* values =
        image + ((y->at + row * p->dilation_h) * p->input_w + x->at) * p->input_c;
    const int8_t* tap = weights + ((y->first + row) * p->filter_w + x->first) * p->input_c;
    for (int32_t i = 0; i < runs; ++i) {
      scalar_add_wide_rows(sums, values + i * p->dilation_w * p->input_c, tap + i * p->input_c,
                           stride, run);
    }
  }
}

BL_ADDED_KERNEL(scalar_conv_2d_s16)
int32_t scalar_conv_2d_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* grouped = params;
  const struct bl_conv_2d_params* p = &grouped->conv;
  if (!is_taken(grouped)) return reference_conv_2d_s16(params, operands, scratch);
  const int16_t* image = operands[0];
  const int8_t* filter = operands[1];
  const int64_t* bias = operands[2];
  const int32_t *multiplier = operands[3], *shift = operands[4];
  int16_t* output = operands[5];
  const int32_t taps = p->filter_h * p->filter_w * p->input_c;
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x, output += p->output_c) {
        const struct bl_taps x = bl_taps_inside(out_x * p->stride_w - p->pad_left, p->filter_w,
                                                p->dilation_w, p->input_w);
        for (int32_t next = 0; next < p->output_c; next += kScalarWideRows) {
          // The last channels are computed together with those before them, again.
          const int32_t first = bl_min(next, p->output_c - kScalarWideRows);
          int64_t sums[kScalarWideRows];
          sum_taps(sums, p, image, filter + first * taps, &y, &x);
          for (int32_t i = 0; i < kScalarWideRows; ++i) {
            const int32_t c = first + i;
            output[c] = scalar_wide_output(sums[i], bias ? bias + c : 0, multiplier[c], shift[c],
                                           p->activation_min, p->activation_max);
          }
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
  return 0;
}
