// A depthwise filter of 3x3 taps on floats that slides along the rows of a padded image: two
// channels of three pixels at a time, all their weights in registers, and every value of a row
// loaded once for the three.
//
// A tap outside the image at its left or right reads zeros: that changes no sum, as none is ever
// -0, unless a weight is no number or infinite, and that shows in the outputs. Rows above and below
// the image are left out.
#ifndef BOARDLESS_KERNELS_DSP_DEPTHWISE_SLIDE_H_
#define BOARDLESS_KERNELS_DSP_DEPTHWISE_SLIDE_H_

#include <stddef.h>

#include "kernels/abi.h"
#include "kernels/dsp/float_outputs.h"
#include "kernels/dsp/float_tile.h"

#if defined(__ARM_FP)

enum { kSlidePixels = 3, kSlideChannels = 2, kSlideGroups = 16, kSlideTaps = 3 };
enum { kSlideLeft = 1, kSlideRight = 2, kSlideTop = 4, kSlideBottom = 8 };  // is outside

// Three pixels of a row: bytes to the second column of their first row of taps inside the image,
// and to the first of their outputs.
struct slide_group {
  int32_t from, to, edges;
};

// What the groups of a channel pair have in common. Offsets are known below.
struct slide {
  const struct slide_group* end;
  const float* input;
  float* output;
  const float* bias;
  const float* zeros;
  int32_t last_column;  // bytes from the second column to the last
  int32_t is_rectified;
  float all;  // the sum of all outputs
};

// clang-format off: one step a line

// Pixel sums p0 and p1 take a tap's weights w0 and w1 of values v0 and v1.
#define SLIDE_TAP(p0, p1, v0, v1, w0, w1)   \
  "vmul.f32 s10, s" #v0 ", s" #w0 "\n\t"    \
  "vmul.f32 s11, s" #v1 ", s" #w1 "\n\t"    \
  "vadd.f32 s" #p0 ", s" #p0 ", s10\n\t"    \
  "vadd.f32 s" #p1 ", s" #p1 ", s11\n\t"

#define SLIDE_VALUES(column, v0, v1, step)            \
  "vldmia %[" #column "], {s" #v0 "-s" #v1 "}\n\t"    \
  "add %[" #column "], %[" #step "]\n\t"

// A row of three taps, two steps between whose columns are loaded a column ahead.
#define SLIDE_ROW_1(a0, a1, b0, b1, c0, c1)       \
  SLIDE_VALUES(first, 6, 7, first_row)            \
  SLIDE_VALUES(middle, 8, 9, step)                \
  SLIDE_TAP(0, 1, 6, 7, a0, a1)                   \
  SLIDE_VALUES(middle, 6, 7, step)                \
  SLIDE_TAP(0, 1, 8, 9, b0, b1)                   \
  SLIDE_TAP(2, 3, 8, 9, a0, a1)                   \
  SLIDE_VALUES(middle, 8, 9, middle_row)          \
  SLIDE_TAP(0, 1, 6, 7, c0, c1)                   \
  SLIDE_TAP(2, 3, 6, 7, b0, b1)                   \
  SLIDE_TAP(4, 5, 6, 7, a0, a1)                   \
  SLIDE_VALUES(last, 6, 7, last_row)              \
  SLIDE_TAP(2, 3, 8, 9, c0, c1)                   \
  SLIDE_TAP(4, 5, 8, 9, b0, b1)                   \
  SLIDE_TAP(4, 5, 6, 7, c0, c1)

