/* What the programs of these tests share: semihosting, and the registers they look at. */
#pragma once

#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t*)(address))
#define ICSR REGISTER(0xe000ed04)
#define AIRCR REGISTER(0xe000ed0c)
#define CCR REGISTER(0xe000ed14)
#define SHPR2 REGISTER(0xe000ed1c)
#define SHPR3 REGISTER(0xe000ed20)
#define SHCSR REGISTER(0xe000ed24)
#define CFSR REGISTER(0xe000ed28)
#define HFSR REGISTER(0xe000ed2c)
#define BFAR REGISTER(0xe000ed38)
#define CPACR REGISTER(0xe000ed88)
#define FPCAR REGISTER(0xe000ef38)
#define FPCCR REGISTER(0xe000ef34)
#define NVIC_ISER REGISTER(0xe000e100)
#define NVIC_ICER REGISTER(0xe000e180)
#define NVIC_ISPR REGISTER(0xe000e200)
#define NVIC_ICPR REGISTER(0xe000e280)
#define NVIC_IPR(line) (*(volatile uint8_t*)(0xe000e400 + (line)))
#define SYST_CSR REGISTER(0xe000e010)
#define SYST_RVR REGISTER(0xe000e014)
#define SYST_CVR REGISTER(0xe000e018)
#define DEMCR REGISTER(0xe000edfc)
#define DWT_CTRL REGISTER(0xe0001000)
#define DWT_CYCCNT REGISTER(0xe0001004)

static inline uint32_t semihost(uint32_t operation, const void* parameter) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void* r1 __asm__("r1") = parameter;
  __asm__ volatile("bkpt #0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

static inline void print(const char* text) { semihost(0x04, text); }

static inline void print_hex(uint32_t value) {
  char text[10];
  for (int i = 0; i < 8; ++i) text[i] = "0123456789abcdef"[value >> (28 - 4 * i) & 15];
  text[8] = ' ';
  text[9] = 0;
  print(text);
}

static inline void leave(uint32_t status) {
  const uint32_t block[2] = {0x20026, status};
  semihost(0x20, block);
  for (;;) {
  }
}
