// Copies and fills runs of bytes at any address. The C library's functions are built for size.
#ifndef BOARDLESS_KERNELS_DSP_BYTES_H_
#define BOARDLESS_KERNELS_DSP_BYTES_H_

#include <stdint.h>

#include "kernels/dsp/simd.h"

// Four times the same byte.
DSP_INLINE uint32_t dsp_repeat_byte(int32_t value) {
  return (uint32_t)(value & 0xff) * 0x01010101u;
}

// For runs that are short most of the time.
DSP_INLINE void dsp_copy_short(int8_t* to, const int8_t* from, int32_t count) {
  for (; count >= 4; count -= 4, to += 4, from += 4) dsp_store_word(to, dsp_load_word(from));
  if (count & 2) {
    to[0] = from[0];
    to[1] = from[1];
    to += 2;
    from += 2;
  }
  if (count & 1) *to = *from;
}

DSP_INLINE void dsp_copy_bytes(int8_t* to, const int8_t* from, int32_t count) {
  for (; count >= 16; count -= 16, from += 16, to += 16) {
    const uint32_t word0 = dsp_load_word(from), word1 = dsp_load_word(from + 4);
    const uint32_t word2 = dsp_load_word(from + 8), word3 = dsp_load_word(from + 12);
    dsp_store_word(to, word0);
    dsp_store_word(to + 4, word1);
    dsp_store_word(to + 8, word2);
    dsp_store_word(to + 12, word3);
  }
  dsp_copy_short(to, from, count);
}

DSP_INLINE void dsp_fill_bytes(int8_t* to, int32_t value, int32_t count) {
  const uint32_t word = dsp_repeat_byte(value);
  for (; count >= 4; count -= 4, to += 4) dsp_store_word(to, word);
  for (; count > 0; --count) *to++ = (int8_t)value;
}

#endif  // BOARDLESS_KERNELS_DSP_BYTES_H_
