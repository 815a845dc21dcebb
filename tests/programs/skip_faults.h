/* Code that is to fault, on a stack of its own: what fault it was is printed, and the program goes
 * on behind it. */
#pragma once

#include "program.h"

/* Goes on at `resume` in privileged Thread mode after each fault. */
static void* volatile resume;
static const char* volatile doing;
__attribute__((used)) static void show_and_skip(uint32_t* frame) {
  uint32_t number;
  __asm__ volatile("mrs %0, ipsr" : "=r"(number));
  print(doing);
  print_hex(number);
  print_hex(CFSR);
  print_hex(HFSR);
  print_hex(frame[7] & 1u << 24);
  print("\n");
  CFSR = CFSR;
  HFSR = HFSR;
  frame[6] = (uint32_t)resume;
  frame[7] = (frame[7] & 0x1ff) | 1u << 24;
  uint32_t control = 0;
#if __ARM_ARCH_8M_MAIN__
  __asm__ volatile("msr psplim, %0" ::"r"(control));
#endif
  __asm__ volatile("mrs %0, control\n bic %0, #1\n msr control, %0" : "+r"(control));
}
/* To the process stack; instead of 0xffffff70, which is none. */
#if __ARM_ARCH_8M_MAIN__
#define RIGHT_RETURN "0xffffffbc"
#else
#define RIGHT_RETURN "0xfffffffd"
#endif
#define SKIPPING(name)                                                             \
  __attribute__((naked)) void name(void) {                                         \
    __asm__ volatile("cmn lr, #144\n it eq\n ldreq lr, =" RIGHT_RETURN             \
                     "\n"                                                          \
                     "tst lr, #4\n ite eq\n mrseq r0, msp\n mrsne r0, psp\n"       \
                     "push {r4, lr}\n bl show_and_skip\n pop {r4, pc}\n .pool\n"); \
  }
SKIPPING(hard_fault)
SKIPPING(memory_fault)
SKIPPING(bus_fault)
SKIPPING(usage_fault)

/* The code between runs on the process stack, so that a fault leaves this one as it was. */
static uint32_t process_stack[64] __attribute__((aligned(8)));
#define FAULTS(name, code)                                                          \
  doing = name " ";                                                                 \
  __asm__ volatile(                                                                 \
      "ldr r0, =1f\n orr r0, #1\n str r0, [%0]\n"                                   \
      "msr psp, %1\n mrs r0, control\n orr r0, #2\n msr control, r0\n isb\n" code   \
      "\n nop\n"                                                                    \
      ".balign 4\n1: mrs r0, control\n bic r0, #2\n msr control, r0\n isb\n b 2f\n" \
      ".pool\n2:\n" ::"r"(&resume),                                                 \
      "r"(process_stack + 64)                                                       \
      : "r0", "r1", "r2", "r3", "r12", "lr", "memory")
