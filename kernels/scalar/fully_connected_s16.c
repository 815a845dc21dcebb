// FULLY_CONNECTED on int16 with sums of 64 bits for cores without SIMD: several rows of weights at
// a time.
#include "kernels/abi.h"
#include "kernels/reference/reference_kernels.h"
#include "kernels/scalar/scalar_kernels.h"
#include "kernels/scalar/wide_rows.h"

static int is_taken(const struct bl_typed_fully_connected_params* p) {
  const struct bl_fully_connected_params* layer = &p->fully_connected;
  return p->sum_bits == 64 && layer->input_offset == 0 && layer->filter_offset == 0 &&
         layer->output_offset == 0 && layer->output_depth >= kScalarWideRows;
}

BL_ADDED_KERNEL(scalar_fully_connected_s16)
int32_t scalar_fully_connected_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_typed_fully_connected_params* typed = params;
  const struct bl_fully_connected_params* p = &typed->fully_connected;
  if (!is_taken(typed)) return reference_fully_connected_s16(params, operands, scratch);
  const int16_t* input = operands[0];
  const int8_t* filter = operands[1];
  const int64_t* bias = operands[2];
  const int32_t *multiplier = operands[3], *shift = operands[4];
  int16_t* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch) {
    for (int32_t next = 0; next < p->output_depth; next += kScalarWideRows) {
      // The last rows are computed together with those before them, again.
      const int32_t first = bl_min(next, p->output_depth - kScalarWideRows);
      int64_t sums[kScalarWideRows] = {0};
      scalar_add_wide_rows(sums, input, filter + first * p->input_depth, p->input_depth,
                           p->input_depth);
      for (int32_t i = 0; i < kScalarWideRows; ++i) {
        const int32_t row = first + i, scale = p->per_channel ? row : 0;
        output[row] = scalar_wide_output(sums[i], bias ? bias + row : 0, multiplier[scale],
                                         shift[scale], p->activation_min, p->activation_max);
      }
    }
    input += p->input_depth;
    output += p->output_depth;
  }
  return 0;
}