// The same where the filter moves by two columns.
#define SLIDE_ROW_2(a0, a1, b0, b1, c0, c1)       \
  SLIDE_VALUES(first, 6, 7, first_row)            \
  SLIDE_VALUES(middle, 8, 9, step)                \
  SLIDE_TAP(0, 1, 6, 7, a0, a1)                   \
  SLIDE_VALUES(middle, 6, 7, step)                \
  SLIDE_TAP(0, 1, 8, 9, b0, b1)                   \
  SLIDE_VALUES(middle, 8, 9, step)                \
  SLIDE_TAP(0, 1, 6, 7, c0, c1)                   \
  SLIDE_TAP(2, 3, 6, 7, a0, a1)                   \
  SLIDE_VALUES(middle, 6, 7, step)                \
  SLIDE_TAP(2, 3, 8, 9, b0, b1)                   \
  SLIDE_VALUES(middle, 8, 9, middle_row)          \
  SLIDE_TAP(2, 3, 6, 7, c0, c1)                   \
  SLIDE_TAP(4, 5, 6, 7, a0, a1)                   \
  SLIDE_VALUES(last, 6, 7, last_row)              \
  SLIDE_TAP(4, 5, 8, 9, b0, b1)                   \
  SLIDE_TAP(4, 5, 6, 7, c0, c1)

#define SLIDE_WEIGHTS(w0, w1)                   \
  "vldmia %[first], {s" #w0 "-s" #w1 "}\n\t"    \
  "add %[first], %[step]\n\t"

#define SLIDE_STORE(s0, s1)                       \
  "vmov %[middle], %[last], s" #s0 ", s" #s1 "\n\t" \
  "itt ne\n\t"                                    \
  "bicne %[middle], %[middle], %[middle], asr #31\n\t" \
  "bicne %[last], %[last], %[last], asr #31\n\t"  \
  "strd %[middle], %[last], [%[first]]\n\t"

// Weights are s12 to s29, sums s0 to s5, values s6 to s9, products s10 and s11; s31 is the sum of
// all outputs.
#define SLIDE(row)                                  \
  SLIDE_WEIGHTS(12, 13)                             \
  SLIDE_WEIGHTS(14, 15)                             \
  SLIDE_WEIGHTS(16, 17)                             \
  SLIDE_WEIGHTS(18, 19)                             \
  SLIDE_WEIGHTS(20, 21)                             \
  SLIDE_WEIGHTS(22, 23)                             \
  SLIDE_WEIGHTS(24, 25)                             \
  SLIDE_WEIGHTS(26, 27)                             \
  SLIDE_WEIGHTS(28, 29)                             \
  "vldr s31, [%[slide], #28]\n"                     \
  ".balign 4\n"                                     \
  "1:\n\t"                                          \
  "ldr %[middle], [%[groups]], #12\n\t"             \
  "ldr %[last_row], [%[slide], #4]\n\t"             \
  "ldr %[edges], [%[groups], #-4]\n\t"              \
  "ldr %[first_row], [%[slide], #16]\n\t"           \
  "ldr %[last], [%[slide], #20]\n\t"                \
  "add %[middle], %[last_row]\n\t"                  \
  "vldmia %[first_row], {s0-s5}\n\t"                \
  "lsls.w %[first], %[edges], #31\n\t"              \
  "add %[last], %[middle]\n\t"                      \
  "sub %[first], %[middle], %[step]\n\t"            \
  "mov %[last_row], %[row]\n\t"                     \
  "itt cs\n\t"                                      \
  "movcs %[last], %[first_row]\n\t"                 \
  "movcs %[last_row], #0\n\t"                       \
  "ite mi\n\t"                                      \
  "movmi %[first], %[first_row]\n\t"                \
  "movpl %[first_row], %[row]\n\t"                  \
  "it mi\n\t"                                       \
  "movmi %[first_row], #0\n\t"                      \
  "tst %[edges], #4\n\t"                            \
  "bne.w 2f\n\t"                                    \
  row(12, 13, 14, 15, 16, 17)                       \
  "2:\n\t"                                          \
  row(18, 19, 20, 21, 22, 23)                       \
  "tst %[edges], #8\n\t"                            \
  "bne.w 3f\n\t"                                    \
  row(24, 25, 26, 27, 28, 29)                       \
  "3:\n\t"                                          \
  "ldr %[last], [%[slide], #12]\n\t"                \
  "ldr %[first], [%[groups], #-8]\n\t"              \
  "vldmia %[last], {s6-s7}\n\t"                     \
  "ldr %[middle], [%[slide], #8]\n\t"               \
  "ldr %[edges], [%[slide], #24]\n\t"               \
  "vadd.f32 s0, s0, s6\n\t"                         \
  "vadd.f32 s1, s1, s7\n\t"                         \
  "vadd.f32 s2, s2, s6\n\t"                         \
  "vadd.f32 s3, s3, s7\n\t"                         \
  "vadd.f32 s4, s4, s6\n\t"                         \
  "vadd.f32 s5, s5, s7\n\t"                         \
  "add %[first], %[middle]\n\t"                     \
  "cmp %[edges], #0\n\t"                            \
  "vadd.f32 s8, s0, s1\n\t"                         \
  "vadd.f32 s9, s2, s3\n\t"                         \
  "vadd.f32 s10, s4, s5\n\t"                        \
  SLIDE_STORE(0, 1)                                 \
  "add %[first], %[step]\n\t"                       \
  "vadd.f32 s8, s8, s9\n\t"                         \
  "vadd.f32 s31, s31, s10\n\t"                      \
  SLIDE_STORE(2, 3)                                 \
  "add %[first], %[step]\n\t"                       \
  "vadd.f32 s31, s31, s8\n\t"                       \
  SLIDE_STORE(4, 5)                                 \
  "ldr %[edges], [%[slide]]\n\t"                    \
  "cmp %[groups], %[edges]\n\t"                     \
  "bne.w 1b\n\t"                                    \
  "vstr s31, [%[slide], #28]"

