// The loop over rows in assembly, because compilers spill some of its thirteen operands.
//
// Registers: r0 values, r1 row 0, r2 stride, r3 row 2, r4..r7 sums, lr end of the values, others
// temporary.
#include "kernels/dsp/rows.h"

// clang-format off: one instruction a line

// Two rows: r10 and r11 hold four bytes of each.
#define TWO_ROWS(sum0, sum1)              \
  "sxtb16 r12, r10\n\t"                   \
  "sxtb16 r10, r10, ror #8\n\t"           \
  "smlad " sum0 ", r12, r8, " sum0 "\n\t" \
  "sxtb16 r12, r11\n\t"                   \
  "sxtb16 r11, r11, ror #8\n\t"           \
  "smlad " sum0 ", r10, r9, " sum0 "\n\t" \
  "smlad " sum1 ", r12, r8, " sum1 "\n\t" \
  "smlad " sum1 ", r11, r9, " sum1 "\n\t"

// No load of a chain updates the address of the next one. Every instruction is four bytes long.
#define STEP                \
  "ldr.w r11, [r1, r2]\n\t" \
  "ldr.w r9, [r0, #4]\n\t"  \
  "ldr.w r10, [r1], #4\n\t" \
  "ldr.w r8, [r0], #8\n\t"  \
  TWO_ROWS("r4", "r5")      \
  "ldr.w r11, [r3, r2]\n\t" \
  "ldr.w r10, [r3]\n\t"     \
  "add.w r3, r3, #4\n\t"    \
  TWO_ROWS("r6", "r7")

// clang-format on

__attribute__((naked)) void dsp_run_rows(int32_t* sums __attribute__((unused)),
                                         const uint32_t* values __attribute__((unused)),
                                         const int8_t* rows __attribute__((unused)),
                                         int32_t stride __attribute__((unused)),
                                         int32_t steps __attribute__((unused))) {
  __asm__(
      "push {r0, r4-r11, lr}\n\t"
      "ldmia r0, {r4-r7}\n\t"
      "mov r0, r1\n\t"
      "mov r1, r2\n\t"
      "mov r2, r3\n\t"
      "add.w r3, r1, r2, lsl #1\n\t"
      "ldr r8, [sp, #40]\n\t"  // steps
      "add.w lr, r0, r8, lsl #3\n\t"
      // The unrolled loop is entered where the rest of the steps begins; 92 is the size of a step.
      "rsb r8, r8, #0\n\t"
      "and r8, r8, #3\n\t"
      "mov r9, #92\n\t"
      "mul r8, r8, r9\n\t"
      "adr r9, 1f\n\t"
      "add r8, r9\n\t"
      "orr r8, r8, #1\n\t"
      "bx r8\n\t"
      ".balign 4\n"
      "1:\n\t" STEP STEP STEP STEP
      "cmp r0, lr\n\t"
      "bne 1b\n\t"
      "pop {r0}\n\t"
      "stmia r0, {r4-r7}\n\t"
      "pop {r4-r11, pc}\n\t");
}
