// PAD on elements of any width and in five dimensions as copies and fills: dimensions without
// padding behind the last that has some are one run. Libraries bring their own copy and fill.
#ifndef BOARDLESS_KERNELS_PAD_VALUE_H_
#define BOARDLESS_KERNELS_PAD_VALUE_H_

#include "kernels/abi.h"
#include "kernels/pad.h"

// Fills with a word of equal elements, which begins where the fill does.
typedef void bl_fill_words(int8_t* to, uint32_t word, int32_t bytes);

// A word of the element of `width` bytes at `value`.
__attribute__((always_inline)) static inline uint32_t bl_repeated(const void* value,
                                                                  int32_t width) {
  if (width == 1) return *(const uint8_t*)value * UINT32_C(0x01010101);
  if (width == 2) return *(const uint16_t*)value * UINT32_C(0x00010001);
  return *(const uint32_t*)value;
}

// Always inlined, and so are `copy` and `fill`: neither is an indirect call.
__attribute__((always_inline)) static inline int32_t bl_pad_values(const void* params,
                                                                   void* const* operands,
                                                                   int32_t width, bl_copy* copy,
                                                                   bl_fill_words* fill) {
  const struct bl_pad_value_params* p = params;
  const int8_t* input = operands[0];
  const uint32_t word = bl_repeated(operands[1], width);
  int8_t* output = operands[2];
  int32_t last = BL_DIMENSIONS - 1;  // the run's dimension
  int32_t inner = width;
  for (; last > 0 && p->before[last] == 0 && p->after[last] == 0; --last) {
    inner *= p->input_extent[last];
  }
  const int32_t run = p->input_extent[last] * inner;
  int32_t step[BL_DIMENSIONS];  // of the output, in bytes
  int32_t rows = 1, bytes = inner;
  for (int32_t i = last; i >= 0; --i) {
    step[i] = bytes;
    bytes *= p->before[i] + p->input_extent[i] + p->after[i];
    if (i < last) rows *= p->input_extent[i];
  }
  int32_t index[BL_DIMENSIONS] = {0};
  int8_t *filled = output, *to = output;
  for (int32_t i = 0; i <= last; ++i) to += p->before[i] * step[i];
  for (; rows > 0; --rows) {
    fill(filled, word, to - filled);
    copy(to, input, run);
    filled = to + run;
    input += run;
    for (int32_t i = last - 1; i >= 0; --i) {
      to += step[i];
      if (++index[i] < p->input_extent[i]) break;
      to -= index[i] * step[i];
      index[i] = 0;
    }
  }
  fill(filled, word, output + bytes - filled);
  return 0;
}

#endif  // BOARDLESS_KERNELS_PAD_VALUE_H_
