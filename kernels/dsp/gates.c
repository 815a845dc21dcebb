// The loop over units in assembly, because compilers spill some of its fourteen operands.
//
// Registers: r0 values, r1..r4 rows, r5..r8 sums, others temporary.
#include "kernels/dsp/gates.h"

#include "kernels/abi.h"

// clang-format off: one instruction a line

// Two rows: r11 and r12 hold four bytes of each.
#define TWO_ROWS(sum0, sum1)              \
  "sxtb16 lr, r11\n\t"                    \
  "sxtb16 r11, r11, ror #8\n\t"           \
  "smlad " sum0 ", lr, r9, " sum0 "\n\t"  \
  "sxtb16 lr, r12\n\t"                    \
  "sxtb16 r12, r12, ror #8\n\t"           \
  "smlad " sum0 ", r11, r10, " sum0 "\n\t" \
  "smlad " sum1 ", lr, r9, " sum1 "\n\t"  \
  "smlad " sum1 ", r12, r10, " sum1 "\n\t"

// Every instruction is four bytes long.
#define STEP                \
  "ldr.w r10, [r0, #4]\n\t" \
  "ldr.w r11, [r1], #4\n\t" \
  "ldr.w r12, [r2], #4\n\t" \
  "ldr.w r9, [r0], #8\n\t"  \
  TWO_ROWS("r5", "r6")      \
  "ldr.w r11, [r3], #4\n\t" \
  "ldr.w r12, [r4], #4\n\t" \
  TWO_ROWS("r7", "r8")

// On the stack: where the values begin and end, where a unit begins in the code and where its whole
// steps do, the next sums and their end, and what a first step has too much.
#define VALUES_END "[sp]"
#define VALUES "[sp, #4]"
#define UNIT "[sp, #8]"
#define WHOLE_STEPS "[sp, #12]"
#define SUMS "[sp, #16]"
#define SUMS_END "[sp, #20]"
#define BACK "[sp, #24]"
#define FRAME "28"

BL_ADDED_KERNEL(dsp_run_gates)
__attribute__((naked)) void dsp_run_gates(int32_t* sums __attribute__((unused)),
                                          const uint32_t* values __attribute__((unused)),
                                          const int8_t* const* rows __attribute__((unused)),
                                          int32_t depth __attribute__((unused)),
                                          int32_t units __attribute__((unused))) {
  __asm__(
      "push {r4-r11, lr}\n\t"
      "sub sp, #" FRAME "\n\t"
      "str r0, " SUMS "\n\t"
      "str r1, " VALUES "\n\t"
      "ldr r4, [sp, #64]\n\t"  // units
      "add r4, r0, r4, lsl #4\n\t"
      "str r4, " SUMS_END "\n\t"
      // The unrolled loop is entered where the rest of the steps begins; 88 is the size of a step.
      "lsr r4, r3, #2\n\t"
      "rsb r5, r4, #0\n\t"
      "and r5, r5, #7\n\t"
      "mov r6, #88\n\t"
      "mul r5, r5, r6\n\t"
      "adr r6, 3f\n\t"
      "add r5, r6\n\t"
      "orr r5, r5, #1\n\t"
      "str r5, " WHOLE_STEPS "\n\t"
      // A depth that is no multiple of four begins with a step of its own.
      "ands r3, r3, #3\n\t"
      "beq 1f\n\t"
      "add r4, r4, #1\n\t"
      "rsb r3, r3, #4\n\t"
      "str r3, " BACK "\n\t"
      "adr r5, 2f\n\t"
      "orr r5, r5, #1\n"
      "1:\n\t"
      "add r4, r1, r4, lsl #3\n\t"
      "str r4, " VALUES_END "\n\t"
      "str r5, " UNIT "\n\t"
      "ldmia r2, {r1-r4}\n\t"
      ".balign 4\n"
      "0:\n\t"
      "ldr lr, " UNIT "\n\t"
      "ldr r0, " VALUES "\n\t"
      "mov.w r5, #0\n\t"
      "mov.w r6, #0\n\t"
      "mov.w r7, #0\n\t"
      "mov.w r8, #0\n\t"
      "bx lr\n\t"
      ".balign 4\n"
      "2:\n\t" STEP
      "ldr r11, " BACK "\n\t"
      "ldr lr, " WHOLE_STEPS "\n\t"
      "sub.w r1, r1, r11\n\t"
      "sub.w r2, r2, r11\n\t"
      "sub.w r3, r3, r11\n\t"
      "sub.w r4, r4, r11\n\t"
      "bx lr\n\t"
      ".balign 4\n"
      "3:\n\t" STEP STEP STEP STEP STEP STEP STEP STEP
      "ldr.w r11, " VALUES_END "\n\t"
      "cmp r0, r11\n\t"
      "bne 3b\n\t"
      "ldr r11, " SUMS "\n\t"
      "ldr r12, " SUMS_END "\n\t"
      "stmia r11!, {r5-r8}\n\t"
      "cmp r11, r12\n\t"
      "str r11, " SUMS "\n\t"
      "bne 0b\n\t"
      "add sp, #" FRAME "\n\t"
      "pop {r4-r11, pc}\n\t");
}
// clang-format on
