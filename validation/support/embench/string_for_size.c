// memset, memcpy and memmove as newlib has them when it is built for size: loops over bytes.
//
// Embench's baseline was linked with a newlib 4.3.0 configured with --enable-target-optspace
// (embench-iot doc/README.md, the compiler configuration), which builds target libraries with -Os.
// Debian's newlib is built for speed: its memset is several times as fast, and programs spend up to
// a third of their time there.
#include <stddef.h>

void* memset(void* to, int value, size_t bytes) {
  unsigned char* at = to;
  while (bytes-- != 0) *at++ = (unsigned char)value;
  return to;
}

void* memcpy(void* restrict to, const void* restrict from, size_t bytes) {
  const unsigned char* source = from;
  unsigned char* at = to;
  while (bytes-- != 0) *at++ = *source++;
  return to;
}

void* memmove(void* to, const void* from, size_t bytes) {
  unsigned char* at = to;
  const unsigned char* source = from;
  if (source < at && at < source + bytes) {
    while (bytes-- != 0) at[bytes] = source[bytes];
  } else {
    while (bytes-- != 0) *at++ = *source++;
  }
  return to;
}
