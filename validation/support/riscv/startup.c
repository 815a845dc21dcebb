// From reset to main on a 32-bit RISC-V core, and what the compiler may call without a C library.
#include <stddef.h>
#include <stdint.h>

#include "semihosting.h"

extern uint32_t data_load[], data_begin[], data_end[], bss_begin[], bss_end[];

int main(int argc, char** argv);

__attribute__((used, noreturn)) static void prepare_and_run(void) {
  const uint32_t* from = data_load;
  for (uint32_t* to = data_begin; to != data_end; ++to) *to = *from++;
  for (uint32_t* to = bss_begin; to != bss_end; ++to) *to = 0;
  char* no_arguments[] = {0};
  semihosting_exit(main(0, no_arguments));
}

__attribute__((used, aligned(64), section(".text.trap"))) static void trap_handler(void) {
  semihosting_exit(255);
}

__attribute__((naked, used, section(".entry"))) void reset_handler(void) {
  __asm__ volatile(
      ".option push\n\t.option norelax\n\t"
      "la gp, __global_pointer$\n\t"
      ".option pop\n\t"
      "la sp, stack_top\n\t"
      "la t0, trap_handler\n\t"
      "csrw mtvec, t0\n\t"
      "j prepare_and_run");
}

// The optimiser would turn the loops of these into calls of themselves.
__attribute__((optimize("no-tree-loop-distribute-patterns"))) void* memset(void* to, int value,
                                                                           size_t bytes) {
  for (unsigned char *p = to, *end = p + bytes; p != end; ++p) *p = (unsigned char)value;
  return to;
}

__attribute__((optimize("no-tree-loop-distribute-patterns"))) void* memcpy(void* to,
                                                                           const void* from,
                                                                           size_t bytes) {
  unsigned char* p = to;
  for (const unsigned char *q = from, *end = q + bytes; q != end;) *p++ = *q++;
  return to;
}
