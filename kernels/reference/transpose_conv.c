// TRANSPOSE_CONV: every input value is spread over the outputs it reaches, in the order of TFLite's
// reference operator.
#include <string.h>

#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/sums.h"
#include "kernels/shape.h"

// Defines name(p, by, input, filter, bias, sums, output); `sums` has the output's shape, and may be
// the output.
#define DEFINE_TRANSPOSE_CONV(name, Value, Weight, Sum, product, ending)                       \
  static inline void name(struct bl_conv_2d_params p, struct bl_ending by, const Value* input, \
                          const Weight* filter, const Sum* bias, Sum* sums, Value* output) {   \
    const struct bl_shape input_shape = {{p.batches, p.input_h, p.input_w, p.input_c}};        \
    const struct bl_shape filter_shape = {{p.output_c, p.filter_h, p.filter_w, p.input_c}};    \
    const struct bl_shape output_shape = {{p.batches, p.output_h, p.output_w, p.output_c}};    \
    const int32_t count = p.batches * p.output_h * p.output_w * p.output_c;                    \
    memset(sums, 0, (size_t)count * sizeof *sums);                                             \
    for (int32_t batch = 0; batch < p.batches; ++batch) {                                      \
      for (int32_t in_y = 0; in_y < p.input_h; ++in_y) {                                       \
        for (int32_t in_x = 0; in_x < p.input_w; ++in_x) {                                     \
          for (int32_t in_c = 0; in_c < p.input_c; ++in_c) {                                   \
            for (int32_t tap_y = 0; tap_y < p.filter_h; ++tap_y) {                             \
              for (int32_t tap_x = 0; tap_x < p.filter_w; ++tap_x) {                           \
                for (int32_t out_c = 0; out_c < p.output_c; ++out_c) {                         \
                  const int32_t out_y = in_y * p.stride_h - p.pad_top + tap_y;                 \
                  const int32_t out_x = in_x * p.stride_w - p.pad_left + tap_x;                \
                  if (out_y < 0 || out_y >= p.output_h || out_x < 0 || out_x >= p.output_w) {  \
                    continue;                                                                  \
                  }                                                                            \
                  const Value value = input[bl_offset(&input_shape, batch, in_y, in_x, in_c)]; \
                  const Weight weight =                                                        \
                      filter[bl_offset(&filter_shape, out_c, tap_y, tap_x, in_c)];             \
                  sums[bl_offset(&output_shape, batch, out_y, out_x, out_c)] +=                \
                      product(p, value, weight);                                               \
                }                                                                              \
              }                                                                                \
            }                                                                                  \
          }                                                                                    \
        }                                                                                      \
      }                                                                                        \
    }                                                                                          \
    for (int32_t batch = 0; batch < p.batches; ++batch) {                                      \
      for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {                                   \
        for (int32_t out_x = 0; out_x < p.output_w; ++out_x) {                                 \
          for (int32_t out_c = 0; out_c < p.output_c; ++out_c) {                               \
            const int32_t at = bl_offset(&output_shape, batch, out_y, out_x, out_c);           \
            Sum sum = sums[at];                                                                \
            if (bias) sum += bias[out_c];                                                      \
            output[at] = (Value)ending(p, sum, by, out_c);                                     \
          }                                                                                    \
        }                                                                                      \
      }                                                                                        \
    }                                                                                          \
  }

DEFINE_TRANSPOSE_CONV(transpose_conv_f32, float, float, float, plain_product, float_output)
DEFINE_TRANSPOSE_CONV(transpose_conv_s8, int8_t, int8_t, int32_t, s8_product, quantized_output)
DEFINE_TRANSPOSE_CONV(transpose_conv_s16, int16_t, int8_t, int64_t, plain_product, wide_output)

static inline int32_t transpose_conv_outputs(const void* params) {
  const struct bl_conv_2d_params* p = &((const struct bl_grouped_conv_2d_params*)params)->conv;
  return p->batches * p->output_h * p->output_w * p->output_c;
}

BL_TYPED_KERNEL(reference_transpose_conv_f32)
int32_t reference_transpose_conv_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct bl_ending by = {0, 0, p->activation};
  (void)scratch;
  transpose_conv_f32(p->conv, by, operands[0], operands[1], operands[2], operands[5], operands[5]);
  return 0;
}

BL_TYPED_KERNEL(reference_transpose_conv_s8_scratch_bytes)
int32_t reference_transpose_conv_s8_scratch_bytes(const void* params) {
  return transpose_conv_outputs(params) * (int32_t)sizeof(int32_t);
}

BL_TYPED_KERNEL(reference_transpose_conv_s8)
int32_t reference_transpose_conv_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  transpose_conv_s8(p->conv, by, operands[0], operands[1], operands[2], scratch, operands[5]);
  return 0;
}

BL_TYPED_KERNEL(reference_transpose_conv_s16_scratch_bytes)
int32_t reference_transpose_conv_s16_scratch_bytes(const void* params) {
  return transpose_conv_outputs(params) * (int32_t)sizeof(int64_t);
}

BL_TYPED_KERNEL(reference_transpose_conv_s16)
int32_t reference_transpose_conv_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  transpose_conv_s16(p->conv, by, operands[0], operands[1], operands[2], scratch, operands[5]);
  return 0;
}
