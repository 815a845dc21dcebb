// Four rows of weights that share every input, for cores without SIMD.
#ifndef BOARDLESS_KERNELS_SCALAR_ROWS_H_
#define BOARDLESS_KERNELS_SCALAR_ROWS_H_

#include <stdint.h>

#include "kernels/scalar/high_registers.h"

enum { kScalarRows = 4 };

// A row of inputs, and by how much each is larger.
struct scalar_inputs {
  const int8_t* values;
  int32_t depth, offset;
};

#ifdef __ARM_ARCH_6M__
// clang-format off: one instruction a line
#define ROW(row, sum)              \
  "ldrsb r5, [" row ", r3]\n\t"    \
  "muls r5, r4, r5\n\t"            \
  "add " sum ", r5\n\t"
#define TAP                        \
  "ldrsb r4, [r0, r3]\n\t"         \
  "add r4, r12\n\t"                \
  ROW("r1", "r8") ROW("r2", "r9") ROW("r6", "r10") ROW("r7", "r11") \
  "adds r3, #1\n\t"

// Adds to the sums of `kScalarRows` rows, `step` bytes apart. In assembly, because compilers do not add
// to high registers.
//
// Registers: r0 end of the inputs, r1, r2, r6 and r7 of the rows, r3 minus the taps that are left,
// r4 an input, r5 a weight, r8..r11 sums, r12 offset.
__attribute__((naked)) static void scalar_add_rows(
    int32_t* sums __attribute__((unused)), const struct scalar_inputs* inputs __attribute__((unused)),
    const int8_t* weights __attribute__((unused)), int32_t step __attribute__((unused))) {
  __asm__(
      ".syntax unified\n\t"
      "push {r0, r4-r7, lr}\n\t"
      PUSH_HIGH_REGISTERS
      "ldmia r0!, {r4-r7}\n\t"
      "mov r8, r4\n\t"
      "mov r9, r5\n\t"
      "mov r10, r6\n\t"
      "mov r11, r7\n\t"
      "ldmia r1!, {r0, r4, r5}\n\t"
      "mov r12, r5\n\t"
      "adds r0, r0, r4\n\t"
      "adds r1, r2, r4\n\t"
      "adds r2, r1, r3\n\t"
      "adds r6, r2, r3\n\t"
      "adds r7, r6, r3\n\t"
      "rsbs r3, r4, #0\n\t"
      "beq 3f\n"
      "1:\n\t"
      "lsls r4, r3, #30\n\t"
      "beq 2f\n\t" TAP
      "b 1b\n\t"
      ".balign 4\n"
      "4:\n\t" TAP TAP TAP TAP
      "2:\n\t"
      "cmp r3, #0\n\t"
      "bne 4b\n"
      "3:\n\t"
      "mov r0, r8\n\t"
      "mov r1, r9\n\t"
      "mov r2, r10\n\t"
      "mov r3, r11\n\t"
      POP_HIGH_REGISTERS
      "pop {r4}\n\t"
      "stmia r4!, {r0-r3}\n\t"
      "pop {r4-r7, pc}\n\t"
      ".syntax divided\n\t");
}
// clang-format on
#undef ROW
#undef TAP
#else
// Adds to the sums of `kScalarRows` rows, `step` bytes apart.
static __attribute__((noinline)) void scalar_add_rows(int32_t* sums,
                                                      const struct scalar_inputs* inputs,
                                                      const int8_t* w0, int32_t step) {
  const int8_t* input = inputs->values;
  const int8_t* const end = input + inputs->depth;
  const int8_t* const even_end = input + (inputs->depth & ~1);
  const int8_t *w1 = w0 + step, *w2 = w1 + step, *w3 = w2 + step;
  const int32_t offset = inputs->offset;
  int32_t s0 = sums[0], s1 = sums[1], s2 = sums[2], s3 = sums[3];
#define TAP(i)                           \
  {                                      \
    const int32_t x = input[i] + offset; \
    s0 += w0[i] * x;                     \
    s1 += w1[i] * x;                     \
    s2 += w2[i] * x;                     \
    s3 += w3[i] * x;                     \
  }
  for (; input != even_end; input += 2, w0 += 2, w1 += 2, w2 += 2, w3 += 2) {
    TAP(0) TAP(1)
  }
  if (input != end) TAP(0)
#undef TAP
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
}
#endif

#endif  // BOARDLESS_KERNELS_SCALAR_ROWS_H_
