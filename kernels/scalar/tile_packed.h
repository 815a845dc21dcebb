// The tile of packed rows: in assembly, because compilers spill what just fits the registers.
#ifndef BOARDLESS_KERNELS_SCALAR_TILE_PACKED_H_
#define BOARDLESS_KERNELS_SCALAR_TILE_PACKED_H_

#include <stddef.h>

#include "kernels/scalar/high_registers.h"
#include "kernels/scalar/tile.h"

#ifdef __ARM_ARCH_6M__
// clang-format off: one instruction a line

// A pair of taps in `x` of both channels. The last bit that ASRS shifts out is what rounds.
#define PAIR(x)              \
  "ldmia r1!, {r4, r5}\n\t"  \
  "muls r4, " x ", r4\n\t"   \
  "asrs r4, r4, #16\n\t"     \
  "adcs r6, r4\n\t"          \
  "muls r5, " x ", r5\n\t"   \
  "asrs r5, r5, #16\n\t"     \
  "adcs r7, r5\n\t"
#define STEP "ldmia r0!, {r2, r3}\n\t" PAIR("r2") PAIR("r3")

// Registers: r0 pixels, r1 weights, r2 and r3 pairs of the pixel, r4 and r5 of the weights, r6 and
// r7 sums; r8 end of the row, r9 its bytes, r10 start of the weights, r11 sums in memory, r12 end
// of the pixels, lr whether the steps are odd. On the stack: both biases.
__attribute__((naked)) static void scalar_run_packed(
    const struct scalar_tile* tile __attribute__((unused))) {
  _Static_assert(offsetof(struct scalar_tile, pixels) == 8 &&
                 offsetof(struct scalar_tile, row_bytes) == 12 &&
                 offsetof(struct scalar_tile, count) == 20 &&
                 offsetof(struct scalar_tile, bias) == 24 &&
                 offsetof(struct scalar_tile, sums) == 36 && kScalarTile == 16,
                 "the assembly knows the layout");
  __asm__(
      ".syntax unified\n\t"
      "push {r4-r7, lr}\n\t"
      PUSH_HIGH_REGISTERS
      "ldr r2, [r0, #24]\n\t"
      "ldr r3, [r0, #28]\n\t"
      "push {r2, r3}\n\t"
      "ldr r1, [r0, #0]\n\t"
      "mov r10, r1\n\t"
      "ldr r2, [r0, #36]\n\t"
      "mov r11, r2\n\t"
      "ldr r3, [r0, #12]\n\t"
      "mov r9, r3\n\t"
      "ldr r4, [r0, #20]\n\t"
      "ldr r0, [r0, #8]\n\t"
      "muls r4, r3, r4\n\t"
      "adds r4, r4, r0\n\t"
      "mov r12, r4\n\t"
      "movs r2, #8\n\t"
      "ands r2, r3\n\t"
      "mov lr, r2\n\t"
      ".balign 4\n"
      "1:\n\t"
      "ldr r6, [sp, #0]\n\t"
      "ldr r7, [sp, #4]\n\t"
      "mov r1, r10\n\t"
      "mov r2, r9\n\t"
      "adds r2, r2, r0\n\t"
      "mov r8, r2\n\t"
      "mov r2, lr\n\t"
      "cmp r2, #0\n\t"
      "bne 3f\n"
      "2:\n\t" STEP
      "3:\n\t" STEP
      "cmp r0, r8\n\t"
      "bne 2b\n\t"
      "mov r2, r11\n\t"
      "str r7, [r2, #64]\n\t"
      "stmia r2!, {r6}\n\t"
      "mov r11, r2\n\t"
      "cmp r0, r12\n\t"
      "bne 1b\n\t"
      "pop {r2, r3}\n\t"
      POP_HIGH_REGISTERS
      "pop {r4-r7, pc}\n\t"
      ".syntax divided\n\t");
}
// clang-format on
#undef PAIR
#undef STEP

#else
// clang-format off: one instruction a line

// A pair of taps of both pixels and channels; every wide instruction is on a word. No load of a
// chain updates the address of the next one.
#define PAIR(weights)                     \
  "ldr.w r3, [r0], #4\n\t"                \
  "ldr.w r5, [r2, #" weights "]\n\t"      \
  "ldr.n r6, [r2, #" weights " + 4]\n\t"  \
  "ldr.n r4, [r0, r1]\n\t"                \
  "mla r7, r3, r5, lr\n\t"                \
  "add.w r8, r8, r7, asr #16\n\t"         \
  "mla r7, r4, r5, lr\n\t"                \
  "add.w r9, r9, r7, asr #16\n\t"         \
  "mla r7, r3, r6, lr\n\t"                \
  "add.w r10, r10, r7, asr #16\n\t"       \
  "mla r7, r4, r6, lr\n\t"                \
  "add.w r11, r11, r7, asr #16\n\t"
#define STEP PAIR("0") PAIR("8") "add.w r2, r2, #16\n\t"

// Two pixels, `apart` bytes apart; 0 computes one twice.
//
// Registers: r0 pixels, r1 from the second pair of one pixel to the first of the other, r2 weights,
// r3 and r4 pairs of the pixels, r5 and r6 of the weights, r7 temporary, r8..r11 sums, r12 end of
// the row, lr 2^15.
__attribute__((naked)) static void run_two_pixels(
    const int32_t* pixels __attribute__((unused)), int32_t apart __attribute__((unused)),
    const struct scalar_tile* tile __attribute__((unused)),
    int32_t* sums __attribute__((unused))) {
  _Static_assert(offsetof(struct scalar_tile, row_bytes) == 12 &&
                     offsetof(struct scalar_tile, bias) == 24 && kScalarTile == 16,
                 "the assembly knows the layout");
  __asm__(
      "push {r3-r11, lr}\n\t"
      "ldr r8, [r2, #24]\n\t"
      "ldr r10, [r2, #28]\n\t"
      "ldr r12, [r2, #12]\n\t"
      "ldr r2, [r2]\n\t"
      "mov r9, r8\n\t"
      "mov r11, r10\n\t"
      "tst r12, #8\n\t"
      "add r12, r0\n\t"
      "sub.w r1, r1, #4\n\t"
      "mov.w lr, #32768\n\t"
      "bne 2f\n\t"
      ".balign 4\n"
      "1:\n\t" STEP
      "2:\n\t" STEP
      "cmp r0, r12\n\t"
      "bne 1b\n\t"
      "pop {r3}\n\t"
      "str r8, [r3]\n\t"
      "str r10, [r3, #64]\n\t"
      "cmn r1, #4\n\t"
      "beq 3f\n\t"
      "str r9, [r3, #4]\n\t"
      "str r11, [r3, #68]\n"
      "3:\n\t"
      "pop {r4-r11, pc}\n\t");
}
// clang-format on
#undef PAIR
#undef STEP

static void scalar_run_packed(const struct scalar_tile* tile) {
  const int32_t pairs = tile->row_bytes >> 2;
  const int32_t* pixel = tile->pixels;
  for (int32_t i = 0; i < tile->count; i += 2, pixel += 2 * pairs) {
    run_two_pixels(pixel, i + 1 < tile->count ? tile->row_bytes : 0, tile, tile->sums + i);
  }
}
#endif

#endif  // BOARDLESS_KERNELS_SCALAR_TILE_PACKED_H_
