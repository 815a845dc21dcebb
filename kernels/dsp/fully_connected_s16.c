// FULLY_CONNECTED on int16 with weights of int8, for cores with the DSP extension: the input is put
// in pairs once per row, then four rows of weights pass at a time (rows.h).
//
// Scratch: 8 * ceil(input_depth / 4) bytes for the input.
#include "kernels/abi.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/rows.h"
#include "kernels/dsp/wide.h"
#include "kernels/reference/reference_kernels.h"

enum { kTaps = 4 };

// The rest is left to the reference: rows shorter than a word, and offsets.
static inline int is_taken(const struct bl_fully_connected_params* p) {
  return p->input_depth >= kTaps && p->input_offset == 0 && p->filter_offset == 0;
}

BL_ADDED_KERNEL(dsp_fully_connected_s16_scratch_bytes)
int32_t dsp_fully_connected_s16_scratch_bytes(const void* params) {
  const struct bl_fully_connected_params* p =
      &((const struct bl_typed_fully_connected_params*)params)->fully_connected;
  return is_taken(p) ? (p->input_depth + 3) / kTaps * 8 : 0;
}

// Rows [row, row + 4), or with stride 0 the same row four times, without biases.
static inline void sum_wide_rows(const struct bl_fully_connected_params* p, const uint32_t* input,
                                 const int8_t* weights, int32_t stride, int64_t* sums) {
  const int32_t tail = p->input_depth % kTaps;
  for (int32_t i = 0; i < kDspRows; ++i) sums[i] = 0;
  for (int32_t left = p->input_depth / kTaps; left > 0;) {
    const int32_t steps = bl_min(left, kDspWideSteps);
    int32_t part[kDspRows] = {0, 0, 0, 0};
    left -= steps;
    dsp_run_rows(part, input, weights, stride, steps);
    input += 2 * steps;
    weights += kTaps * steps;
    if (left == 0 && tail) dsp_run_rows(part, input, weights + tail - kTaps, stride, 1);
    for (int32_t i = 0; i < kDspRows; ++i) sums[i] += part[i];
  }
}

BL_ADDED_KERNEL(dsp_fully_connected_s16)
__attribute__((flatten)) int32_t dsp_fully_connected_s16(const void* params, void* const* operands,
                                                         void* scratch) {
  const struct bl_typed_fully_connected_params* typed = params;
  const struct bl_fully_connected_params* p = &typed->fully_connected;
  if (!is_taken(p)) return reference_fully_connected_s16(params, operands, scratch);
  const int is_narrow = typed->sum_bits == 32;
  const int16_t* input = operands[0];
  const int8_t* filter = operands[1];
  const int32_t* multiplier = operands[3];
  const int32_t* shift = operands[4];
  int16_t* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch, input += p->input_depth) {
    dsp_put_wide_row(scratch, 2, 1, input, p->input_depth);
    for (int32_t row = 0; row < p->output_depth;) {
      const int32_t rows = p->output_depth - row >= kDspRows ? kDspRows : 1;
      int64_t sums[kDspRows];
      sum_wide_rows(p, scratch, filter + row * p->input_depth, rows > 1 ? p->input_depth : 0, sums);
      for (int32_t i = 0; i < rows; ++i, ++row) {
        const int32_t scale = p->per_channel ? row : 0;
        struct dsp_wide_channel channel;
        dsp_put_wide_channel(&channel, operands[2], row, multiplier[scale], shift[scale], is_narrow,
                             p->input_depth);
        *output++ = dsp_wide_output(&channel, sums[i], is_narrow, p->output_offset,
                                    p->activation_min, p->activation_max);
      }
    }
  }
  return 0;
}
