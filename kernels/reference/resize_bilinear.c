// RESIZE_BILINEAR on int8, with places in 10 fraction bits, and on float.
#include <math.h>

#include "kernels/abi.h"
#include "kernels/fixed_point.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/shape.h"

static inline struct bl_shape input_shape(const struct bl_resize_params* p) {
  const struct bl_shape shape = {{p->batches, p->input_h, p->input_w, p->depth}};
  return shape;
}

// A place between two pixels of the input: the two, and how far it is from the first.
struct fixed_place {
  int32_t lower, upper, beyond;
};

// How far a step in the output is in the input, in 1/1024.
static inline int32_t fixed_step(int32_t input, int32_t output, int32_t align_corners) {
  const int32_t corners = align_corners && output > 1;
  const int32_t steps = corners ? output - 1 : output;
  return (1024 * (corners ? input - 1 : input) + steps / 2) / steps;
}

static inline struct fixed_place fixed_place_of(int32_t at, int32_t step, int32_t input,
                                                int32_t half_pixel_centers) {
  const int32_t place = at * step + (half_pixel_centers ? step / 2 - 512 : 0);
  const int32_t lower = bl_max(place / 1024, 0);
  const struct fixed_place result = {lower, bl_min((place + 1023) / 1024, input - 1),
                                     place - 1024 * lower};
  return result;
}

BL_ADDED_KERNEL(reference_resize_bilinear_s8)
int32_t reference_resize_bilinear_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_resize_params p = *(const struct bl_resize_params*)params;
  const struct bl_shape from = input_shape(&p);
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  const int32_t step_h = fixed_step(p.input_h, p.output_h, p.align_corners);
  const int32_t step_w = fixed_step(p.input_w, p.output_w, p.align_corners);
  for (int32_t b = 0; b < p.batches; ++b) {
    for (int32_t h = 0; h < p.output_h; ++h) {
      const struct fixed_place y = fixed_place_of(h, step_h, p.input_h, p.half_pixel_centers);
      for (int32_t w = 0; w < p.output_w; ++w) {
        const struct fixed_place x = fixed_place_of(w, step_w, p.input_w, p.half_pixel_centers);
        for (int32_t c = 0; c < p.depth; ++c) {
          const int64_t sum =
              (int64_t)input[bl_offset(&from, b, y.lower, x.lower, c)] * (1024 - y.beyond) *
                  (1024 - x.beyond) +
              (int64_t)input[bl_offset(&from, b, y.upper, x.lower, c)] * y.beyond *
                  (1024 - x.beyond) +
              (int64_t)input[bl_offset(&from, b, y.lower, x.upper, c)] * (1024 - y.beyond) *
                  x.beyond +
              (int64_t)input[bl_offset(&from, b, y.upper, x.upper, c)] * y.beyond * x.beyond;
          *output++ = (int8_t)((sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20));
        }
      }
    }
  }
  return 0;
}

struct place {
  int32_t lower, upper;
  float beyond;
};

static inline float step_of(int32_t input, int32_t output, int32_t align_corners) {
  return align_corners && output > 1 ? (float)(input - 1) / (float)(output - 1)
                                     : (float)input / (float)output;
}

static inline struct place place_of(int32_t at, float step, int32_t input,
                                    int32_t half_pixel_centers) {
  const float place = half_pixel_centers ? ((float)at + 0.5F) * step - 0.5F : (float)at * step;
  const int32_t lower = bl_max((int32_t)floorf(place), 0);
  const struct place result = {lower, bl_min((int32_t)ceilf(place), input - 1),
                               place - (float)lower};
  return result;
}

BL_ADDED_KERNEL(reference_resize_bilinear_f32)
int32_t reference_resize_bilinear_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_resize_params p = *(const struct bl_resize_params*)params;
  const struct bl_shape from = input_shape(&p);
  const float* input = operands[0];
  float* output = operands[1];
  (void)scratch;
  const float step_h = step_of(p.input_h, p.output_h, p.align_corners);
  const float step_w = step_of(p.input_w, p.output_w, p.align_corners);
  for (int32_t b = 0; b < p.batches; ++b) {
    for (int32_t h = 0; h < p.output_h; ++h) {
      const struct place y = place_of(h, step_h, p.input_h, p.half_pixel_centers);
      for (int32_t w = 0; w < p.output_w; ++w) {
        const struct place x = place_of(w, step_w, p.input_w, p.half_pixel_centers);
        for (int32_t c = 0; c < p.depth; ++c) {
          *output++ =
              input[bl_offset(&from, b, y.lower, x.lower, c)] * (1.0F - y.beyond) *
                  (1.0F - x.beyond) +
              input[bl_offset(&from, b, y.upper, x.lower, c)] * y.beyond * (1.0F - x.beyond) +
              input[bl_offset(&from, b, y.lower, x.upper, c)] * (1.0F - y.beyond) * x.beyond +
              input[bl_offset(&from, b, y.upper, x.upper, c)] * y.beyond * x.beyond;
        }
      }
    }
  }
  return 0;
}
