// TRANSPOSE on elements of any width for cores with the DSP extension: what is stored is put
// together to words.
#include "kernels/transpose.h"

#include "kernels/dsp/bytes.h"
#include "kernels/dsp/dsp_kernels.h"

DSP_INLINE void take_row(int8_t* to, const int8_t* from, int32_t step, int32_t count,
                         int32_t width) {
  const int32_t bytes = step * width;
  if (width == 4) {
    for (; count >= 2; count -= 2, from += 2 * bytes, to += 8) {
      const uint32_t first = dsp_load_word(from), second = dsp_load_word(from + bytes);
      dsp_store_word(to, first);
      dsp_store_word(to + 4, second);
    }
    if (count > 0) dsp_store_word(to, dsp_load_word(from));
    return;
  }
  for (; count * width >= 4; count -= 4 / width, to += 4) {
    uint32_t word = 0;
    for (int32_t i = 0; i < 4 / width; ++i, from += bytes) {
      const uint32_t element =
          width == 1 ? *(const uint8_t*)from : *(const uint16_t*)(const void*)from;
      word |= element << (8 * width * i);
    }
    dsp_store_word(to, word);
  }
  for (; count > 0; --count, from += bytes, to += width) {
    for (int32_t i = 0; i < width; ++i) to[i] = from[i];
  }
}

#define TRANSPOSE(bits)                                                                     \
  BL_ADDED_KERNEL(dsp_transpose_b##bits)                                                    \
  int32_t dsp_transpose_b##bits(const void* params, void* const* operands, void* scratch) { \
    (void)scratch;                                                                          \
    return bl_transpose(params, operands, bits / 8, dsp_copy_bytes, take_row);              \
  }

TRANSPOSE(8)
TRANSPOSE(16)
TRANSPOSE(32)