// clang-format on

_Static_assert(offsetof(struct slide, input) == 4 && offsetof(struct slide, output) == 8 &&
                   offsetof(struct slide, bias) == 12 && offsetof(struct slide, zeros) == 16 &&
                   offsetof(struct slide, last_column) == 20 &&
                   offsetof(struct slide, is_rectified) == 24 && offsetof(struct slide, all) == 28,
               "offsets of struct slide");

// The groups of a channel pair, of which `weights` are the first. `row` is bytes.
#define DEFINE_SLIDE(name, slide_row, columns)                                                    \
  static __attribute__((noinline)) void name(struct slide* slide,                                 \
                                             const struct slide_group* groups,                    \
                                             const float* weights, int32_t step, int32_t row) {   \
    const float *first = weights, *middle, *last;                                                 \
    int32_t first_row, last_row, edges;                                                           \
    __asm__ volatile(                                                                             \
        SLIDE(slide_row)                                                                          \
        : [groups] "+r"(groups), [first] "+r"(first), [middle] "=&r"(middle), [last] "=&r"(last), \
          [first_row] "=&r"(first_row), [last_row] "=&r"(last_row), [edges] "=&r"(edges)          \
        : [slide] "r"(slide), [step] "r"(step), [row] "r"(row),                                   \
          [middle_row] "r"(row - (columns) * step)                                                \
        : DSP_FLOAT_CLOBBERS);                                                                    \
  }

// The columns between the second and the last but one.
DEFINE_SLIDE(slide_by_one, SLIDE_ROW_1, 2)
DEFINE_SLIDE(slide_by_two, SLIDE_ROW_2, 4)

// Whether the last tap of the last output along a dimension is at most one outside, and the first
// of the first, and none is outside alone.
static inline int slides_along(int32_t outputs, int32_t stride, int32_t pad, int32_t input) {
  const int32_t last = (outputs - 1) * stride - pad + kSlideTaps - 1;
  return pad >= 0 && pad <= 1 && last <= input && input >= kSlideTaps - 1;
}

