/* What an RV32 core does, chosen by the first letter of the command line. */
#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t*)(address))
#define READ_CSR(name)                                  \
  ({                                                    \
    uint32_t value_;                                    \
    __asm__ volatile("csrr %0, " #name : "=r"(value_)); \
    value_;                                             \
  })
#define WRITE_CSR(name, value) __asm__ volatile("csrw " #name ", %0" ::"r"(value))

extern uint32_t stack_top[], data_begin[], data_end[], data_load[], bss_begin[], bss_end[];

static uint32_t initialised = 7;
static volatile uint32_t cause, value, taken;

static uint32_t semihost(uint32_t operation, const void* parameter) {
  register uint32_t a0 __asm__("a0") = operation;
  register const void* a1 __asm__("a1") = parameter;
  __asm__ volatile(
      ".balign 16\n.option push\n.option norvc\n"
      "slli x0, x0, 0x1f\nebreak\nsrai x0, x0, 7\n.option pop"
      : "+r"(a0)
      : "r"(a1)
      : "memory");
  return a0;
}

static void leave(uint32_t status) {
  const uint32_t block[2] = {0x20026, status};
  semihost(0x20, block);
  for (;;) {
  }
}

/* Goes on after the instruction that trapped; a timer interrupt is put off for good. */
__attribute__((interrupt, aligned(64))) static void handler(void) {
  cause = READ_CSR(mcause);
  value = READ_CSR(mtval);
  ++taken;
  if (cause >> 31) {
    REGISTER(0x02004004) = ~0u;
  } else {
    const uint32_t pc = READ_CSR(mepc);
    WRITE_CSR(mepc, pc + ((*(const uint16_t*)pc & 3) == 3 ? 4 : 2));
  }
}

/* Vectored: exceptions to the first entry, the timer to the eighth. */
__attribute__((naked, aligned(64))) static void table(void) {
  __asm__ volatile(
      ".option push\n.option norvc\n"
      "j unexpected\nj unexpected\nj unexpected\nj unexpected\n"
      "j unexpected\nj unexpected\nj unexpected\nj handler_entry\n.option pop");
}
__attribute__((used)) static void unexpected(void) { leave(99); }
__asm__(".global handler_entry\nhandler_entry: j handler");

static void wait_for_timer(uint32_t vector) {
  WRITE_CSR(mtvec, vector);
  REGISTER(0x02004000) = REGISTER(0x0200bff8) + 5000;
  REGISTER(0x02004004) = 0;
  WRITE_CSR(mie, 0x80);
  __asm__ volatile("csrsi mstatus, 8");
  while (taken == 0) __asm__ volatile("wfi");
  leave(cause == 0x80000007 && taken == 1 ? 0 : 1);
}

__attribute__((used)) static void program(void) {
  for (uint32_t *to = data_begin, *from = data_load; to != data_end;) *to++ = *from++;
  for (uint32_t* to = bss_begin; to != bss_end;) *to++ = 0;
  char which[16];
  const uint32_t command[2] = {(uint32_t)which, sizeof which};
  semihost(0x15, command);
  switch (which[0]) {
    case 'h':
      semihost(0x04, "hello\n");
      leave(initialised);
    case 't':
      wait_for_timer((uint32_t)handler);
    case 'v':
      wait_for_timer((uint32_t)table | 1);
    case 'e':
      WRITE_CSR(mtvec, handler);
      __asm__ volatile("ecall" ::: "memory");
      leave(cause);
    case 'i':
      WRITE_CSR(mtvec, handler);
      __asm__ volatile(".word 0xffffffff" ::: "memory");
      leave(cause);
    case 'a':
      WRITE_CSR(mtvec, handler);
      (void)REGISTER(0x70000000);
      if (cause != 5) leave(1);
      leave(value == 0x70000000 ? 5 : value == 0 ? 6 : 1);
    case 'u':
      WRITE_CSR(mtvec, handler);
      __asm__ volatile("lw t0, 1(%0)" ::"r"(0x20000000) : "t0", "memory");
      leave(taken ? cause : 0);
    case 'f': /* nobody handles it */
      (void)REGISTER(0x70000000);
      break;
    case 'l':
      __asm__ volatile("j .");
      break;
    case 's':
      __asm__ volatile("wfi");
      break;
    case 'c': {
      WRITE_CSR(mcountinhibit, 0);
      const uint32_t first = READ_CSR(mcycle);
      for (volatile uint32_t i = 0; i < 100; ++i) {
      }
      const uint32_t second = READ_CSR(mcycle);
      leave(second > first ? second : 0);
    }
    case 'p':
      REGISTER(0x10013008) = 1;
      for (const char* c = "by wire\n"; *c != 0; ++c) {
        while (REGISTER(0x10013000) >> 31) {
        }
        REGISTER(0x10013000) = (uint32_t)*c;
      }
      leave(0);
  }
  leave(98);
}

__attribute__((naked, used, section(".entry"))) void reset(void) {
  __asm__ volatile("la sp, stack_top\nj program");
}
