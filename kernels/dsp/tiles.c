// The tiles' loops in assembly: all fourteen registers hold operands, which no compiler manages.
//
// Registers in the loop: r0 a, r1 b0, r2 b1, r4..r7 sums (a0 b0, a1 b0, a0 b1, a1 b1), others
// temporary. Whatever else a tile needs lies in the stack frame, a copy of the caller's struct.
#include "kernels/dsp/tiles.h"

// clang-format off: one instruction a line

// Four taps. The six loads follow each other so that they pipeline, with no address updated by the
// load before; every instruction is four bytes long, so the loads stay aligned.
#define STEP                    \
  "ldr.w r8, [r0, #4]\n\t"      \
  "ldr.w r9, [r0, #8]\n\t"      \
  "ldr.w r10, [r0, #12]\n\t"    \
  "ldr.w r11, [r1], #4\n\t"     \
  "ldr.w r12, [r2], #4\n\t"     \
  "ldr.w r3, [r0], #16\n\t"     \
  "sxtb16 lr, r11\n\t"          \
  "smlad r4, lr, r3, r4\n\t"    \
  "smlad r5, lr, r8, r5\n\t"    \
  "sxtb16 lr, r12\n\t"          \
  "smlad r6, lr, r3, r6\n\t"    \
  "smlad r7, lr, r8, r7\n\t"    \
  "sxtb16 r11, r11, ror #8\n\t" \
  "sxtb16 r12, r12, ror #8\n\t" \
  "smlad r4, r11, r9, r4\n\t"   \
  "smlad r5, r11, r10, r5\n\t"  \
  "smlad r6, r12, r9, r6\n\t"   \
  "smlad r7, r12, r10, r7\n\t"

// `steps` becomes the address at which the unrolled loop is entered, so that any number of steps
// needs no second loop. 72 is the size of a step.
#define ENTRY_OF_STEPS(steps)        \
  "rsb " steps ", " steps ", #0\n\t" \
  "and " steps ", " steps ", #7\n\t" \
  "mov lr, #72\n\t"                  \
  "mul " steps ", " steps ", lr\n\t" \
  "adr lr, 1f\n\t"                   \
  "add " steps ", lr\n\t"            \
  "orr " steps ", #1\n\t"

// The loop, left when r0 has reached the end of the whole steps. Continues at 2, or at 4 if the
// frame's `a_end` is one short of the end: then there is a tail, or the sums are wanted raw.
#define LOOP(end)                         \
  ".balign 4\n"                           \
  "1:\n\t"                                \
  STEP STEP STEP STEP STEP STEP STEP STEP \
  "ldr.w r3, [sp, #" end "]\n\t"          \
  "cmp r0, r3\n\t"                        \
  "blo 1b\n\t"                            \
  "bhi 4f\n"

#define SPECIAL(tail_adjust, raw)        \
  ".balign 4\n"                          \
  "4:\n\t"                               \
  "ldr.w r3, [sp, #" tail_adjust "]\n\t" \
  "cmp r3, #0\n\t"                       \
  "beq 5f\n\t"                           \
  "add r1, r3\n\t"                       \
  "add r2, r3\n\t"                       \
  ".balign 4\n\t"                        \
  STEP                                   \
  "5:\n\t"                               \
  "ldr.w r3, [sp, #" raw "]\n\t"         \
  "cmp r3, #0\n\t"                       \
  "beq 2b\n\t"                           \
  "stmia r3, {r4-r7}\n\t"                \
  "b 3b\n\t"

// dsp_requantize_doubled of a sum in place.
#define REQUANTIZE(sum, multiplier, power, offset)     \
  "smmulr " sum ", " sum ", " multiplier "\n\t"        \
  "add.w " sum ", " sum ", " sum ", asr #31\n\t"       \
  "smmlar " sum ", " sum ", " power ", " offset "\n\t" \
  "ssat " sum ", #8, " sum "\n\t"

// clang-format on

