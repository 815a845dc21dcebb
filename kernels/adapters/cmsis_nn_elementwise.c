// Operators of CMSIS-NN that go element by element or row by row.
#include "kernels/adapters/cmsis_nn.h"

// No broadcasting in the library.
int32_t cmsis_nn_add_s8_accepts(const void* params) {
  return ((const struct bl_add_params*)params)->broadcast.same_shape;
}

int32_t cmsis_nn_add_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params* p = params;
  (void)scratch;
  return arm_elementwise_add_s8(operands[0], operands[1], p->input1_offset, p->input1_multiplier,
                                p->input1_shift, p->input2_offset, p->input2_multiplier,
                                p->input2_shift, p->left_shift, operands[2], p->output_offset,
                                p->output_multiplier, p->output_shift, p->activation_min,
                                p->activation_max, elements(&p->broadcast));
}

int32_t cmsis_nn_mul_s8_accepts(const void* params) {
  return ((const struct bl_mul_params*)params)->broadcast.same_shape;
}

int32_t cmsis_nn_mul_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_mul_params* p = params;
  (void)scratch;
  return arm_elementwise_mul_s8(operands[0], operands[1], p->input1_offset, p->input2_offset,
                                operands[2], p->output_offset, p->output_multiplier,
                                p->output_shift, p->activation_min, p->activation_max,
                                elements(&p->broadcast));
}

#ifdef HAS_INT16_ARITHMETIC
// It takes offsets of int16 for zero.
int32_t cmsis_nn_add_s16_accepts(const void* params) {
  const struct bl_add_params* p = params;
  return p->broadcast.same_shape && p->input1_offset == 0 && p->input2_offset == 0 &&
         p->output_offset == 0;
}

int32_t cmsis_nn_add_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_add_params* p = params;
  (void)scratch;
  return arm_elementwise_add_s16(operands[0], operands[1], p->input1_offset, p->input1_multiplier,
                                 p->input1_shift, p->input2_offset, p->input2_multiplier,
                                 p->input2_shift, p->left_shift, operands[2], p->output_offset,
                                 p->output_multiplier, p->output_shift, p->activation_min,
                                 p->activation_max, elements(&p->broadcast));
}

int32_t cmsis_nn_mul_s16_accepts(const void* params) {
  const struct bl_mul_params* p = params;
  return p->broadcast.same_shape && p->input1_offset == 0 && p->input2_offset == 0 &&
         p->output_offset == 0;
}

int32_t cmsis_nn_mul_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_mul_params* p = params;
  (void)scratch;
  return arm_elementwise_mul_s16(operands[0], operands[1], p->input1_offset, p->input2_offset,
                                 operands[2], p->output_offset, p->output_multiplier,
                                 p->output_shift, p->activation_min, p->activation_max,
                                 elements(&p->broadcast));
}
#endif

#ifdef HAS_EXTREMES
#define DEFINE_EXTREME(name)                                                                      \
  int32_t cmsis_nn_##name##_s8_accepts(const void* params) {                                      \
    return ((const struct bl_binary_params*)params)->broadcast.same_shape;                        \
  }                                                                                               \
  int32_t cmsis_nn_##name##_s8(const void* params, void* const* operands, void* scratch) {        \
    const struct bl_binary_params* p = params;                                                    \
    const cmsis_nn_dims dims = dims_of(p->broadcast.extent);                                      \
    const cmsis_nn_context context = {scratch, 0};                                                \
    return arm_##name##_s8(&context, operands[0], &dims, operands[1], &dims, operands[2], &dims); \
  }

DEFINE_EXTREME(minimum)
DEFINE_EXTREME(maximum)
#endif

int32_t cmsis_nn_softmax_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params* p = params;
  (void)scratch;
  arm_softmax_s8(operands[0], p->rows, p->depth, p->input_multiplier, p->input_left_shift,
                 p->diff_min, operands[1]);
  return 0;
}

#ifdef HAS_INT16_SOFTMAX
int32_t cmsis_nn_softmax_s8_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params* p = params;
  (void)scratch;
  arm_softmax_s8_s16(operands[0], p->rows, p->depth, p->input_multiplier, p->input_left_shift,
                     p->diff_min, operands[1]);
  return 0;
}

int32_t cmsis_nn_softmax_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_softmax_params* p = params;
  const cmsis_nn_softmax_lut_s16 tables = {operands[0], operands[1]};
  (void)scratch;
  return arm_softmax_s16(operands[2], p->rows, p->depth, p->input_multiplier, p->input_left_shift,
                         &tables, operands[3]);
}
#endif
