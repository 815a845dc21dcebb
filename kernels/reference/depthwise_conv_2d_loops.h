// The loops of DEPTHWISE_CONV_2D in the order of TFLite's reference operator, for any element
// types.
#ifndef BOARDLESS_KERNELS_REFERENCE_DEPTHWISE_CONV_2D_LOOPS_H_
#define BOARDLESS_KERNELS_REFERENCE_DEPTHWISE_CONV_2D_LOOPS_H_

#include "kernels/reference/sums.h"
#include "kernels/shape.h"

// Defines name(p, multiplier, by, input, filter, bias, output); `product` and `ending` are of
// sums.h.
#define DEFINE_DEPTHWISE_CONV_2D(name, Value, Weight, Sum, product, ending)                       \
  static inline void name(struct bl_conv_2d_params p, int32_t depth_multiplier,                   \
                          struct bl_ending by, const Value* input, const Weight* filter,          \
                          const Sum* bias, Value* output) {                                       \
    const struct bl_shape input_shape = {{p.batches, p.input_h, p.input_w, p.input_c}};           \
    const struct bl_shape filter_shape = {{1, p.filter_h, p.filter_w, p.output_c}};               \
    const struct bl_shape output_shape = {{p.batches, p.output_h, p.output_w, p.output_c}};       \
    for (int32_t batch = 0; batch < p.batches; ++batch) {                                         \
      for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {                                      \
        for (int32_t out_x = 0; out_x < p.output_w; ++out_x) {                                    \
          for (int32_t in_c = 0; in_c < p.input_c; ++in_c) {                                      \
            for (int32_t m = 0; m < depth_multiplier; ++m) {                                      \
              const int32_t out_c = in_c * depth_multiplier + m;                                  \
              Sum sum = 0;                                                                        \
              for (int32_t tap_y = 0; tap_y < p.filter_h; ++tap_y) {                              \
                const int32_t in_y = out_y * p.stride_h - p.pad_top + tap_y * p.dilation_h;       \
                for (int32_t tap_x = 0; tap_x < p.filter_w; ++tap_x) {                            \
                  const int32_t in_x = out_x * p.stride_w - p.pad_left + tap_x * p.dilation_w;    \
                  if (in_y < 0 || in_y >= p.input_h || in_x < 0 || in_x >= p.input_w) continue;   \
                  const Value value = input[bl_offset(&input_shape, batch, in_y, in_x, in_c)];    \
                  const Weight weight = filter[bl_offset(&filter_shape, 0, tap_y, tap_x, out_c)]; \
                  sum += product(p, value, weight);                                               \
                }                                                                                 \
              }                                                                                   \
              if (bias) sum += bias[out_c];                                                       \
              output[bl_offset(&output_shape, batch, out_y, out_x, out_c)] =                      \
                  (Value)ending(p, sum, by, out_c);                                               \
            }                                                                                     \
          }                                                                                       \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
  }

#endif  // BOARDLESS_KERNELS_REFERENCE_DEPTHWISE_CONV_2D_LOOPS_H_
