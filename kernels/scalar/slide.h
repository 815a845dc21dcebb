// Three taps of a filter that slide along a row of the input, whose products are added to a run of
// sums.
#ifndef BOARDLESS_KERNELS_SCALAR_SLIDE_H_
#define BOARDLESS_KERNELS_SCALAR_SLIDE_H_

#include <stdint.h>

#include "kernels/scalar/high_registers.h"
#include "kernels/scalar/requantize.h"

enum { kSlidingTaps = 3 };

// Three taps, and the input under the first of them: what the next outputs begin with. The assembly
// below loads them in this order.
struct three_taps {
  int32_t step, w0, w1, w2, offset, before;
};

#ifdef __ARM_ARCH_6M__
// clang-format off: one instruction a line
#define TAP(x, weight)        \
  "mov r3, " weight "\n\t"    \
  "muls r3, " x ", r3\n\t"    \
  "adds r2, r2, r3\n\t"
#define OUTPUT(first, second, third)      \
  "ldrsb " third ", [r0, r7]\n\t"         \
  "adds r0, r0, r7\n\t"                   \
  "add " third ", r11\n\t"                \
  "ldr r2, [r1]\n\t"                      \
  TAP(first, "r8") TAP(second, "r9") TAP(third, "r10") \
  "stmia r1!, {r2}\n\t"                   \
  "cmp r1, r12\n\t"                       \
  "beq 2f\n\t"

// `count` >= 1 outputs one input apart: two taps of one are taps of the next. `x` is the input
// under the second tap of the first. In assembly, because compilers move what does not fit the low
// registers to and fro.
//
// Registers: r0 the last input that was loaded, r1 sums, r2 a sum, r3 temporary, r4..r6 inputs, r7
// step, r8..r10 weights, r11 offset, r12 end of the sums.
__attribute__((naked)) static void slide_by_one(
    int32_t* sums __attribute__((unused)), int32_t count __attribute__((unused)),
    const int8_t* x __attribute__((unused)),
    const struct three_taps* taps __attribute__((unused))) {
  __asm__(
      ".syntax unified\n\t"
      "push {r4-r7, lr}\n\t"
      PUSH_HIGH_REGISTERS
      "lsls r1, r1, #2\n\t"
      "adds r1, r1, r0\n\t"
      "mov r12, r1\n\t"
      "mov r1, r0\n\t"
      "mov r0, r2\n\t"
      "ldmia r3!, {r7}\n\t"
      "ldmia r3!, {r2, r4, r5, r6}\n\t"
      "mov r8, r2\n\t"
      "mov r9, r4\n\t"
      "mov r10, r5\n\t"
      "mov r11, r6\n\t"
      "ldr r4, [r3]\n\t"
      "movs r5, #0\n\t"
      "ldrsb r5, [r0, r5]\n\t"
      "add r5, r11\n\t"
      ".balign 4\n"
      "1:\n\t"
      OUTPUT("r4", "r5", "r6") OUTPUT("r5", "r6", "r4") OUTPUT("r6", "r4", "r5")
      "b 1b\n"
      "2:\n\t"
      POP_HIGH_REGISTERS
      "pop {r4-r7, pc}\n\t"
      ".syntax divided\n\t");
}
// clang-format on
#undef TAP
#undef OUTPUT
#else
// `count` >= 1 outputs one input apart: two taps of one are taps of the next. `x` is the input
// under the second tap of the first.
static inline void slide_by_one(int32_t* sums, int32_t count, const int8_t* x,
                                const struct three_taps* taps) {
  const int32_t step = taps->step, offset = taps->offset;
  const int32_t w0 = taps->w0, w1 = taps->w1, w2 = taps->w2;
  int32_t a = taps->before, b = *x + offset;
#define OUTPUT(first, second, third) \
  x += step;                         \
  third = *x + offset;               \
  *sums++ += first * w0 + second * w1 + third * w2;
  for (; count >= kSlidingTaps; count -= kSlidingTaps) {
    int32_t c;
    OUTPUT(a, b, c)
    OUTPUT(b, c, a)
    OUTPUT(c, a, b)
  }
  for (; count > 0; --count) {
    int32_t c;
    OUTPUT(a, b, c)
    a = b;
    b = c;
  }
#undef OUTPUT
}
#endif

// The same two inputs apart: one tap in common.
static inline void slide_by_two(int32_t* sums, int32_t count, const int8_t* x,
                                const struct three_taps* taps) {
  const int32_t step = taps->step, offset = taps->offset;
  const int32_t w0 = taps->w0, w1 = taps->w1, w2 = taps->w2;
  int32_t a = taps->before;
  for (; count > 0; --count, x += 2 * step) {
    const int32_t b = *x + offset, c = x[step] + offset;
    *sums++ += a * w0 + b * w1 + c * w2;
    a = c;
  }
}

#endif  // BOARDLESS_KERNELS_SCALAR_SLIDE_H_
