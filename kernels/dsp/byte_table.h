// Functions of one byte by a table of all 256 results.
#ifndef BOARDLESS_KERNELS_DSP_BYTE_TABLE_H_
#define BOARDLESS_KERNELS_DSP_BYTE_TABLE_H_

#include <stdint.h>

#include "kernels/dsp/simd.h"

enum { kDspTableBytes = 256 };

// What a kernel of `count` elements needs: for few, none.
DSP_INLINE int32_t dsp_byte_table_scratch(int32_t count) {
  return count > kDspTableBytes ? kDspTableBytes : 0;
}

DSP_INLINE void dsp_look_bytes_up(const uint8_t* table, const int8_t* input, int8_t* output,
                                  int32_t count) {
  for (; count >= 4; count -= 4, input += 4, output += 4) {
    const uint32_t word = dsp_load_word(input);
    const uint32_t byte0 = table[word & 0xff], byte1 = table[(word >> 8) & 0xff];
    const uint32_t byte2 = table[(word >> 16) & 0xff], byte3 = table[word >> 24];
    dsp_store_word(output, byte0 | byte1 << 8 | byte2 << 16 | byte3 << 24);
  }
  for (; count > 0; --count) *output++ = (int8_t)table[(uint8_t)*input++];
}

#endif  // BOARDLESS_KERNELS_DSP_BYTE_TABLE_H_
