// Calls to whoever runs the program: Arm's and RISC-V's semihosting, in one set of functions.
#pragma once

// Operations and reasons: "Semihosting for AArch32 and AArch64" (Arm), 5 and 6.
enum {
  SEMIHOSTING_WRITE0 = 0x04,
  SEMIHOSTING_EXIT_EXTENDED = 0x20,
  SEMIHOSTING_APPLICATION_EXIT = 0x20026,
};

static inline int semihosting_call(int operation, const void* argument) {
#if defined(__riscv)
  register int result __asm__("a0") = operation;
  register const void* parameter __asm__("a1") = argument;
  // "RISC-V Semihosting" 2: three uncompressed instructions that never meet a page boundary.
  __asm__ volatile(
      ".balign 16\n\t.option push\n\t.option norvc\n\t"
      "slli zero, zero, 0x1f\n\tebreak\n\tsrai zero, zero, 7\n\t"
      ".option pop"
      : "+r"(result)
      : "r"(parameter)
      : "memory");
#else
  register int result __asm__("r0") = operation;
  register const void* parameter __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(result) : "r"(parameter) : "memory");
#endif
  return result;
}

static inline void semihosting_write(const char* text) {
  semihosting_call(SEMIHOSTING_WRITE0, text);
}

__attribute__((noreturn)) static inline void semihosting_exit(int status) {
  const int block[2] = {SEMIHOSTING_APPLICATION_EXIT, status};
  for (;;) semihosting_call(SEMIHOSTING_EXIT_EXTENDED, block);
}
