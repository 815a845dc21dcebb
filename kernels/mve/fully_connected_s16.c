// FULLY_CONNECTED on int16 with weights of int8 for Helium: four rows of weights at a time.
//
// Scratch: every output's bias and multiplier (wide.h).
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/wide.h"
#include "kernels/reference/reference_kernels.h"

// The rest is left to the reference: offsets, narrow sums, and few outputs.
static int is_taken(const struct bl_typed_fully_connected_params* typed) {
  const struct bl_fully_connected_params* p = &typed->fully_connected;
  return typed->sum_bits == 64 && p->input_offset == 0 && p->filter_offset == 0 &&
         p->output_depth >= kMveWideRows;
}

BL_ADDED_KERNEL(mve_fully_connected_s16_scratch_bytes)
int32_t mve_fully_connected_s16_scratch_bytes(const void* params) {
  const struct bl_typed_fully_connected_params* typed = params;
  return is_taken(typed) ? mve_wide_bytes(typed->fully_connected.output_depth) : 0;
}

BL_ADDED_KERNEL(mve_fully_connected_s16)
int32_t mve_fully_connected_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params* p =
      &((const struct bl_typed_fully_connected_params*)params)->fully_connected;
  const int32_t depth = p->input_depth, rows = p->output_depth;
  const struct mve_wide_outputs outputs = {scratch, (int32_t*)scratch + rows, p->output_offset,
                                           p->activation_min, p->activation_max};
  if (!is_taken(params)) return reference_fully_connected_s16(params, operands, scratch);
  const int is_short = mve_put_wide_outputs(&outputs, rows, depth, p->per_channel, operands);
  const int16_t* input = operands[0];
  const int8_t* filter = operands[1];
  int16_t* output = operands[5];
  for (int32_t batch = 0; batch < p->batches; ++batch, input += depth, output += rows) {
    for (int32_t four = 0; four < rows; four += kMveWideRows) {
      // The last rows are computed together with those before them, again.
      const int32_t row = bl_min(four, rows - kMveWideRows);
      const int8_t* weights = filter + row * depth;
      if (is_short) {
        int32_t sums[kMveWideRows] = {0};
        mve_add_wide_rows(sums, input, weights, depth, depth);
        mve_store_wide(&outputs, row, vldrwq_s32(sums), output, vctp32q(kMveWideRows));
      } else {
        int64_t sums[kMveWideRows] = {0};
        mve_add_long_rows(sums, input, weights, depth, depth);
        mve_store_long(&outputs, row, sums, p->per_channel, operands, output);
      }
    }
  }
  return 0;
}
