// PAD on int8 for cores without SIMD, by the C library's copies and fills.
#include <string.h>

#include "kernels/pad.h"
#include "kernels/scalar/requantize.h"
#include "kernels/scalar/scalar_kernels.h"

SCALAR_INLINE void copy(int8_t* to, const int8_t* from, int32_t count) {
  memcpy(to, from, (size_t)count);
}

SCALAR_INLINE void fill(int8_t* to, int32_t value, int32_t count) {
  memset(to, value, (size_t)count);
}

BL_ADDED_KERNEL(scalar_pad_s8)
int32_t scalar_pad_s8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  bl_pad_s8(params, operands[0], operands[1], copy, fill);
  return 0;
}
