// BATCH_MATMUL on int8 for Helium: a row on the left is put down once with its offset, then four
// columns on the right pass at a time. What their offset adds is the same for all of a row:
//   sum(x * (w + offset)) = sum(x * w) + offset * sum(x)
//
// Scratch: the row, then transposed operands.
#include "kernels/batch_matmul.h"
#include "kernels/mve/mve_kernels.h"
#include "kernels/mve/requantize.h"
#include "kernels/mve/shifted_row.h"
#include "kernels/reference/reference_kernels.h"

// Zero points that int16 cannot hold are left to the reference.
static int is_taken(const struct bl_batch_matmul_params* p) {
  return mve_holds_shifted(p->left_offset);
}

static int32_t row_bytes(const struct bl_batch_matmul_params* p) {
  return mve_round_up(p->depth, 2) * (int32_t)sizeof(int16_t);
}

BL_ADDED_KERNEL(mve_batch_matmul_s8_scratch_bytes)
int32_t mve_batch_matmul_s8_scratch_bytes(const void* params) {
  const struct bl_batch_matmul_params* p = params;
  if (!is_taken(p)) return reference_batch_matmul_s8_scratch_bytes(params);
  return row_bytes(p) + bl_transposed_bytes(p);
}

BL_ADDED_KERNEL(mve_batch_matmul_s8)
int32_t mve_batch_matmul_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_batch_matmul_params* p = params;
  if (!is_taken(p)) return reference_batch_matmul_s8(params, operands, scratch);
  const struct bl_matrices all = bl_rows_of(p, operands, (int8_t*)scratch + row_bytes(p));
  const int32x4_t low = vdupq_n_s32(INT8_MIN), high = vdupq_n_s32(INT8_MAX);
  int8_t* output = operands[2];
  const int32_t products = p->batch[0] * p->batch[1] * p->batch[2];
  for (int32_t i = 0; i < products; ++i) {
    const struct bl_matrices at = bl_matrices_at(p, all, i);
    for (int32_t row = 0; row < p->rows; ++row) {
      const int32_t start = p->right_offset * mve_shift_row(scratch, at.left + row * p->depth,
                                                            p->depth, p->left_offset);
      for (int32_t column = 0; column < p->columns;) {
        const int32_t columns = p->columns - column >= kMveWideRows ? kMveWideRows : 1;
        int32_t sums[kMveWideRows] = {start, start, start, start};
        mve_add_wide_rows(sums, scratch, at.right + column * p->depth, columns > 1 ? p->depth : 0,
                          p->depth);
        const int32x4_t scaled = mve_rescale_all(vldrwq_s32(sums), p->multiplier, p->shift);
        vstrbq_p_s32(output, mve_finish(scaled, p->output_offset, low, high),
                     vctp32q((uint32_t)columns));
        column += columns;
        output += columns;
      }
    }
  }
  return 0;
}
