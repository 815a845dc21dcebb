/* Like a sensor's firmware: takes heap, says something if it is told to, then sleeps from tick to
   tick for ever. */
#include "program.h"

static char heap[256];
static char* top = heap;
__attribute__((noinline)) void* _sbrk(int bytes) {
  if (top + bytes > heap + sizeof heap) return (void*)-1;
  char* before = top;
  top += bytes;
  return before;
}

void tick(void) {}

void program(void) {
  char words[16];
  const uint32_t command[2] = {(uint32_t)words, sizeof words};
  if (semihost(0x15, command) == 0 && words[0] != 0) print(words);
  _sbrk(100);
  _sbrk(-40);
  _sbrk(1000);
  _sbrk(60);
  SYST_RVR = 0xffffff;
  SYST_CVR = 0;
  SYST_CSR = 7;
  for (;;) __asm__ volatile("wfi");
}
