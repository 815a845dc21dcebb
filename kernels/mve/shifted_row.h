// A row of bytes with an offset added, as halfwords, for the products of wide.h.
#ifndef BOARDLESS_KERNELS_MVE_SHIFTED_ROW_H_
#define BOARDLESS_KERNELS_MVE_SHIFTED_ROW_H_

#include "kernels/mve/wide.h"

// Whether halfwords hold bytes and this offset.
MVE_INLINE int mve_holds_shifted(int32_t offset) { return offset > -32000 && offset < 32000; }

// Returns the row's sum.
MVE_INLINE int32_t mve_shift_row(int16_t* to, const int8_t* from, int32_t count, int32_t offset) {
  int32_t sum = 0;
  for (; count > 0; count -= kMveHalfwords, from += kMveHalfwords, to += kMveHalfwords) {
    const mve_pred16_t live = vctp16q((uint32_t)count);
    const int16x8_t values = vaddq_n_s16(vldrbq_z_s16(from, live), (int16_t)offset);
    sum = vaddvaq_p_s16(sum, values, live);
    vstrhq_p_s16(to, values, live);
  }
  return sum;
}

#endif  // BOARDLESS_KERNELS_MVE_SHIFTED_ROW_H_
