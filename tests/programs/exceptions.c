/* What exception entry stacks, where it returns to, and who pre-empts whom. */
#include "program.h"

static char log_text[64];
static int log_length;
static void note(char c) { log_text[log_length++] = c; }
static void show_log(const char* name) {
  log_text[log_length] = 0;
  log_length = 0;
  print(name);
  print(log_text);
  print("\n");
}

uint32_t frame[8], link_value, frame_address;
__attribute__((naked)) void supervisor_call(void) {
  __asm__ volatile(
      "tst lr, #4\n ite eq\n mrseq r0, msp\n mrsne r0, psp\n"
      "ldr r1, =frame_address\n str r0, [r1]\n"
      "ldr r1, =link_value\n mov r2, lr\n str r2, [r1]\n"
      "ldr r1, =frame\n mov r3, #8\n"
      "1: ldr r2, [r0], #4\n str r2, [r1], #4\n subs r3, #1\n bne 1b\n"
      "bx lr\n");
}

/* Calls SVC with r0-r3, r12 known; `misaligned` with SP at an odd word. */
__attribute__((naked, noinline)) static void call_with(int misaligned __attribute__((unused))) {
  __asm__ volatile(
      "push {r4, lr}\n cmp r0, #0\n it ne\n subne sp, #4\n mov r4, r0\n"
      "mov r0, #0x10\n mov r1, #0x11\n mov r2, #0x12\n mov r3, #0x13\n mov r12, #0x1c\n"
      "mov lr, #0x1e\n svc #3\n"
      "cmp r4, #0\n it ne\n addne sp, #4\n pop {r4, pc}\n");
}

static void show_frame(const char* name) {
  print(name);
  for (int i = 0; i < 6; ++i) print_hex(frame[i]);
  print_hex(frame[7] & 0x000003ff);
  print_hex(link_value);
  print("\n");
}

void line0(void) {
  note('0');
  NVIC_ISPR = 2; /* line 1 */
  __asm__ volatile("dsb\n isb\n nop" ::: "memory");
  note('o');
}
void line1(void) {
  note('1');
  note('i');
}

static void pend_line0(const char* name) {
  NVIC_ISPR = 1;
  __asm__ volatile("dsb\n isb\n nop" ::: "memory");
  show_log(name);
}

static uint32_t thread_stack[64];
static uint32_t thread_saw;
__attribute__((naked)) void pend_sv(void) {
  /* Returns to a frame made by hand on the process stack. */
  __asm__ volatile("ldr lr, =0xfffffffd\n bx lr\n");
}
static void thread(void) {
  uint32_t control;
  __asm__ volatile("mrs %0, control" : "=r"(control));
  thread_saw = control;
  __asm__ volatile("svc #1" ::: "memory");
  print("thread ");
  print_hex(thread_saw);
  print_hex(link_value);
  print("\n");
  leave(0);
}

static uint32_t fp_frame[4], fp_address, fp_lazy_before, fp_lazy_after;
void line2(void) {
  fp_lazy_before = FPCCR & 1;
  fp_address = FPCAR;
  __asm__ volatile("vmov.f32 s0, #7.0\n vmov.f32 s1, #7.0" ::: "s0", "s1");
  fp_lazy_after = FPCCR & 1;
  for (int i = 0; i < 4; ++i) fp_frame[i] = ((volatile uint32_t*)fp_address)[i];
}

void program(void) {
  call_with(0);
  show_frame("aligned ");
  call_with(1);
  show_frame("misaligned ");

  NVIC_ISER = 7;
  NVIC_IPR(0) = 0x80;
  NVIC_IPR(1) = 0x40;
  pend_line0("preempts ");
  NVIC_IPR(1) = 0x80;
  pend_line0("equal ");
  NVIC_IPR(1) = 0xc0;
  pend_line0("lower ");
  AIRCR = 0x05fa0000 | 7 << 8; /* all bits are subpriority */
  NVIC_IPR(1) = 0x40;
  pend_line0("grouped ");
  AIRCR = 0x05fa0000;
  __asm__ volatile("cpsid i");
  NVIC_ISPR = 1;
  note('m');
  __asm__ volatile("cpsie i\n isb\n nop\n b 1f\n1:" ::: "memory");
  show_log("primask ");
  uint32_t mask = 0x80;
  __asm__ volatile("msr basepri, %0" ::"r"(mask));
  NVIC_ISPR = 1;
  __asm__ volatile("dsb\n isb\n b 1f\n1:" ::: "memory");
  note('m');
  mask = 0;
  __asm__ volatile("msr basepri, %0\n isb\n nop\n b 1f\n1:" ::"r"(mask) : "memory");
  show_log("basepri ");

  /* Lazy FP state. */
  uint32_t sum;
  __asm__ volatile(
      "vmov.f32 s0, #1.0\n vmov.f32 s1, #2.0\n str %1, [%2]\n dsb\n isb\n b 1f\n1:\n"
      "vadd.f32 s0, s0, s1\n vmov %0, s0"
      : "=&r"(sum)
      : "r"(4), "r"(&NVIC_ISPR)
      : "s0", "s1", "memory");
  print("fp ");
  print_hex(fp_lazy_before);
  print_hex(fp_lazy_after);
  print_hex(fp_frame[0]);
  print_hex(fp_frame[1]);
  print_hex(sum);
  print("\n");

  /* A context switch to the process stack. */
  uint32_t* context = thread_stack + 48;
  context[6] = (uint32_t)thread;
  context[7] = 1u << 24;
  __asm__ volatile("msr psp, %0" ::"r"(context));
  ICSR = 1u << 28;
  __asm__ volatile("dsb\n isb");
  leave(9);
}
