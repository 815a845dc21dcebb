// PAD and PADV2 on elements of any width for cores with the DSP extension.
#include "kernels/pad_value.h"

#include "kernels/dsp/bytes.h"
#include "kernels/dsp/dsp_kernels.h"

DSP_INLINE void fill_words(int8_t* to, uint32_t word, int32_t bytes) {
  for (; bytes >= 4; bytes -= 4, to += 4) dsp_store_word(to, word);
  for (; bytes > 0; --bytes, word >>= 8) *to++ = (int8_t)word;
}

#define PAD(bits)                                                                     \
  BL_ADDED_KERNEL(dsp_pad_b##bits)                                                    \
  int32_t dsp_pad_b##bits(const void* params, void* const* operands, void* scratch) { \
    (void)scratch;                                                                    \
    return bl_pad_values(params, operands, bits / 8, dsp_copy_bytes, fill_words);     \
  }

PAD(8)
PAD(16)
PAD(32)
