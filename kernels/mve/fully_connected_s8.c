// FULLY_CONNECTED on int8 for Helium: two rows of weights at a time.
//
// A row of weights is used once per input, so what the input's offset adds is summed beside the
// products: sum((x + offset) * w) = sum(x * w) + offset * sum(w).
//
// Scratch: the sums of one output row.
#include "kernels/abi.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"
#include "kernels/reference/reference_kernels.h"

// Filters with a zero point are left to the reference.
static int is_taken(const struct bl_fully_connected_params* p) { return p->filter_offset == 0; }

struct two_sums {
  int32_t first, second;
};

MVE_INLINE struct two_sums sum_rows(const int8_t* input, const int8_t* weights0,
                                    const int8_t* weights1, int32_t depth, int32_t offset) {
  int32_t products0 = 0, products1 = 0, sum0 = 0, sum1 = 0;
  for (; depth > 0; depth -= kMveBytes) {
    const mve_pred16_t live = vctp8q((uint32_t)depth);
    const int8x16_t x = vldrbq_z_s8(input, live), w0 = vldrbq_z_s8(weights0, live);
    products0 = vmladavaq_p_s8(products0, x, w0, live);
    sum0 = vaddvaq_p_s8(sum0, w0, live);
    const int8x16_t w1 = vldrbq_z_s8(weights1, live);
    products1 = vmladavaq_p_s8(products1, x, w1, live);
    sum1 = vaddvaq_p_s8(sum1, w1, live);
    input += kMveBytes;
    weights0 += kMveBytes;
    weights1 += kMveBytes;
  }
  return (struct two_sums){products0 + offset * sum0, products1 + offset * sum1};
}

int32_t mve_fully_connected_s8_scratch_bytes(const void* params) {
  const struct bl_fully_connected_params* p = params;
  return is_taken(p) ? p->output_depth * (int32_t)sizeof(int32_t) : 0;
}

int32_t mve_fully_connected_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params* p = params;
  if (!is_taken(p)) return reference_fully_connected_s8(params, operands, scratch);
  const int32_t depth = p->input_depth, rows = p->output_depth, offset = p->input_offset;
  const int32_t* bias = operands[2];
  struct mve_outputs outputs = {.multiplier = operands[3],
                                .shift = operands[4],
                                .offset = p->output_offset,
                                .low = p->activation_min,
                                .high = p->activation_max,
                                .per_channel = p->per_channel};
  outputs.is_right = p->per_channel && mve_all_shift_right(operands[4], rows);
  const int8_t* input = operands[0];
  int8_t* output = operands[5];
  int32_t* sums = scratch;
  for (int32_t batch = 0; batch < p->batches; ++batch, input += depth, output += rows) {
    const int8_t* weights = operands[1];
    for (int32_t row = 0; row < rows; row += 2, weights += 2 * depth) {
      // A last row without a partner is its own.
      const int has_two = row + 1 < rows;
      const struct two_sums two =
          sum_rows(input, weights, has_two ? weights + depth : weights, depth, offset);
      sums[row] = two.first + (bias ? bias[row] : 0);
      if (has_two) sums[row + 1] = two.second + (bias ? bias[row + 1] : 0);
    }
    mve_store_outputs(&outputs, sums, output, rows);
  }
  return 0;
}
