// The loops of CONV_2D in the order of TFLite's reference operator, for any element types and any
// number of groups.
#ifndef BOARDLESS_KERNELS_REFERENCE_CONV_2D_LOOPS_H_
#define BOARDLESS_KERNELS_REFERENCE_CONV_2D_LOOPS_H_

#include "kernels/reference/sums.h"
#include "kernels/shape.h"

// Defines name(p, groups, by, input, filter, bias, output); `product` and `ending` are of sums.h.
#define DEFINE_CONV_2D(name, Value, Weight, Sum, product, ending)                             \
  static inline void name(struct bl_conv_2d_params p, int32_t groups, struct bl_ending by,    \
                          const Value* input, const Weight* filter, const Sum* bias,          \
                          Value* output) {                                                    \
    const int32_t depth = p.input_c / groups;                                                 \
    const int32_t outputs_per_group = p.output_c / groups;                                    \
    const struct bl_shape input_shape = {{p.batches, p.input_h, p.input_w, p.input_c}};       \
    const struct bl_shape filter_shape = {{p.output_c, p.filter_h, p.filter_w, depth}};       \
    const struct bl_shape output_shape = {{p.batches, p.output_h, p.output_w, p.output_c}};   \
    for (int32_t batch = 0; batch < p.batches; ++batch) {                                     \
      for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {                                  \
        for (int32_t out_x = 0; out_x < p.output_w; ++out_x) {                                \
          for (int32_t out_c = 0; out_c < p.output_c; ++out_c) {                              \
            const int32_t first_c = out_c / outputs_per_group * depth;                        \
            Sum sum = 0;                                                                      \
            for (int32_t tap_y = 0; tap_y < p.filter_h; ++tap_y) {                            \
              const int32_t in_y = out_y * p.stride_h - p.pad_top + tap_y * p.dilation_h;     \
              for (int32_t tap_x = 0; tap_x < p.filter_w; ++tap_x) {                          \
                const int32_t in_x = out_x * p.stride_w - p.pad_left + tap_x * p.dilation_w;  \
                if (in_y < 0 || in_y >= p.input_h || in_x < 0 || in_x >= p.input_w) continue; \
                for (int32_t in_c = 0; in_c < depth; ++in_c) {                                \
                  const Value value =                                                         \
                      input[bl_offset(&input_shape, batch, in_y, in_x, first_c + in_c)];      \
                  const Weight weight =                                                       \
                      filter[bl_offset(&filter_shape, out_c, tap_y, tap_x, in_c)];            \
                  sum += product(p, value, weight);                                           \
                }                                                                             \
              }                                                                               \
            }                                                                                 \
            if (bias) sum += bias[out_c];                                                     \
            output[bl_offset(&output_shape, batch, out_y, out_x, out_c)] =                    \
                (Value)ending(p, sum, by, out_c);                                             \
          }                                                                                   \
        }                                                                                     \
      }                                                                                       \
    }                                                                                         \
  }

#endif  // BOARDLESS_KERNELS_REFERENCE_CONV_2D_LOOPS_H_
