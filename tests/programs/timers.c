/* SysTick and the cycle counter, awake and asleep. */
#include "program.h"

static volatile uint32_t ticks;
void tick(void) { ++ticks; }

void program(void) {
  DEMCR |= 1 << 24;
  DWT_CYCCNT = 0;
  DWT_CTRL |= 1;
  SYST_RVR = 999;
  SYST_CVR = 0;
  SYST_CSR = 7;
  while (ticks < 3) __asm__ volatile("wfi");
  const uint32_t asleep = DWT_CYCCNT;
  DWT_CYCCNT = 0;
  while (ticks < 6) {
  }
  const uint32_t awake = DWT_CYCCNT;
  SYST_CSR = 5; /* no interrupt any more */
  (void)SYST_CSR;
  SYST_CVR = 0;
  const uint32_t before = SYST_CSR >> 16 & 1;
  while ((SYST_CSR >> 16 & 1) == 0) {
  }
  const uint32_t after = SYST_CSR >> 16 & 1;
  print(asleep >= 3000 && asleep < 3200 ? "asleep\n" : "?\n");
  print(awake >= 2900 && awake < 3200 ? "awake\n" : "?\n");
  print_hex(before);
  print_hex(after);
  print_hex(ticks);
  print("\n");
  DWT_CTRL &= ~1u;
  const uint32_t stopped = DWT_CYCCNT;
  print(stopped == DWT_CYCCNT ? "stopped\n" : "?\n");
}
