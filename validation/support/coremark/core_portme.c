// CoreMark's platform: seeds of the performance run, marked begin and end, text by semihosting.
#include <stdarg.h>

#include "coremark.h"
#include "semihosting.h"

volatile ee_s32 seed1_volatile = 0;
volatile ee_s32 seed2_volatile = 0;
volatile ee_s32 seed3_volatile = 0x66;
volatile ee_s32 seed4_volatile = ITERATIONS;
volatile ee_s32 seed5_volatile = 0;

ee_u32 default_num_contexts = 1;

void portable_init(core_portable* p, int* argc, char* argv[]) {
  (void)argc;
  (void)argv;
  p->portable_id = 1;
}

void portable_fini(core_portable* p) { p->portable_id = 0; }

// The runner reads the cycle counter where each of these begins, so the program needs no clock.
// What it prints of time is void; the run is shorter than CoreMark's ten seconds, the answer the
// same.
__attribute__((noinline)) void start_time(void) { __asm__ volatile("" ::: "memory"); }
__attribute__((noinline)) void stop_time(void) { __asm__ volatile("" ::: "memory"); }
CORE_TICKS get_time(void) { return 1; }
secs_ret time_in_secs(CORE_TICKS ticks) { return ticks; }

static void print_character(char character) {
  const char text[2] = {character, 0};
  semihosting_write(text);
}

static void print_number(unsigned long value, unsigned base, int width) {
  char digits[12];
  int count = 0;
  do {
    digits[count++] = "0123456789abcdef"[value % base];
    value /= base;
  } while (value != 0);
  while (count < width) digits[count++] = '0';
  while (count > 0) print_character(digits[--count]);
}

// As much of printf as CoreMark's report uses: %d %u %x %s, with a width of zeros and an l.
int ee_printf(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  for (; *format != 0; ++format) {
    if (*format != '%') {
      print_character(*format);
      continue;
    }
    int width = 0;
    for (++format; *format == 'l' || (*format >= '0' && *format <= '9'); ++format) {
      if (*format != 'l') width = width * 10 + (*format - '0');
    }
    if (*format == 's') {
      semihosting_write(va_arg(arguments, const char*));
    } else if (*format == 'd') {
      const long value = va_arg(arguments, int);
      if (value < 0) print_character('-');
      print_number(value < 0 ? 0ul - (unsigned long)value : (unsigned long)value, 10, width);
    } else {
      print_number(va_arg(arguments, unsigned), *format == 'x' ? 16 : 10, width);
    }
  }
  va_end(arguments);
  return 0;
}
