// CONV_2D on floats, for cores with a floating-point unit: four channels of one or two pixels at a
// time. Every sum takes its products in the reference's order, and leaves out the same taps.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/float_rows.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/window.h"

// The rest is left to the reference: several groups, and few channels.
static inline int is_taken(const struct bl_grouped_conv_2d_params* p) {
  return p->groups == 1 && p->conv.output_c >= kDspFloatRows;
}

// One or two pixels, the second `step` floats to the right of the first and with the same taps
// inside the input.
DSP_INLINE void float_pixels(const struct bl_conv_2d_params* p, const float* image,
                             const struct bl_taps* y, const struct bl_taps* x, int32_t step,
                             const float* weights, float* sums) {
  const int32_t filter = p->filter_h * p->filter_w * p->input_c;
  // Taps beside each other are one run of values, unless the filter is dilated.
  const int is_run = p->dilation_w == 1;
  const int32_t runs = is_run ? 1 : x->end - x->first;
  const int32_t run = (is_run ? x->end - x->first : 1) * p->input_c;
  for (int32_t tap_y = y->first; tap_y < y->end; ++tap_y) {
    const int32_t in_y = y->at + (tap_y - y->first) * p->dilation_h;
    const float* values = image + (in_y * p->input_w + x->at) * p->input_c;
    const float* weight = weights + (tap_y * p->filter_w + x->first) * p->input_c;
    for (int32_t i = 0; i < runs; ++i) {
      if (step) {
        dsp_add_float_tile(sums, values, values + step, weight, filter, run);
      } else {
        dsp_add_float_rows(sums, values, weight, filter, run);
      }
      values += p->dilation_w * p->input_c;
      weight += p->input_c;
    }
  }
}

BL_ADDED_KERNEL(dsp_conv_2d_f32)
__attribute__((flatten)) int32_t dsp_conv_2d_f32(const void* params, void* const* operands,
                                                 void* scratch) {
  const struct bl_grouped_conv_2d_params* grouped = params;
  const struct bl_conv_2d_params* p = &grouped->conv;
  if (!is_taken(grouped)) return reference_conv_2d_f32(params, operands, scratch);
  const float* filter = operands[1];
  const float* bias = operands[2];
  const float low = grouped->activation.min, high = grouped->activation.max;
  const int32_t taps = p->filter_h * p->filter_w * p->input_c;
  const float* image = operands[0];
  float* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p->stride_h - p->pad_top, p->filter_h, p->dilation_h, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w;) {
        const int32_t at = out_x * p->stride_w - p->pad_left;
        const struct bl_taps x = bl_taps_inside(at, p->filter_w, p->dilation_w, p->input_w);
        const struct bl_taps next =
            bl_taps_inside(at + p->stride_w, p->filter_w, p->dilation_w, p->input_w);
        const int is_pair = out_x + 1 < p->output_w && next.first == x.first && next.end == x.end;
        const int32_t step = is_pair ? p->stride_w * p->input_c : 0;
        for (int32_t four = 0; four < p->output_c; four += kDspFloatRows) {
          // The last channels are computed together with those before them, again.
          const int32_t c =
              four + kDspFloatRows <= p->output_c ? four : p->output_c - kDspFloatRows;
          float sums[2 * kDspFloatRows] = {0};
          float_pixels(p, image, &y, &x, step, filter + c * taps, sums);
          for (int32_t i = 0; i < (is_pair ? 2 : 1) * kDspFloatRows; ++i) {
            const int32_t channel = c + i % kDspFloatRows;
            const float sum = bias ? sums[i] + bias[channel] : sums[i];
            output[i / kDspFloatRows * p->output_c + channel] = dsp_clamp_float(sum, low, high);
          }
        }
        output += (is_pair ? 2 : 1) * p->output_c;
        out_x += is_pair ? 2 : 1;
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
  return 0;
}
