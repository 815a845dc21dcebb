/* Vector table and reset of the test programs; a handler that a program lacks exits with its
 * number. */
#include "program.h"

extern uint32_t stack_top[], data_begin[], data_end[], data_load[], bss_begin[], bss_end[];
void program(void);

static void unexpected(void) {
  uint32_t number;
  __asm__ volatile("mrs %0, ipsr" : "=r"(number));
  leave(100 + number);
}

void reset(void) {
#if __ARM_FP
  CPACR |= 0xfu << 20;
#endif
  for (uint32_t *to = data_begin, *from = data_load; to != data_end;) *to++ = *from++;
  for (uint32_t* to = bss_begin; to != bss_end;) *to++ = 0;
  program();
  leave(0);
}

#define HANDLER(name) void name(void) __attribute__((weak, alias("unexpected")))
HANDLER(hard_fault);
HANDLER(memory_fault);
HANDLER(bus_fault);
HANDLER(usage_fault);
HANDLER(supervisor_call);
HANDLER(pend_sv);
HANDLER(tick);
HANDLER(line0);
HANDLER(line1);
HANDLER(line2);

__attribute__((section(".vectors"), used)) static void (*const vectors[])(void) = {
    (void (*)(void))stack_top,
    reset,
    unexpected,
    hard_fault,
    memory_fault,
    bus_fault,
    usage_fault,
    0,
    0,
    0,
    0,
    supervisor_call,
    unexpected,
    0,
    pend_sv,
    tick,
    line0,
    line1,
    line2};
