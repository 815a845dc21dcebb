// PAD on int8: runs without padding inside are copied whole, everything between them is one fill.
#include "kernels/abi.h"
#include "kernels/dsp/bytes.h"
#include "kernels/dsp/dsp_kernels.h"

int32_t dsp_pad_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_pad_params* p = params;
  const int8_t* input = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
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
        dsp_fill_bytes(filled, p->pad_value, to - filled);
        dsp_copy_bytes(to, input, run);
        filled = to + run;
        input += run;
      }
    }
  }
  dsp_fill_bytes(filled, p->pad_value, end - filled);
  return 0;
}
