// PAD as copies and fills: runs without padding inside are copied whole, everything between them is
// one fill. Libraries bring their own copy and fill.
#ifndef BOARDLESS_KERNELS_PAD_H_
#define BOARDLESS_KERNELS_PAD_H_

#include "kernels/abi.h"

typedef void bl_copy(int8_t* to, const int8_t* from, int32_t count);
typedef void bl_fill(int8_t* to, int32_t value, int32_t count);

// Always inlined, and so are `copy` and `fill`: neither is an indirect call.
__attribute__((always_inline)) static inline void bl_pad_s8(const struct bl_pad_params* p,
                                                            const int8_t* input, int8_t* output,
                                                            bl_copy* copy, bl_fill* fill) {
  int32_t extent[4], count = 1;
  for (int i = 0; i < 4; ++i) {
    extent[i] = p->before[i] + p->input_extent[i] + p->after[i];
    count *= extent[i];
  }
  // The run is a row, or a whole plane of unpadded rows.
  const int is_plane = extent[3] == p->input_extent[3];
  const int32_t runs = is_plane ? 1 : p->input_extent[2];
  const int32_t run = (is_plane ? p->input_extent[2] : 1) * p->input_extent[3];
  const int8_t* const end = output + count;
  int8_t* filled = output;  // where the next fill starts
  for (int32_t i0 = 0; i0 < p->input_extent[0]; ++i0) {
    for (int32_t i1 = 0; i1 < p->input_extent[1]; ++i1) {
      const int32_t plane = (p->before[0] + i0) * extent[1] + p->before[1] + i1;
      int8_t* to = output + (plane * extent[2] + p->before[2]) * extent[3] + p->before[3];
      for (int32_t i = runs; i > 0; --i, to += extent[3]) {
        fill(filled, p->pad_value, to - filled);
        copy(to, input, run);
        filled = to + run;
        input += run;
      }
    }
  }
  fill(filled, p->pad_value, end - filled);
}

#endif  // BOARDLESS_KERNELS_PAD_H_
