// Operators of CMSIS-NN that move bytes.
#include "kernels/adapters/cmsis_nn.h"

int32_t cmsis_nn_copy_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_copy_params* p = params;
  (void)scratch;
  // The planner may give both tensors the same place.
  if (operands[0] != operands[1]) arm_reshape_s8(operands[0], operands[1], (uint32_t)p->bytes);
  return 0;
}

#ifdef HAS_PAD
int32_t cmsis_nn_pad_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_pad_params* p = params;
  const cmsis_nn_dims input = dims_of(p->input_extent);
  const cmsis_nn_dims before = dims_of(p->before);
  const cmsis_nn_dims after = dims_of(p->after);
  (void)scratch;
  return arm_pad_s8(operands[0], operands[1], (int8_t)p->pad_value, &input, &before, &after);
}
#endif

#ifdef HAS_TRANSPOSE
static int32_t is_identity(const struct bl_transpose_params* p) {
  for (int32_t i = 0; i < p->dimensions; ++i) {
    if (p->permutation[i] != i) return 0;
  }
  return 1;
}

// The library has up to four dimensions, and takes some permutations for granted that swap the
// last two.
int32_t cmsis_nn_transpose_b8_accepts(const void* params) {
  const struct bl_transpose_params* p = params;
  return p->dimensions == 1 || (p->dimensions <= 4 && !is_identity(p));
}

int32_t cmsis_nn_transpose_b8(const void* params, void* const* operands, void* scratch) {
  const struct bl_transpose_params* p = params;
  int32_t input_extent[4] = {1, 1, 1, 1}, output_extent[4] = {1, 1, 1, 1};
  uint32_t permutation[4];
  (void)scratch;
  for (int32_t i = 0; i < p->dimensions; ++i) {
    permutation[i] = (uint32_t)p->permutation[i];
    output_extent[i] = p->output_extent[i];
    input_extent[p->permutation[i]] = p->output_extent[i];
  }
  const cmsis_nn_transpose_params transpose = {p->dimensions, permutation};
  const cmsis_nn_dims input = dims_of(input_extent);
  const cmsis_nn_dims output = dims_of(output_extent);
  return arm_transpose_s8(operands[0], operands[1], &input, &output, &transpose);
}
#endif
