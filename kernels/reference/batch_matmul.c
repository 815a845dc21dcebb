// BATCH_MATMUL: both operands are brought to rows along the depth, as TFLite Micro does, then
// multiplied matrix by matrix.
#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/sums.h"

// Stores the transposes of `count` matrices.
#define DEFINE_TRANSPOSE(name, Value)                                                      \
  static inline void name(const Value* from, int32_t count, int32_t rows, int32_t columns, \
                          Value* to) {                                                     \
    for (int32_t i = 0; i < count; ++i) {                                                  \
      for (int32_t row = 0; row < rows; ++row) {                                           \
        for (int32_t column = 0; column < columns; ++column) {                             \
          to[column * rows + row] = *from++;                                               \
        }                                                                                  \
      }                                                                                    \
      to += rows * columns;                                                                \
    }                                                                                      \
  }

#define quantized_factors(p, left, right) \
  (((left) + (p)->left_offset) * ((right) + (p)->right_offset))
#define wide_factors(p, left, right) ((int64_t)(left) * (right))
#define float_factors(p, left, right) ((left) * (right))
#define quantized_sum(p, sum) \
  bl_clamp(bl_rescale(sum, (p)->multiplier, (p)->shift) + (p)->output_offset, INT8_MIN, INT8_MAX)
#define wide_sum(p, sum) \
  bl_clamp(bl_rescale_wide(sum, (p)->multiplier, (p)->shift), INT16_MIN, INT16_MAX)
#define float_sum(p, sum) (sum)

#define DEFINE_BATCH_MATMUL(name, Value, Sum, factors, ending, transpose)                    \
  DEFINE_TRANSPOSE(transpose, Value)                                                         \
  static inline void name(const struct bl_batch_matmul_params* p, const Value* left,         \
                          const Value* right, Value* scratch, Value* output) {               \
    if (p->transpose_right) {                                                                \
      transpose(right, p->right_matrices, p->depth, p->columns, scratch);                    \
      right = scratch;                                                                       \
      scratch += p->right_matrices * p->depth * p->columns;                                  \
    }                                                                                        \
    if (p->transpose_left) {                                                                 \
      transpose(left, p->left_matrices, p->depth, p->matrix_rows, scratch);                  \
      left = scratch;                                                                        \
    }                                                                                        \
    for (int32_t b0 = 0; b0 < p->batch[0]; ++b0) {                                           \
      for (int32_t b1 = 0; b1 < p->batch[1]; ++b1) {                                         \
        for (int32_t b2 = 0; b2 < p->batch[2]; ++b2) {                                       \
          const Value* rows =                                                                \
              left + b0 * p->left_step[0] + b1 * p->left_step[1] + b2 * p->left_step[2];     \
          const Value* columns =                                                             \
              right + b0 * p->right_step[0] + b1 * p->right_step[1] + b2 * p->right_step[2]; \
          for (int32_t row = 0; row < p->rows; ++row) {                                      \
            for (int32_t column = 0; column < p->columns; ++column) {                        \
              Sum sum = 0;                                                                   \
              for (int32_t k = 0; k < p->depth; ++k) {                                       \
                sum += factors(p, rows[row * p->depth + k], columns[column * p->depth + k]); \
              }                                                                              \
              *output++ = (Value)ending(p, sum);                                             \
            }                                                                                \
          }                                                                                  \
        }                                                                                    \
      }                                                                                      \
    }                                                                                        \
  }                                                                                          \
  BL_TYPED_KERNEL(reference_##name##_scratch_bytes)                                          \
  int32_t reference_##name##_scratch_bytes(const void* params) {                             \
    const struct bl_batch_matmul_params* p = params;                                         \
    const int32_t right = p->transpose_right ? p->right_matrices * p->columns : 0;           \
    const int32_t left = p->transpose_left ? p->left_matrices * p->matrix_rows : 0;          \
    return (right + left) * p->depth * (int32_t)sizeof(Value);                               \
  }                                                                                          \
  BL_TYPED_KERNEL(reference_##name)                                                          \
  int32_t reference_##name(const void* params, void* const* operands, void* scratch) {       \
    name(params, operands[0], operands[1], scratch, operands[2]);                            \
    return 0;                                                                                \
  }

DEFINE_BATCH_MATMUL(batch_matmul_f32, float, float, float_factors, float_sum, transpose_f32)
DEFINE_BATCH_MATMUL(batch_matmul_s8, int8_t, int32_t, quantized_factors, quantized_sum,
                    transpose_s8)
DEFINE_BATCH_MATMUL(batch_matmul_s16, int16_t, int64_t, wide_factors, wide_sum, transpose_s16)
