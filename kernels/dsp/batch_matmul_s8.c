// BATCH_MATMUL on int8 for cores with the DSP extension: a row on the left is widened once, then
// four columns on the right pass at a time. What their offset adds is the same for all of a row:
//   sum(x * (w + offset)) = sum(x * w) + offset * sum(x)
//
// Scratch: the widened row, then transposed operands.
#include "kernels/batch_matmul.h"
#include "kernels/dsp/dsp_kernels.h"
#include "kernels/dsp/requantize.h"
#include "kernels/dsp/widened_row.h"
#include "kernels/reference/reference_kernels.h"

// The rest is left to the reference: rows shorter than a step, and zero points that int16 cannot
// hold.
static int is_taken(const struct bl_batch_matmul_params* p) {
  return p->depth >= kDspTaps && p->left_offset > -32000 && p->left_offset < 32000;
}

BL_ADDED_KERNEL(dsp_batch_matmul_s8_scratch_bytes)
int32_t dsp_batch_matmul_s8_scratch_bytes(const void* params) {
  const struct bl_batch_matmul_params* p = params;
  if (!is_taken(p)) return reference_batch_matmul_s8_scratch_bytes(params);
  return dsp_widened_bytes(p->depth) + bl_transposed_bytes(p);
}

static int32_t sum_of(const uint32_t* widened, int32_t taps) {
  int32_t sum = 0;
  for (int32_t i = dsp_widened_bytes(taps) / 4; i > 0; --i) {
    sum = dsp_dot(*widened++, 0x00010001u, sum);
  }
  return sum;
}

BL_ADDED_KERNEL(dsp_batch_matmul_s8)
int32_t dsp_batch_matmul_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_batch_matmul_params* p = params;
  if (!is_taken(p)) return reference_batch_matmul_s8(params, operands, scratch);
  uint32_t* widened = scratch;
  const struct bl_matrices all =
      bl_rows_of(p, operands, (int8_t*)scratch + dsp_widened_bytes(p->depth));
  int8_t* output = operands[2];
  const int32_t products = p->batch[0] * p->batch[1] * p->batch[2];
  for (int32_t i = 0; i < products; ++i) {
    const struct bl_matrices at = bl_matrices_at(p, all, i);
    for (int32_t row = 0; row < p->rows; ++row) {
      dsp_widen_row(widened, at.left + row * p->depth, p->depth, p->left_offset);
      const int32_t start = p->right_offset * sum_of(widened, p->depth);
      for (int32_t column = 0; column < p->columns;) {
        const int32_t columns = p->columns - column >= kDspRows ? kDspRows : 1;
        int32_t sums[kDspRows] = {start, start, start, start};
        dsp_add_rows(sums, widened, at.right + column * p->depth, columns > 1 ? p->depth : 0,
                     p->depth);
        column += columns;
        for (int32_t j = 0; j < columns; ++j) {
          const int32_t value = dsp_rescale(sums[j], p->multiplier, p->shift) + p->output_offset;
          *output++ = (int8_t)dsp_saturate_to_int8(value);
        }
      }
    }
  }
  return 0;
}
