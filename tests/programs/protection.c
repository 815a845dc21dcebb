/* What the memory protection unit refuses beside loads and stores as they are: accesses as
 * unprivileged code would make them, and the frames of exceptions. */
#include "skip_faults.h"

#define MPU_CTRL REGISTER(0xe000ed94)
#define MPU_RNR REGISTER(0xe000ed98)
#define MPU_RBAR REGISTER(0xe000ed9c)
#define MPU_RASR REGISTER(0xe000eda0) /* Armv8-M: RLAR */

static volatile uint32_t guarded[64] __attribute__((aligned(256), used));

enum who { PRIVILEGED, EVERYONE };
static void guard(enum who who) {
  MPU_RNR = 0;
#if __ARM_ARCH_8M_MAIN__
  MPU_RBAR = (uint32_t)guarded | who << 1 | 1;
  MPU_RASR = ((uint32_t)guarded + 224) | 1;
#else
  MPU_RBAR = (uint32_t)guarded;
  MPU_RASR = 1 << 28 | (who == EVERYONE ? 3 : 1) << 24 | 7 << 1 | 1;
#endif
  __asm__ volatile("dsb\n isb");
}

/* Flash is read and executed by all; the rest is the default map, for privileged code alone. */
static void enable(void) {
  MPU_RNR = 1;
  MPU_RBAR = 0;
#if __ARM_ARCH_8M_MAIN__
  MPU_RBAR = 3 << 1;
  MPU_RASR = 0xffe0 | 1;
#else
  MPU_RASR = 6 << 24 | 15 << 1 | 1;
#endif
  MPU_CTRL = 5;
  __asm__ volatile("dsb\n isb");
}

/* Takes back what it was called with, or gives the caller its privilege. */
static volatile int takes_back;
void supervisor_call(void) {
  print("call\n");
  if (takes_back) {
    guard(PRIVILEGED);
  } else {
    __asm__ volatile("mrs r0, control\n bic r0, #1\n msr control, r0\n isb" ::: "r0");
  }
}

#define AS_USER(instruction) \
  FAULTS(instruction, "ldr r0, =guarded+4\n mov r1, #9\n " instruction " r1, [r0]")
static void access_as_user(void) {
  guarded[1] = 0x8281;
  AS_USER("ldrt");
  AS_USER("ldrht");
  AS_USER("ldrsht");
  AS_USER("ldrbt");
  AS_USER("ldrsbt");
  AS_USER("strt");
  AS_USER("strht");
  AS_USER("strbt");
  print("held ");
  print_hex(guarded[1]);
  print_hex(REGISTER(0xe000ed34)); /* MMFAR */
  print("\n");
  FAULTS("default map", "ldr r0, =0x20007000\n ldrt r1, [r0]");
  guard(EVERYONE);
  uint32_t word, half;
  __asm__ volatile("strbt %2, [%3]\n ldrt %0, [%3]\n ldrsht %1, [%3]"
                   : "=&r"(word), "=&r"(half)
                   : "r"(0x77), "r"(guarded + 1)
                   : "memory");
  print("open ");
  print_hex(word);
  print_hex(half);
  print("\n");
}

#define CALL_AS_USER \
  "ldr r0, =guarded+256\n msr psp, r0\n mov r0, #3\n msr control, r0\n isb\n svc #0"
static void clear(void) {
  for (int i = 0; i < 64; ++i) guarded[i] = 0;
}

static void stack_frames(void) {
  SHPR2 = 0xff000000; /* SVCall comes after MemManage */
  clear();
  guard(PRIVILEGED);
  FAULTS("stacking", CALL_AS_USER);
  SHCSR &= ~(1u << 16);
  clear();
  FAULTS("stacking", CALL_AS_USER);
  SHCSR |= 1 << 16;
  SHPR2 = 0; /* as urgent as MemManage, which waits */
  clear();
  FAULTS("stacking", CALL_AS_USER);
  guard(EVERYONE);
  FAULTS("no fault", CALL_AS_USER);
  takes_back = 1;
  FAULTS("unstacking", CALL_AS_USER);
  takes_back = 0;
}

void program(void) {
  SHCSR |= 7 << 16;
  FAULTS("system", "ldr r0, =0xe000ed00\n ldrt r0, [r0]");
  guard(PRIVILEGED);
  enable();
  access_as_user();
  stack_frames();
  leave(0);
}
