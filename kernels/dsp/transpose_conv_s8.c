// TRANSPOSE_CONV on int8 for cores with the DSP extension. Each output gathers the taps that reach
// it: their inputs are widened once for all channels, and four channels' weights pass at a time.
//
// Scratch: the widened inputs of one pixel.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/requantize.h"
#include "kernels/dsp/widened_row.h"
#include "kernels/reaching_taps.h"
#include "kernels/reference/reference_kernels.h"

// The rest is left to the reference: pixels shorter than a step, and zero points that int16 cannot
// hold.
static int is_taken(const struct bl_conv_2d_params* p) {
  return p->input_c >= kDspTaps && p->input_offset > -32000 && p->input_offset < 32000;
}

BL_ADDED_KERNEL(dsp_transpose_conv_s8_scratch_bytes)
int32_t dsp_transpose_conv_s8_scratch_bytes(const void* params) {
  const struct bl_conv_2d_params* p = &((const struct bl_grouped_conv_2d_params*)params)->conv;
  if (!is_taken(p)) return reference_transpose_conv_s8_scratch_bytes(params);
  return bl_most_reaching(p->stride_h, p->filter_h) * bl_most_reaching(p->stride_w, p->filter_w) *
         dsp_widened_bytes(p->input_c);
}

struct layer {
  const struct bl_conv_2d_params* p;
  const int8_t* filter;
  const int32_t *bias, *multiplier, *shift;
  uint32_t* widened;
};

static void widen_inputs(const struct layer* layer, const int8_t* image,
                         const struct bl_reaching* y, const struct bl_reaching* x) {
  const struct bl_conv_2d_params* p = layer->p;
  uint32_t* to = layer->widened;
  for (int32_t i = 0; i < y->count; ++i) {
    const int8_t* from = image + ((y->at - i) * p->input_w + x->at) * p->input_c;
    for (int32_t j = 0; j < x->count; ++j, from -= p->input_c) {
      dsp_widen_row(to, from, p->input_c, p->input_offset);
      to += dsp_widened_bytes(p->input_c) / 4;
    }
  }
}

// `rows` channels from `c` on: four, or one.
static void store_channels(const struct layer* layer, const struct bl_reaching* y,
                           const struct bl_reaching* x, int32_t c, int32_t rows, int8_t* output) {
  const struct bl_conv_2d_params* p = layer->p;
  const int32_t taps = p->filter_h * p->filter_w * p->input_c;
  const uint32_t* values = layer->widened;
  int32_t sums[kDspRows];
  for (int32_t i = 0; i < kDspRows; ++i) sums[i] = layer->bias && i < rows ? layer->bias[c + i] : 0;
  for (int32_t i = 0; i < y->count; ++i) {
    const int32_t row = (y->first + i * p->stride_h) * p->filter_w + x->first;
    const int8_t* weights = layer->filter + c * taps + row * p->input_c;
    for (int32_t j = 0; j < x->count; ++j, weights += p->stride_w * p->input_c) {
      dsp_add_rows(sums, values, weights, rows > 1 ? taps : 0, p->input_c);
      values += dsp_widened_bytes(p->input_c) / 4;
    }
  }
  for (int32_t i = 0; i < rows; ++i) {
    const int32_t value =
        dsp_rescale(sums[i], layer->multiplier[c + i], layer->shift[c + i]) + p->output_offset;
    output[c + i] = (int8_t)dsp_clamp(value, p->activation_min, p->activation_max);
  }
}

BL_ADDED_KERNEL(dsp_transpose_conv_s8)
int32_t dsp_transpose_conv_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = &((const struct bl_grouped_conv_2d_params*)params)->conv;
  if (!is_taken(p)) return reference_transpose_conv_s8(params, operands, scratch);
  const struct layer layer = {p, operands[1], operands[2], operands[3], operands[4], scratch};
  const int8_t* image = operands[0];
  int8_t* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t out_y = 0; out_y < p->output_h; ++out_y) {
      const struct bl_reaching y =
          bl_taps_reaching(out_y, p->pad_top, p->stride_h, p->filter_h, p->input_h);
      for (int32_t out_x = 0; out_x < p->output_w; ++out_x, output += p->output_c) {
        const struct bl_reaching x =
            bl_taps_reaching(out_x, p->pad_left, p->stride_w, p->filter_w, p->input_w);
        widen_inputs(&layer, image, &y, &x);
        for (int32_t c = 0; c < p->output_c;) {
          const int32_t rows = p->output_c - c >= kDspRows ? kDspRows : 1;
          store_channels(&layer, &y, &x, c, rows, output);
          c += rows;
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
  return 0;
}