// Images without padding are left to what goes pixel by pixel, and so are four columns, of which
// half would be computed twice.
static inline int slides(const struct bl_typed_depthwise_conv_2d_params* typed) {
  const struct bl_conv_2d_params* p = &typed->depthwise.conv;
  const int is_padded = p->pad_top > 0 || p->pad_left > 0 ||
                        (p->output_h - 1) * p->stride_h + kSlideTaps > p->input_h ||
                        (p->output_w - 1) * p->stride_w + kSlideTaps > p->input_w;
  return is_padded && p->filter_h == kSlideTaps && p->filter_w == kSlideTaps &&
         p->dilation_h == 1 && p->dilation_w == 1 && p->stride_w <= 2 &&
         p->output_w >= kSlidePixels && p->output_w != kSlidePixels + 1 &&
         slides_along(p->output_h, p->stride_h, p->pad_top, p->input_h) &&
         slides_along(p->output_w, p->stride_w, p->pad_left, p->input_w) &&
         dsp_is_unbounded(typed->activation);
}

// All channels of some groups.
static inline void slide_groups(const struct bl_conv_2d_params* p, struct slide* slide,
                                const float* image, float* output, const float* filter,
                                const float* bias, const struct slide_group* groups) {
  const int32_t step = p->input_c * (int32_t)sizeof(float);
  for (int32_t two = 0; two < p->input_c; two += kSlideChannels) {
    // The last channel is computed together with the one before it, again.
    const int32_t c = two + kSlideChannels <= p->input_c ? two : p->input_c - kSlideChannels;
    slide->input = image + c;
    slide->output = output + c;
    slide->bias = dsp_bias_at(bias, c);
    if (p->stride_w == 1) {
      slide_by_one(slide, groups, filter + c, step, p->input_w * step);
    } else {
      slide_by_two(slide, groups, filter + c, step, p->input_w * step);
    }
  }
}

// One image. Returns 0 where an output may be no number or infinite: then all are to be computed in
// another way.
static inline int slide_image(const struct bl_typed_depthwise_conv_2d_params* typed,
                              const float* image, float* output, const float* filter,
                              const float* bias) {
  const struct bl_conv_2d_params* p = &typed->depthwise.conv;
  const int32_t step = p->input_c * (int32_t)sizeof(float);
  struct slide_group groups[kSlideGroups];
  struct slide slide = {.zeros = kDspFloatZeros,
                        .last_column = (kSlidePixels - 1) * p->stride_w * step + step,
                        .is_rectified = typed->activation.min == 0};
  int32_t count = 0;
  for (int32_t y = 0; y < p->output_h; ++y) {
    const int32_t top = y * p->stride_h - p->pad_top;
    const int32_t vertical =
        (top < 0 ? kSlideTop : 0) | (top + kSlideTaps > p->input_h ? kSlideBottom : 0);
    for (int32_t three = 0; three < p->output_w; three += kSlidePixels) {
      const int32_t x = three + kSlidePixels <= p->output_w ? three : p->output_w - kSlidePixels;
      const int32_t left = x * p->stride_w - p->pad_left;
      const int32_t right = left + (kSlidePixels - 1) * p->stride_w + kSlideTaps;
      groups[count++] = (struct slide_group){
          .from = ((top < 0 ? 0 : top) * p->input_w + left + 1) * step,
          .to = (y * p->output_w + x) * step,
          .edges = vertical | (left < 0 ? kSlideLeft : 0) | (right > p->input_w ? kSlideRight : 0)};
      const int is_last = y == p->output_h - 1 && three + kSlidePixels >= p->output_w;
      if (count < kSlideGroups && !is_last) continue;
      slide.end = groups + count;
      slide_groups(p, &slide, image, output, filter, bias, groups);
      count = 0;
    }
  }
  return slide.all - slide.all == 0;
}

#endif

#endif  // BOARDLESS_KERNELS_DSP_DEPTHWISE_SLIDE_H_
