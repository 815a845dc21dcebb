// PAD and PADV2 on elements of any width for Helium.
#include "kernels/pad_value.h"

#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/vector.h"

MVE_INLINE void fill_words(int8_t* to, uint32_t word, int32_t bytes) {
  const int8x16_t values = vreinterpretq_s8_u32(vdupq_n_u32(word));
  for (; bytes > 0; bytes -= kMveBytes, to += kMveBytes) {
    vstrbq_p_s8(to, values, vctp8q((uint32_t)bytes));
  }
}

#define PAD(bits)                                                                     \
  BL_ADDED_KERNEL(mve_pad_b##bits)                                                    \
  int32_t mve_pad_b##bits(const void* params, void* const* operands, void* scratch) { \
    (void)scratch;                                                                    \
    return bl_pad_values(params, operands, bits / 8, mve_copy_bytes, fill_words);     \
  }

PAD(8)
PAD(16)
PAD(32)
