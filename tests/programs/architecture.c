/* Where the architecture faults or ignores: the Thumb bit, coprocessors, privilege, stack limits,
 * lazy FP state, events, returns that cannot be; and whether time passes meanwhile. */
#include "skip_faults.h"

#define SCR REGISTER(0xe000ed10)
#define CPUID REGISTER(0xe000ed00)

__attribute__((naked)) void supervisor_call(void) {
  __asm__ volatile("ldr r0, =0xffffff70\n bx r0\n .pool");
}

static volatile uint32_t ready_bits;
void line2(void) { ready_bits = FPCCR & 0x1ff; }

/* 32 bytes of RAM that can only be read, and are never executed. */
static void protect_memory(void) {
  REGISTER(0xe000ed98) = 0; /* MPU_RNR */
#if __ARM_ARCH_8M_MAIN__
  REGISTER(0xe000ed9c) = 0x20006020 | 3 << 1 | 1;
  REGISTER(0xe000eda0) = 0x20006020 | 1;
#else
  REGISTER(0xe000ed9c) = 0x20006020;
  REGISTER(0xe000eda0) = 1 << 28 | 6 << 24 | 4 << 1 | 1;
#endif
  REGISTER(0xe000ed94) = 5; /* MPU_CTRL: the default map for the rest */
  __asm__ volatile("dsb\n isb");
  REGISTER(0x2000601c) = 1;
  REGISTER(0x20006040) = REGISTER(0x20006020);
  FAULTS("protected", "ldr r0, =0x2000603c\n str r0, [r0]");
  print_hex(REGISTER(0xe000ed34)); /* MMFAR */
  print("\n");
  FAULTS("not executed", "ldr r0, =0x20006021\n bx r0");
  REGISTER(0xe000ed94) = 0;
  REGISTER(0x20006020) = 1;
}

/* Faults in Handler mode, where the program stays. */
static void even_vector(void) {
  static uint32_t table[48] __attribute__((aligned(256)));
  volatile uint32_t* const vtor = &REGISTER(0xe000ed08);
  for (int i = 0; i < 48; ++i) table[i] = ((volatile uint32_t*)0)[i];
  table[11] &= ~1u;
  *vtor = (uint32_t)table;
  __asm__ volatile("dsb\n isb");
  FAULTS("even vector", "svc #0");
}

/* What a counter says before and after ten NOPs. */
#define TEN_NOPS(address, before, after)                                           \
  __asm__ volatile(                                                                \
      "ldr %0, [%2]\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n" \
      "ldr %1, [%2]"                                                               \
      : "=&r"(before), "=r"(after)                                                 \
      : "r"(address))
static void count_within_a_block(void) {
  uint32_t first, second;
  DEMCR |= 1 << 24;
  DWT_CTRL |= 1;
  SYST_RVR = 0xffffff;
  SYST_CVR = 0;
  SYST_CSR = 5;
  print("ten nops ");
  TEN_NOPS(&DWT_CYCCNT, first, second);
  print_hex(second - first);
  TEN_NOPS(&SYST_CVR, first, second);
  print_hex(first - second);
  print("\n");
}

void program(void) {
  count_within_a_block();
  FAULTS("even blx", "ldr r3, =program\n bic r3, #1\n blx r3");
  FAULTS("even pop", "ldr r3, =program\n bic r3, #1\n push {r3}\n pop {pc}");
  SHCSR |= 7 << 16;
  FAULTS("even bx", "ldr r3, =program\n bic r3, #1\n bx r3");
  FAULTS("even load", "ldr r3, =program\n bic r3, #1\n push {r3}\n ldr pc, [sp], #4");
  SHCSR &= ~(7u << 16);
  SHCSR |= 7 << 16;
  protect_memory();
  FAULTS("coprocessor", ".inst.w 0xee100f10"); /* mrc p15, 0, r0, c0, c0, 0 */
  FAULTS("unprivileged", "mov r0, #3\n msr control, r0\n isb\n ldr r0, =0xe000ed00\n ldr r0, [r0]");
#if __ARM_ARCH_8M_MAIN__
  FAULTS("limit push", "ldr r0, =process_stack+192\n msr psplim, r0\n sub sp, #64\n push {r0}");
  FAULTS("limit sub", "ldr r0, =process_stack+192\n msr psplim, r0\n sub sp, #68");
  __asm__ volatile("msr psplim, %0" ::"r"(0));
  FAULTS("secure return", ".inst.n 0x4704"); /* bxns r0 */
  FAULTS("lazy load", ".inst.w 0xec300a00"); /* vlldm r0 */
  __asm__ volatile(".inst.w 0xe97fe97f");    /* sg */
#else
  CPACR |= 0xfu << 20;
  NVIC_ISER = 4;
  __asm__ volatile("vmov.f32 s0, #1.0\n str %0, [%1]\n dsb\n isb" ::"r"(4), "r"(&NVIC_ISPR)
                   : "s0", "memory");
  print("ready ");
  print_hex(ready_bits);
  print("\n");
  SCR = 1 << 4;
  NVIC_ICER = 1;
  __asm__ volatile("sev\n wfe"); /* nothing is left to wake for */
  NVIC_ISPR = 1;                 /* not enabled: pending alone is an event */
  __asm__ volatile("wfe");
  print("woke\n");
#endif
  SHCSR &= ~(7u << 16);
  FAULTS("bad return", "svc #0");
  even_vector();
  leave(0);
}
