// MAX_POOL_2D on int8 for cores with the DSP extension, four channels in a register.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/requantize.h"
#include "kernels/dsp/simd.h"
#include "kernels/window.h"

// The larger of each pair of bytes.
DSP_INLINE uint32_t max_bytes(uint32_t a, uint32_t b) {
  uint32_t difference;
  __asm__("ssub8 %1, %0, %2\n\tsel %0, %0, %2" : "+r"(a), "=&r"(difference) : "r"(b));
  return a;
}

int32_t dsp_max_pool_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_pool_2d_params p = *(const struct bl_pool_2d_params*)params;
  const int8_t* image = operands[0];
  int8_t* output = operands[1];
  (void)scratch;
  const int32_t pixel = p.channels, row = p.input_w * p.channels;
  for (int32_t batch = 0; batch < p.batches; ++batch, image += p.input_h * row) {
    for (int32_t out_y = 0; out_y < p.output_h; ++out_y) {
      const struct bl_taps y =
          bl_taps_inside(out_y * p.stride_h - p.pad_top, p.filter_h, 1, p.input_h);
      const int32_t rows = y.end - y.first;
      for (int32_t out_x = 0; out_x < p.output_w; ++out_x) {
        const struct bl_taps x =
            bl_taps_inside(out_x * p.stride_w - p.pad_left, p.filter_w, 1, p.input_w);
        const int32_t columns = x.end - x.first;
        const int8_t* window = image + y.at * row + x.at * pixel;
        int32_t c = 0;
        for (; c + 4 <= p.channels; c += 4) {
          uint32_t largest = 0x80808080u;
          for (int32_t i = 0; i < rows; ++i) {
            const int8_t* from = window + i * row + c;
            for (int32_t j = columns; j > 0; --j, from += pixel) {
              largest = max_bytes(largest, dsp_load_word(from));
            }
          }
          dsp_store_word(output + c, largest);
        }
        for (; c < p.channels; ++c) {
          int32_t largest = INT8_MIN;
          for (int32_t i = 0; i < rows; ++i) {
            const int8_t* from = window + i * row + c;
            for (int32_t j = columns; j > 0; --j, from += pixel) largest = bl_max(largest, *from);
          }
          output[c] = (int8_t)largest;
        }
        output += p.channels;
      }
    }
  }
  const int32_t count = p.batches * p.output_h * p.output_w * p.channels;
  dsp_clamp_bytes(operands[1], count, p.activation_min, p.activation_max);
  return 0;
}
