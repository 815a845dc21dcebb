/* Ways to come to no good end, chosen by the command line. */
#include "program.h"

__attribute__((noinline)) void marker(void) { __asm__ volatile(""); }

void program(void) {
  char which[16];
  const uint32_t command[2] = {(uint32_t)which, sizeof which};
  semihost(0x15, command);
  marker();
  const char* what = which;
  if (*what == 'w') { /* starts the watchdog of STM32 before it does the rest */
    REGISTER(0x40003000) = 0xcccc;
    ++what;
  }
  switch (*what) {
    case 'l': /* loops, masked */
      __asm__ volatile("cpsid i\n b .");
      break;
    case 'j': /* jumps nowhere */
      ((void (*)(void))0x60000001)();
      break;
    case 's': /* sleeps without a reason to wake */
      __asm__ volatile("wfi");
      break;
    case 'r':
      AIRCR = 0x05fa0004;
      break;
    case 'e': /* endless recursion of the stack */
      __asm__ volatile("mov sp, %0\n push {r0}" ::"r"(0x20000000));
      break;
  }
  for (;;) marker();
}
