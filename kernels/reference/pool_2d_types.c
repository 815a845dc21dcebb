// L2_POOL_2D, and AVERAGE_POOL_2D and MAX_POOL_2D on the types that average_pool_2d.c and
// max_pool_2d.c have not.
#include <float.h>
#include <math.h>

#include "kernels/reference/pool_window.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/sums.h"
#include "kernels/shape.h"

// Defines name(p, clamp, input, output), where take(state, value) brings a value in and
// ending(p, clamp, state, count) makes the output.
#define DEFINE_POOL_2D(name, Value, State, initial, take, ending)                                 \
  static inline void name(struct bl_pool_2d_params p, struct bl_float_clamp clamp,                \
                          const Value* input, Value* output) {                                    \
    const struct bl_shape input_shape = {{p.batches, p.input_h, p.input_w, p.channels}};          \
    const struct bl_shape output_shape = {{p.batches, p.output_h, p.output_w, p.channels}};       \
    (void)clamp;                                                                                  \
    for (int32_t batch = 0; batch < p.batches; ++batch) {                                         \
      for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {                                      \
        for (int32_t out_x = 0; out_x < p.output_w; ++out_x) {                                    \
          for (int32_t c = 0; c < p.channels; ++c) {                                              \
            const struct pool_window y =                                                          \
                pool_window_at(out_y, p.stride_h, p.pad_top, p.filter_h, p.input_h);              \
            const struct pool_window x =                                                          \
                pool_window_at(out_x, p.stride_w, p.pad_left, p.filter_w, p.input_w);             \
            State state = initial;                                                                \
            int32_t count = 0;                                                                    \
            for (int32_t tap_y = y.first; tap_y < y.end; ++tap_y) {                               \
              for (int32_t tap_x = x.first; tap_x < x.end; ++tap_x) {                             \
                const Value value =                                                               \
                    input[bl_offset(&input_shape, batch, y.origin + tap_y, x.origin + tap_x, c)]; \
                state = take(state, value);                                                       \
                ++count;                                                                          \
              }                                                                                   \
            }                                                                                     \
            (void)count;                                                                          \
            output[bl_offset(&output_shape, batch, out_y, out_x, c)] =                            \
                (Value)ending(p, clamp, state, count);                                            \
          }                                                                                       \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
  }

#define sum_of(state, value) ((state) + (value))
#define sum_of_squares(state, value) ((state) + (value) * (value))
#define larger(state, value) ((state) < (value) ? (value) : (state))

#define average(p, clamp, sum, count)                                                             \
  bl_clamp(((sum) > 0 ? (sum) + (count) / 2 : (sum) - (count) / 2) / (count), (p).activation_min, \
           (p).activation_max)
#define float_average(p, clamp, sum, count) bl_clamp_float((sum) / (float)(count), clamp)
#define root_mean_square(p, clamp, sum, count) bl_clamp_float(sqrtf((sum) / (float)(count)), clamp)
#define clamped(p, clamp, largest, count) bl_clamp(largest, (p).activation_min, (p).activation_max)
#define float_clamped(p, clamp, largest, count) bl_clamp_float(largest, clamp)

DEFINE_POOL_2D(average_pool_f32, float, float, 0, sum_of, float_average)
DEFINE_POOL_2D(average_pool_s16, int16_t, int32_t, 0, sum_of, average)
DEFINE_POOL_2D(average_pool_u8, uint8_t, int32_t, 0, sum_of, average)
DEFINE_POOL_2D(l2_pool_f32, float, float, 0, sum_of_squares, root_mean_square)
DEFINE_POOL_2D(max_pool_f32, float, float, -FLT_MAX, larger, float_clamped)
DEFINE_POOL_2D(max_pool_s16, int16_t, int32_t, INT16_MIN, larger, clamped)
DEFINE_POOL_2D(max_pool_u8, uint8_t, int32_t, 0, larger, clamped)

#define DEFINE_FLOAT_KERNEL(name, run)                                     \
  BL_TYPED_KERNEL(name)                                                    \
  int32_t name(const void* params, void* const* operands, void* scratch) { \
    const struct bl_float_pool_2d_params* p = params;                      \
    (void)scratch;                                                         \
    run(p->pool, p->activation, operands[0], operands[1]);                 \
    return 0;                                                              \
  }
#define DEFINE_INTEGER_KERNEL(name, run)                                   \
  BL_TYPED_KERNEL(name)                                                    \
  int32_t name(const void* params, void* const* operands, void* scratch) { \
    const struct bl_pool_2d_params* p = params;                            \
    const struct bl_float_clamp none = {0, 0};                             \
    (void)scratch;                                                         \
    run(*p, none, operands[0], operands[1]);                               \
    return 0;                                                              \
  }

DEFINE_FLOAT_KERNEL(reference_average_pool_2d_f32, average_pool_f32)
DEFINE_FLOAT_KERNEL(reference_l2_pool_2d_f32, l2_pool_f32)
DEFINE_FLOAT_KERNEL(reference_max_pool_2d_f32, max_pool_f32)
DEFINE_INTEGER_KERNEL(reference_average_pool_2d_s16, average_pool_s16)
DEFINE_INTEGER_KERNEL(reference_average_pool_2d_u8, average_pool_u8)
DEFINE_INTEGER_KERNEL(reference_max_pool_2d_s16, max_pool_s16)
DEFINE_INTEGER_KERNEL(reference_max_pool_2d_u8, max_pool_u8)
