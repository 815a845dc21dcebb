// What BATCH_MATMUL kernels share: operands as rows along the depth, and the order of the matrices.
#ifndef BOARDLESS_KERNELS_BATCH_MATMUL_H_
#define BOARDLESS_KERNELS_BATCH_MATMUL_H_

#include "kernels/abi.h"

// Bytes that transposed operands of int8 take.
static inline int32_t bl_transposed_bytes(const struct bl_batch_matmul_params* p) {
  const int32_t right = p->transpose_right ? p->right_matrices * p->columns : 0;
  const int32_t left = p->transpose_left ? p->left_matrices * p->matrix_rows : 0;
  return (right + left) * p->depth;
}

static inline void bl_transpose_matrices(int8_t* to, const int8_t* from, int32_t count,
                                         int32_t rows, int32_t columns) {
  for (; count > 0; --count, from += rows * columns) {
    for (int32_t column = 0; column < columns; ++column) {
      for (int32_t row = 0; row < rows; ++row) *to++ = from[row * columns + column];
    }
  }
}

// Matrices of rows along the depth.
struct bl_matrices {
  const int8_t *left, *right;
};

// Those that are not stored so are transposed to `scratch`.
static inline struct bl_matrices bl_rows_of(const struct bl_batch_matmul_params* p,
                                            void* const* operands, int8_t* scratch) {
  struct bl_matrices matrices = {operands[0], operands[1]};
  if (p->transpose_right) {
    bl_transpose_matrices(scratch, matrices.right, p->right_matrices, p->depth, p->columns);
    matrices.right = scratch;
    scratch += p->right_matrices * p->depth * p->columns;
  }
  if (p->transpose_left) {
    bl_transpose_matrices(scratch, matrices.left, p->left_matrices, p->depth, p->matrix_rows);
    matrices.left = scratch;
  }
  return matrices;
}

// The operands of product `i`, in the order of the output.
static inline struct bl_matrices bl_matrices_at(const struct bl_batch_matmul_params* p,
                                                struct bl_matrices all, int32_t i) {
  for (int32_t k = 2; k >= 0; --k) {
    const int32_t index = i % p->batch[k];
    i /= p->batch[k];
    all.left += index * p->left_step[k];
    all.right += index * p->right_step[k];
  }
  return all;
}

#endif  // BOARDLESS_KERNELS_BATCH_MATMUL_H_
