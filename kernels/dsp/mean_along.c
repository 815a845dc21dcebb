// MEAN on int8 over other dimensions than mean_s8.c has, four elements at a time.
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/simd.h"
#include "kernels/mean.h"

DSP_INLINE int32_t sum_run(const int8_t* from, int32_t count) {
  const uint32_t ones = 0x00010001u;
  int32_t sum = 0;
  for (; count >= 4; count -= 4, from += 4) {
    const uint32_t bytes = dsp_load_word(from);
    sum = dsp_dot(dsp_odd_pair(bytes), ones, dsp_dot(dsp_even_pair(bytes), ones, sum));
  }
  for (; count > 0; --count) sum += *from++;
  return sum;
}

DSP_INLINE void add_run(int32_t* sums, const int8_t* from, int32_t count) {
  for (; count >= 4; count -= 4, from += 4, sums += 4) {
    const int32_t bytes = (int32_t)dsp_load_word(from);
    sums[0] += (int8_t)bytes;
    sums[1] += (int8_t)(bytes >> 8);
    sums[2] += (int8_t)(bytes >> 16);
    sums[3] += bytes >> 24;
  }
  for (; count > 0; --count) *sums++ += *from++;
}

BL_ADDED_KERNEL(dsp_mean_along_s8)
int32_t dsp_mean_along_s8(const void* params, void* const* operands, void* scratch) {
  return bl_mean_s8(params, operands, scratch, sum_run, add_run);
}
