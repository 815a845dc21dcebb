/* Faults: which exception is taken, and what the status registers say. */
#include "program.h"

static void show(const char* name) {
  uint32_t number;
  __asm__ volatile("mrs %0, ipsr" : "=r"(number));
  print(name);
  print_hex(number);
  print_hex(CFSR);
  print_hex(HFSR);
  print("\n");
  CFSR = CFSR;
  HFSR = HFSR;
}

static const char* volatile doing;
/* Goes on after the faulting instruction, which is `length` bytes long. */
static volatile uint32_t length;
__attribute__((used)) static void skip(uint32_t* frame) {
  show(doing);
  frame[6] += length;
}
#define SKIPPING(name)                                                         \
  __attribute__((naked)) void name(void) {                                     \
    __asm__ volatile("mov r0, sp\n push {r4, lr}\n bl skip\n pop {r4, pc}\n"); \
  }
SKIPPING(hard_fault)
SKIPPING(bus_fault)
SKIPPING(usage_fault)

static void load_nowhere(void) {
  __asm__ volatile("mov r3, #0x60000000\n ldr.w r3, [r3]" ::: "r3");
}

void program(void) {
  doing = "escalated ";
  length = 4;
  load_nowhere();
  SHCSR |= 7 << 16;
  doing = "bus ";
  load_nowhere();
  print_hex(BFAR);
  print("\n");
  doing = "undefined ";
  length = 2;
  __asm__ volatile("udf #1");
  doing = "divide ";
  length = 4;
  CCR |= 1 << 4;
  uint32_t zero = 0, one = 1;
  __asm__ volatile("udiv %0, %1, %0" : "+r"(zero) : "r"(one));
  doing = "unaligned ";
  CCR |= 1 << 3;
  __asm__ volatile("ldr.w r3, [%0, #1]" ::"r"(0x20000000) : "r3");
  doing = "no fp ";
  CPACR = 0;
  __asm__ volatile("dsb\n isb\n vmov.f32 s3, #1.0" ::: "s3");
  doing = "masked ";
  __asm__ volatile("cpsid i");
  length = 0; /* an SVC returns behind itself */
  __asm__ volatile("svc #0");
  print("locks up\n");
  __asm__ volatile("cpsid f");
  load_nowhere();
  leave(1);
}
