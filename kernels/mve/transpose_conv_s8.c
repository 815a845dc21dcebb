// TRANSPOSE_CONV on int8 for Helium. Each output gathers the taps that reach it: their inputs are
// put down once with the offset, and four channels' weights pass at a time.
//
// Scratch: the inputs of one pixel, as halfwords.
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"
#include "kernels/mve/shifted_row.h"
#include "kernels/reaching_taps.h"
#include "kernels/reference/reference_kernels.h"

// Zero points that int16 cannot hold are left to the reference.
static int is_taken(const struct bl_conv_2d_params* p) {
  return mve_holds_shifted(p->input_offset);
}

BL_ADDED_KERNEL(mve_transpose_conv_s8_scratch_bytes)
int32_t mve_transpose_conv_s8_scratch_bytes(const void* params) {
  const struct bl_conv_2d_params* p = &((const struct bl_grouped_conv_2d_params*)params)->conv;
  if (!is_taken(p)) return reference_transpose_conv_s8_scratch_bytes(params);
  return bl_most_reaching(p->stride_h, p->filter_h) * bl_most_reaching(p->stride_w, p->filter_w) *
         p->input_c * (int32_t)sizeof(int16_t);
}

struct layer {
  const struct bl_conv_2d_params* p;
  const int8_t* filter;
  const int32_t *bias, *multiplier, *shift;
  int16_t* inputs;
};

static void put_inputs(const struct layer* layer, const int8_t* image, const struct bl_reaching* y,
                       const struct bl_reaching* x) {
  const struct bl_conv_2d_params* p = layer->p;
  int16_t* to = layer->inputs;
  for (int32_t i = 0; i < y->count; ++i) {
    const int8_t* from = image + ((y->at - i) * p->input_w + x->at) * p->input_c;
    for (int32_t j = 0; j < x->count; ++j, from -= p->input_c, to += p->input_c) {
      mve_shift_row(to, from, p->input_c, p->input_offset);
    }
  }
}

// `rows` channels from `c` on: four, or one.
static void store_channels(const struct layer* layer, const struct bl_reaching* y,
                           const struct bl_reaching* x, int32_t c, int32_t rows, int8_t* output) {
  const struct bl_conv_2d_params* p = layer->p;
  const int32_t taps = p->filter_h * p->filter_w * p->input_c;
  const mve_pred16_t live = vctp32q((uint32_t)rows);
  const int16_t* values = layer->inputs;
  int32_t sums[kMveWideRows] = {0};
  for (int32_t i = 0; i < y->count; ++i) {
    const int32_t row = (y->first + i * p->stride_h) * p->filter_w + x->first;
    const int8_t* weights = layer->filter + c * taps + row * p->input_c;
    for (int32_t j = 0; j < x->count; ++j, weights += p->stride_w * p->input_c) {
      mve_add_wide_rows(sums, values, weights, rows > 1 ? taps : 0, p->input_c);
      values += p->input_c;
    }
  }
  int32x4_t sum = vldrwq_s32(sums);
  if (layer->bias) sum = vaddq_s32(sum, vldrwq_z_s32(layer->bias + c, live));
  const int32x4_t scaled = mve_rescale(sum, vldrwq_z_s32(layer->multiplier + c, live),
                                       vldrwq_z_s32(layer->shift + c, live));
  vstrbq_p_s32(output + c,
               mve_finish(scaled, p->output_offset, vdupq_n_s32(p->activation_min),
                          vdupq_n_s32(p->activation_max)),
               live);
}

BL_ADDED_KERNEL(mve_transpose_conv_s8)
int32_t mve_transpose_conv_s8(const void* params, void* const* operands, void* scratch) {
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
        put_inputs(&layer, image, &y, &x);
        for (int32_t c = 0; c < p->output_c;) {
          const int32_t rows = p->output_c - c >= kMveWideRows ? kMveWideRows : 1;
          store_channels(&layer, &y, &x, c, rows, output);
          c += rows;
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
  }
  return 0;
}
