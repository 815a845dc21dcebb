// Dot products of float rows in the reference's order, several at a time: the sums are independent,
// so that each may wait for its own while the others go on. Without a floating-point unit, in C.
#ifndef BOARDLESS_KERNELS_DSP_FLOAT_ROWS_H_
#define BOARDLESS_KERNELS_DSP_FLOAT_ROWS_H_

#include <stdint.h>

#include "kernels/dsp/simd.h"

enum { kDspFloatRows = 4 };

// clang-format off: one step a line

// Four products of one value; registers are numbers. And four sums.
#define DSP_FLOAT_PRODUCTS(value, w0, w1, w2, w3, p0, p1, p2, p3) \
  "vmul.f32 s" #p0 ", s" #value ", s" #w0 "\n\t"                  \
  "vmul.f32 s" #p1 ", s" #value ", s" #w1 "\n\t"                  \
  "vmul.f32 s" #p2 ", s" #value ", s" #w2 "\n\t"                  \
  "vmul.f32 s" #p3 ", s" #value ", s" #w3 "\n\t"
#define DSP_FLOAT_SUMS(s0, s1, s2, s3, p0, p1, p2, p3) \
  "vadd.f32 s" #s0 ", s" #s0 ", s" #p0 "\n\t"          \
  "vadd.f32 s" #s1 ", s" #s1 ", s" #p1 "\n\t"          \
  "vadd.f32 s" #s2 ", s" #s2 ", s" #p2 "\n\t"          \
  "vadd.f32 s" #s3 ", s" #s3 ", s" #p3 "\n\t"

#define DSP_FLOAT_CLOBBERS                                                                       \
  "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13", "s14", \
  "s15", "s16", "s17", "s18", "s19", "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27",     \
  "s28", "s29", "s30", "s31", "cc", "memory"

// Several values are loaded at a time, which takes a cycle each and one more. Four values of a place
// and of four rows of weights:
#define DSP_FLOAT_ROWS_LOOP                                 \
  "vldmia %[sums], {s24-s27}\n\t"                           \
  ".balign 4\n"                                             \
  "1:\n\t"                                                  \
  "vldmia %[values]!, {s0-s3}\n\t"                          \
  "vldmia %[w0]!, {s4-s7}\n\t"                              \
  "vldmia %[w1]!, {s8-s11}\n\t"                             \
  "vldmia %[w2]!, {s12-s15}\n\t"                            \
  "vldmia %[w3]!, {s16-s19}\n\t"                            \
  DSP_FLOAT_PRODUCTS(0, 4, 8, 12, 16, 20, 21, 22, 23)       \
  DSP_FLOAT_SUMS(24, 25, 26, 27, 20, 21, 22, 23)            \
  DSP_FLOAT_PRODUCTS(1, 5, 9, 13, 17, 20, 21, 22, 23)       \
  DSP_FLOAT_SUMS(24, 25, 26, 27, 20, 21, 22, 23)            \
  DSP_FLOAT_PRODUCTS(2, 6, 10, 14, 18, 20, 21, 22, 23)      \
  DSP_FLOAT_SUMS(24, 25, 26, 27, 20, 21, 22, 23)            \
  DSP_FLOAT_PRODUCTS(3, 7, 11, 15, 19, 20, 21, 22, 23)      \
  DSP_FLOAT_SUMS(24, 25, 26, 27, 20, 21, 22, 23)            \
  "subs %[steps], #1\n\t"                                   \
  "bne 1b\n\t"                                              \
  "vstmia %[sums], {s24-s27}"

// clang-format on

// Adds to each of four sums the products of `count` values with a row of weights; the rows are
// `stride` apart.
DSP_INLINE void dsp_add_float_rows(float* sums, const float* values, const float* weights,
                                   int32_t stride, int32_t count) {
  const float* w0 = weights;
  const float* w1 = w0 + stride;
  const float* w2 = w1 + stride;
  const float* w3 = w2 + stride;
#if defined(__ARM_FP)
  int32_t steps = count >> 2;
  count &= 3;
  if (steps) {
    __asm__ volatile(DSP_FLOAT_ROWS_LOOP
                     : [values] "+r"(values), [w0] "+r"(w0), [w1] "+r"(w1), [w2] "+r"(w2),
                       [w3] "+r"(w3), [steps] "+r"(steps)
                     : [sums] "r"(sums)
                     : DSP_FLOAT_CLOBBERS);
  }
#endif
  for (; count > 0; --count) {
    const float value = *values++;
    sums[0] += value * *w0++;
    sums[1] += value * *w1++;
    sums[2] += value * *w2++;
    sums[3] += value * *w3++;
  }
}

#endif  // BOARDLESS_KERNELS_DSP_FLOAT_ROWS_H_
