// DEPTHWISE_CONV_2D on floats and a depth multiplier of 1, for cores with a floating-point unit:
// four channels of four pixels at a time, so that weights serve four times.
#include "kernels/abi.h"
#include "kernels/dsp/depthwise_slide.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/float_outputs.h"
#include "kernels/dsp/float_tile.h"
#include "kernels/pixel_block.h"
#include "kernels/reference/reference_kernels.h"

// The rest is left to the reference: depth multipliers, and few channels.
static inline int is_taken(const struct bl_depthwise_conv_2d_params* p) {
  return p->depth_multiplier == 1 && p->conv.output_c >= kDspFloatRows;
}

// Four sums of each of four pixels, and which taps they are over: steps in bytes from a tap to the
// next, and from behind the last of a row to the first of the next row.
struct tile {
  float sums[kDspFloatTile];
  int32_t value_row, weight_row, columns;
  int32_t value_step, weight_step, rows;
};

static const float* behind(const float* values, int32_t bytes) {
  return (const float*)((const char*)values + bytes);
}

// The four sums of one pixel.
static void sum_pixel(const struct tile* tile, float* sums, const float* values,
                      const float* weights) {
  float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (int32_t rows = tile->rows; rows > 0; --rows) {
    for (int32_t left = tile->columns; left > 0; --left) {
      s0 += values[0] * weights[0];
      s1 += values[1] * weights[1];
      s2 += values[2] * weights[2];
      s3 += values[3] * weights[3];
      values = behind(values, tile->value_step);
      weights = behind(weights, tile->weight_step);
    }
    values = behind(values, tile->value_row);
    weights = behind(weights, tile->weight_row);
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
}

#if defined(__ARM_FP)

// clang-format off: one step a line

// Four products, of weights s16 to s19 and values s20 to s23.
#define PRODUCTS(p0, p1, p2, p3)           \
  "vmul.f32 s" #p0 ", s16, s20\n\t"        \
  "vmul.f32 s" #p1 ", s17, s21\n\t"        \
  "vmul.f32 s" #p2 ", s18, s22\n\t"        \
  "vmul.f32 s" #p3 ", s19, s23\n\t"

#define TILE_LOOP                                     \
  "vldmia %[left], {s0-s15}\n"                        \
  "1:\n\t"                                            \
  "ldr %[left], [%[tile], #72]\n\t"                   \
  ".balign 4\n"                                       \
  "2:\n\t"                                            \
  "vldmia %[weights], {s16-s19}\n\t"                  \
  "vldmia %[v0], {s20-s23}\n\t"                       \
  PRODUCTS(24, 25, 26, 27)                            \
  "vldmia %[v1], {s20-s23}\n\t"                       \
  DSP_FLOAT_SUMS(0, 1, 2, 3, 24, 25, 26, 27)          \
  PRODUCTS(28, 29, 30, 31)                            \
  "vldmia %[v2], {s20-s23}\n\t"                       \
  DSP_FLOAT_SUMS(4, 5, 6, 7, 28, 29, 30, 31)          \
  PRODUCTS(24, 25, 26, 27)                            \
  "vldmia %[v3], {s20-s23}\n\t"                       \
  DSP_FLOAT_SUMS(8, 9, 10, 11, 24, 25, 26, 27)        \
  PRODUCTS(28, 29, 30, 31)                            \
  DSP_FLOAT_SUMS(12, 13, 14, 15, 28, 29, 30, 31)      \
  "add %[weights], %[weight_step]\n\t"                \
  "add %[v0], %[value_step]\n\t"                      \
  "add %[v1], %[value_step]\n\t"                      \
  "add %[v2], %[value_step]\n\t"                      \
  "add %[v3], %[value_step]\n\t"                      \
  "subs %[left], #1\n\t"                              \
  "bne 2b\n\t"                                        \
  "ldr %[left], [%[tile], #68]\n\t"                   \
  "add %[weights], %[left]\n\t"                       \
  "ldr %[left], [%[tile], #64]\n\t"                   \
  "add %[v0], %[left]\n\t"                            \
  "add %[v1], %[left]\n\t"                            \
  "add %[v2], %[left]\n\t"                            \
  "add %[v3], %[left]\n\t"                            \
  "subs %[rows], #1\n\t"                              \
  "bne.w 1b\n\t"                                      \
  "vstmia %[tile], {s0-s15}"

// clang-format on

// At least one row of at least one tap. No part of its callers: it takes nearly all registers.
static __attribute__((noinline)) void sum_taps(struct tile* tile, const float* const* places,
                                               int32_t c, const float* weights) {
  const float *v0 = places[0] + c, *v1 = places[1] + c, *v2 = places[2] + c, *v3 = places[3] + c;
  const float* left = kDspFloatZeros;  // taps, once these are loaded
  int32_t rows = tile->rows;
  __asm__ volatile(
      TILE_LOOP
      : [v0] "+r"(v0), [v1] "+r"(v1), [v2] "+r"(v2), [v3] "+r"(v3), [weights] "+r"(weights),
        [rows] "+l"(rows), [left] "+l"(left)
      : [tile] "l"(tile), [value_step] "r"(tile->value_step), [weight_step] "r"(tile->weight_step)
      : DSP_FLOAT_CLOBBERS);
}

#else

static void sum_taps(struct tile* tile, const float* const* places, int32_t c,
                     const float* weights) {
  for (int32_t pixel = 0; pixel < kDspFloatPixels; ++pixel) {
    sum_pixel(tile, tile->sums + pixel * kDspFloatRows, places[pixel] + c, weights);
  }
}

#endif

// What a block's tiles have in common, without sums.
static inline struct tile tile_of(const struct bl_conv_2d_params* p,
                                  const struct bl_pixel_block* block) {
  const int32_t pixel = p->input_c * (int32_t)sizeof(float);
  const int32_t columns = block->x.end - block->x.first;
  return (struct tile){.value_row = (p->dilation_h * p->input_w - columns * p->dilation_w) * pixel,
                       .weight_row = (p->filter_w - columns) * pixel,
                       .columns = columns,
                       .value_step = p->dilation_w * pixel,
                       .weight_step = pixel,
                       .rows = columns > 0 ? block->y.end - block->y.first : 0};
}

BL_ADDED_KERNEL(dsp_depthwise_conv_2d_f32)
__attribute__((flatten)) int32_t dsp_depthwise_conv_2d_f32(const void* params,
                                                           void* const* operands, void* scratch) {
  const struct bl_typed_depthwise_conv_2d_params* typed = params;
  const struct bl_conv_2d_params* p = &typed->depthwise.conv;
  if (!is_taken(&typed->depthwise)) {
    return reference_depthwise_conv_2d_f32(params, operands, scratch);
  }
  const float* image = operands[0];
  float* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    int is_done = 0;
#if defined(__ARM_FP)
    is_done = slides(typed) && slide_image(typed, image, output, operands[1], operands[2]);
#endif
    for (struct bl_pixel_block block = {0}; !is_done && bl_next_block(p, &block);) {
      struct tile tile = tile_of(p, &block);
      const float* filter =
          (const float*)operands[1] + (block.y.first * p->filter_w + block.x.first) * p->input_c;
      struct bl_pixel_walk walk = bl_first_pixel(p, &block);
      for (int32_t left = bl_pixels_of(&block); left > 0;) {
        // Of two or three that are left, the last is computed several times.
        const int32_t width = left == 1 ? 1 : kDspFloatPixels;
        const float* places[kDspFloatPixels];
        float* outputs[kDspFloatPixels];
        for (int32_t i = 0; i < width; ++i) {
          places[i] = image + walk.at.input;
          outputs[i] = output + walk.at.output;
          if (--left > 0) bl_next_pixel(&walk);
        }
        for (int32_t four = 0; four < p->output_c; four += kDspFloatRows) {
          // The last channels are computed together with those before them, again.
          const int32_t c =
              four + kDspFloatRows <= p->output_c ? four : p->output_c - kDspFloatRows;
          if (width == 1 || tile.rows == 0) {
            for (int32_t i = 0; i < width; ++i) {
              sum_pixel(&tile, tile.sums + i * kDspFloatRows, places[i] + c, filter + c);
            }
          } else {
            sum_taps(&tile, places, c, filter + c);
          }
          dsp_store_floats(outputs, c, tile.sums, width, dsp_bias_at(operands[2], c),
                           typed->activation);
        }
      }
    }
    image += p->input_h * p->input_w * p->input_c;
    output += p->output_h * p->output_w * p->output_c;
  }
  return 0;
}
