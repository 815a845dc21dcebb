/* Semihosting: text, arguments, input, and an exit status. */
#include "program.h"

static uint32_t initialised = 7;

void program(void) {
  char line[32], arguments[32];
  print("hello\n");
  const uint32_t command[2] = {(uint32_t)arguments, sizeof arguments};
  if (semihost(0x15, command) == 0) print(arguments);
  const uint32_t tty[3] = {(uint32_t)":tt", 0, 3};
  const uint32_t input = semihost(0x01, tty);
  const uint32_t read[3] = {input, (uint32_t)line, sizeof line - 1};
  const uint32_t left = semihost(0x06, read);
  line[sizeof line - 1 - left] = 0;
  print(line);
  leave(initialised);
}