__attribute__((naked)) void dsp_run_pixel_tiles(const struct dsp_pixel_tiles* tiles
                                                __attribute__((unused)),
                                                const int8_t* b0 __attribute__((unused)),
                                                const int8_t* b1 __attribute__((unused))) {
  __asm__(
      "push {r4-r11, lr}\n\t"
      "sub sp, #64\n\t"
      "ldmia r0!, {r3-r12}\n\t"  // r6: whole_steps
      ENTRY_OF_STEPS("r6")
      "stmia.w sp, {r3-r12}\n\t"
      "ldmia r0, {r3-r8}\n\t"
      "add r10, sp, #40\n\t"
      "stmia r10, {r3-r8}\n"
      "0:\n\t"
      "ldmia.w sp, {r0, r4, r5, lr}\n\t"
      "mov r6, r4\n\t"
      "mov r7, r5\n\t"
      "bx lr\n\t"
      LOOP("16")
      "2:\n\t"
      "ldr.w r3, [sp, #20]\n\t"   // multiplier0
      "ldr.w r8, [sp, #24]\n\t"   // power0
      "ldr.w r11, [sp, #36]\n\t"  // output_offset
      "ldr.w r9, [sp, #28]\n\t"   // multiplier1
      "ldr.w r10, [sp, #32]\n\t"  // power1
      "ldr.w r12, [sp, #40]\n\t"  // output
      "ldr.w r0, [sp, #44]\n\t"   // output_step
      "ldr.w lr, [sp, #48]\n\t"   // b_advance
      REQUANTIZE("r4", "r3", "r8", "r11")
      REQUANTIZE("r5", "r9", "r10", "r11")
      "strb.w r4, [r12]\n\t"
      "strb.w r5, [r12, #1]\n\t"
      "add r12, r0\n\t"
      REQUANTIZE("r6", "r3", "r8", "r11")
      REQUANTIZE("r7", "r9", "r10", "r11")
      "ldr.w r3, [sp, #52]\n\t"  // tiles
      "strb.w r6, [r12]\n\t"
      "strb.w r7, [r12, #1]\n\t"
      "add r12, r0\n\t"
      "add r1, lr\n\t"
      "add r2, lr\n\t"
      "subs r3, #1\n\t"
      "str.w r3, [sp, #52]\n\t"
      "str.w r12, [sp, #40]\n\t"
      "bne 0b\n"
      "3:\n\t"
      "add sp, #64\n\t"
      "pop {r4-r11, pc}\n"
      SPECIAL("56", "60"));
}

__attribute__((naked)) void dsp_run_channel_tiles(const struct dsp_channel_tiles* tiles
                                                  __attribute__((unused)),
                                                  const int8_t* b0 __attribute__((unused)),
                                                  const int8_t* b1 __attribute__((unused))) {
  __asm__(
      "push {r4-r11, lr}\n\t"
      "sub sp, #44\n\t"
      "ldmia r0!, {r3-r12}\n\t"  // r4: whole_steps
      ENTRY_OF_STEPS("r4")
      "stmia.w sp, {r3-r12}\n\t"
      "ldr r3, [r0]\n\t"
      "str r3, [sp, #40]\n"
      "0:\n\t"
      "ldr.w r3, [sp, #8]\n\t"  // channels
      "ldr.w r0, [sp]\n\t"
      "ldr.w lr, [sp, #4]\n\t"
      "ldr.w r4, [r3]\n\t"       // bias of channel 0
      "ldr.w r6, [r3, #12]\n\t"  // bias of channel 1
      "mov r5, r4\n\t"
      "mov r7, r6\n\t"
      "bx lr\n\t"
      LOOP("12")
      "2:\n\t"
      "ldr.w r3, [sp, #8]\n\t"    // channels
      "ldr.w r12, [sp, #20]\n\t"  // output
      "ldr.w r11, [sp, #16]\n\t"  // output_offset
      "ldr.w r0, [sp, #24]\n\t"   // output_step
      "ldr.w r8, [r3, #4]\n\t"    // multiplier and power of channel 0, then of channel 1
      "ldr.w r9, [r3, #8]\n\t"
      "ldr.w r10, [r3, #16]\n\t"
      "ldr.w lr, [r3, #20]\n\t"
      "add r3, #24\n\t"
      "str.w r3, [sp, #8]\n\t"
      "lsls r4, r4, #1\n\t"
      "lsls r6, r6, #1\n\t"
      REQUANTIZE("r4", "r8", "r9", "r11")
      REQUANTIZE("r6", "r10", "lr", "r11")
      "lsls r5, r5, #1\n\t"
      "lsls r7, r7, #1\n\t"
      "strb.w r4, [r12]\n\t"
      "strb.w r6, [r12, #1]\n\t"
      "add r0, r12\n\t"
      "add r12, #2\n\t"
      REQUANTIZE("r5", "r8", "r9", "r11")
      REQUANTIZE("r7", "r10", "lr", "r11")
      "ldr.w r3, [sp, #32]\n\t"  // tiles
      "ldr.w r8, [sp, #28]\n\t"  // b_advance
      "strb.w r5, [r0]\n\t"
      "strb.w r7, [r0, #1]\n\t"
      "str.w r12, [sp, #20]\n\t"
      "add r1, r8\n\t"
      "add r2, r8\n\t"
      "subs r3, #1\n\t"
      "str.w r3, [sp, #32]\n\t"
      "bne 0b\n"
      "3:\n\t"
      "add sp, #44\n\t"
      "pop {r4-r11, pc}\n"
      SPECIAL("36", "40"));
}
