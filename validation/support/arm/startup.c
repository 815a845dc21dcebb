// From reset to main on a Cortex-M, and from main's result to the process that runs the program.
#include <stdint.h>

#include "semihosting.h"

extern uint32_t data_load[], data_begin[], data_end[], bss_begin[], bss_end[], stack_top[];

int main(int argc, char** argv);

void reset_handler(void) {
  const uint32_t* from = data_load;
  for (uint32_t* to = data_begin; to != data_end; ++to) *to = *from++;
  for (uint32_t* to = bss_begin; to != bss_end; ++to) *to = 0;
#ifdef __ARM_FP
  // CPACR: full access to CP10 and CP11, the floating-point unit (Armv7-M ARM, B3.2.20).
  *(volatile uint32_t*)0xE000ED88u |= 0xFu << 20;
  __asm__ volatile("dsb\n\tisb");
#endif
  char* no_arguments[] = {0};
  semihosting_exit(main(0, no_arguments));
}

static void unexpected_exception(void) { semihosting_exit(255); }

// Armv6-M ARM B1.5.3, Armv7-M ARM B1.5.3: initial stack pointer, reset, exceptions 2 to 15.
__attribute__((section(".vectors"), used)) static const void* const vectors[16] = {
    stack_top,
    reset_handler,
    unexpected_exception,
    unexpected_exception,
    unexpected_exception,
    unexpected_exception,
    unexpected_exception,
    0,
    0,
    0,
    0,
    unexpected_exception,
    unexpected_exception,
    0,
    unexpected_exception,
    unexpected_exception,
};
