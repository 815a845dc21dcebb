// CONCATENATION for cores with the DSP extension, by words. Rows are often too short for the C
// library's memcpy to get going.
#include "kernels/concatenation.h"

#include "kernels/dsp/bytes.h"
#include "kernels/dsp/dsp_kernels.h"

// Four words take a cycle each and one more, if they are aligned.
#define FOUR_WORDS "ldmia %0!, {r4-r6, r12}\n\tstmia %1!, {r4-r6, r12}\n\t"
#define COPY(words) \
  __asm__ volatile(words : "+r"(from), "+r"(to) : : "r4", "r5", "r6", "r12", "memory")

DSP_INLINE void copy_words(int8_t* to, const int8_t* from, int32_t bytes) {
  for (int32_t left = bytes >> 6; left > 0; --left) {
    COPY(".balign 4\n\t" FOUR_WORDS FOUR_WORDS FOUR_WORDS FOUR_WORDS);
  }
  if (bytes & 32) COPY(FOUR_WORDS FOUR_WORDS);
  if (bytes & 16) COPY(FOUR_WORDS);
  if (bytes & 8) {
    const uint32_t word0 = dsp_load_word(from), word1 = dsp_load_word(from + 4);
    dsp_store_word(to, word0);
    dsp_store_word(to + 4, word1);
    to += 8;
    from += 8;
  }
  if (bytes & 4) dsp_store_word(to, dsp_load_word(from));
}

DSP_INLINE void copy_row(int8_t* to, const int8_t* from, int32_t bytes) {
  if ((((uint32_t)to | (uint32_t)from | (uint32_t)bytes) & 3) == 0) {
    copy_words(to, from, bytes);
  } else {
    dsp_copy_bytes(to, from, bytes);
  }
}

BL_ADDED_KERNEL(dsp_concatenation_s8)
int32_t dsp_concatenation_s8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  return bl_concatenate(params, operands, copy_row);
}

BL_ADDED_KERNEL(dsp_concatenation_b8)
int32_t dsp_concatenation_b8(const void* params, void* const* operands, void* scratch) {
  (void)scratch;
  return bl_concatenate(params, operands, copy_row);
}
