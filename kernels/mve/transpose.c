// TRANSPOSE on elements of any width for Helium: rows are gathered.
#include "kernels/transpose.h"

#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/vector.h"

enum { kHalfwords = 8, kLargestPlace = 0xffff };

MVE_INLINE void take_words(int8_t* to, const int8_t* from, int32_t step, int32_t count) {
  const uint32x4_t places = vmulq_n_u32(vidupq_n_u32(0, 1), (uint32_t)step);
  for (; count > 0; count -= kMveWords, from += kMveWords * step * 4, to += kMveBytes) {
    const mve_pred16_t live = vctp32q((uint32_t)count);
    vstrwq_p_s32((int32_t*)to,
                 vldrwq_gather_shifted_offset_z_s32((const int32_t*)from, places, live), live);
  }
}

// Places are 16 bits wide: a vector's elements lie within 64 KiB.
MVE_INLINE void take_halfwords(int8_t* to, const int8_t* from, int32_t step, int32_t count) {
  const uint16x8_t places = vmulq_n_u16(vidupq_n_u16(0, 1), (uint16_t)(2 * step));
  for (; count > 0; count -= kHalfwords, from += kHalfwords * step * 2, to += kMveBytes) {
    const mve_pred16_t live = vctp16q((uint32_t)count);
    vstrhq_p_s16((int16_t*)to, vldrhq_gather_offset_z_s16((const int16_t*)from, places, live),
                 live);
  }
}

MVE_INLINE void take_bytes(int8_t* to, const int8_t* from, int32_t step, int32_t count) {
  const uint16x8_t places = vmulq_n_u16(vidupq_n_u16(0, 1), (uint16_t)step);
  for (; count > 0; count -= kHalfwords, from += kHalfwords * step, to += kHalfwords) {
    const mve_pred16_t live = vctp16q((uint32_t)count);
    vstrbq_p_s16(to, vldrbq_gather_offset_z_s16(from, places, live), live);
  }
}

MVE_INLINE void take_row(int8_t* to, const int8_t* from, int32_t step, int32_t count,
                         int32_t width) {
  if (width == 4) {
    take_words(to, from, step, count);
  } else if (step * width > kLargestPlace / (kHalfwords - 1)) {
    for (; count > 0; --count, from += step * width, to += width) {
      for (int32_t i = 0; i < width; ++i) to[i] = from[i];
    }
  } else if (width == 2) {
    take_halfwords(to, from, step, count);
  } else {
    take_bytes(to, from, step, count);
  }
}

#define TRANSPOSE(bits)                                                                     \
  BL_ADDED_KERNEL(mve_transpose_b##bits)                                                    \
  int32_t mve_transpose_b##bits(const void* params, void* const* operands, void* scratch) { \
    (void)scratch;                                                                          \
    return bl_transpose(params, operands, bits / 8, mve_copy_bytes, take_row);              \
  }

TRANSPOSE(8)
TRANSPOSE(16)
TRANSPOSE(32)
