/* Every way in which calls come and go: recursion, tail call, function pointer, interrupt, longjmp.
 */
#include "program.h"

volatile uint32_t sink;
static void* context[5];

__attribute__((noinline)) uint32_t recurse(uint32_t n) {
  if (n == 0) return sink;
  return recurse(n - 1) * 3 + n;
}
__attribute__((noinline)) void tail_target(void) { sink += 1; }
__attribute__((naked, noinline)) void tail_caller(void) { __asm__ volatile("b tail_target\n"); }
__attribute__((noinline)) void by_pointer(void) { sink += 2; }
void (*volatile pointer)(void) = by_pointer;
__attribute__((noinline)) void handled(void) { sink += 3; }
void line0(void) { handled(); }
__attribute__((noinline)) void interrupted(void) {
  NVIC_ISER = 1;
  NVIC_ISPR = 1;
  __asm__ volatile("dsb\n isb\n b 1f\n1: nop" ::: "memory");
  sink += 4;
}
__attribute__((noinline)) void jumps(void) { __builtin_longjmp(context, 1); }
__attribute__((noinline)) void after_jump(void) { sink += 5; }
__attribute__((noinline)) uint32_t divides(const uint32_t* from, uint32_t n) {
  uint32_t sum = 0;
  __asm__ volatile(
      "1: ldr r3, [%1]\n adds r3, r3, #7\n udiv r3, r3, %2\n add %0, %0, r3\n subs %2, #1\n bne 1b"
      : "+r"(sum), "+r"(from), "+r"(n)::"r3", "cc", "memory");
  return sum;
}

void program(void) {
  recurse(5);
  tail_caller();
  pointer();
  interrupted();
  if (__builtin_setjmp(context) == 0) jumps();
  after_jump();
  const uint32_t value = 1000000;
  sink = divides(&value, 200);
  leave(0);
}
