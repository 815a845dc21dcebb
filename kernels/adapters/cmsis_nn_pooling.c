// Pooling of CMSIS-NN.
#include "kernels/adapters/cmsis_nn.h"

struct pooling {
  cmsis_nn_pool_params params;
  cmsis_nn_dims input, filter, output;
};

static struct pooling pooling_of(const struct bl_pool_2d_params* p) {
  const struct pooling pooling = {
      .params = {.stride = {.w = p->stride_w, .h = p->stride_h},
                 .padding = {.w = p->pad_left, .h = p->pad_top},
                 .activation = {p->activation_min, p->activation_max}},
      .input = {p->batches, p->input_h, p->input_w, p->channels},
      .filter = {1, p->filter_h, p->filter_w, 1},
      .output = {p->batches, p->output_h, p->output_w, p->channels},
  };
  return pooling;
}

static int32_t pools_batches(const struct bl_pool_2d_params* p) {
#ifdef HAS_BATCHED_POOLING
  (void)p;
  return 1;
#else
  return p->batches == 1;
#endif
}

#define DEFINE_AVERAGE_POOL(type)                                                     \
  int32_t cmsis_nn_average_pool_2d_##type##_accepts(const void* params) {             \
    return pools_batches(params);                                                     \
  }                                                                                   \
  int32_t cmsis_nn_average_pool_2d_##type##_scratch_bytes(const void* params) {       \
    const struct bl_pool_2d_params* p = params;                                       \
    return arm_avgpool_##type##_get_buffer_size(p->output_w, p->channels);            \
  }                                                                                   \
  int32_t cmsis_nn_average_pool_2d_##type(const void* params, void* const* operands,  \
                                          void* scratch) {                            \
    const struct pooling pooling = pooling_of(params);                                \
    const cmsis_nn_context context = {scratch, 0};                                    \
    return arm_avgpool_##type(&context, &pooling.params, &pooling.input, operands[0], \
                              &pooling.filter, &pooling.output, operands[1]);         \
  }

#define DEFINE_MAX_POOL(type)                                                                     \
  int32_t cmsis_nn_max_pool_2d_##type##_accepts(const void* params) {                             \
    return pools_batches(params);                                                                 \
  }                                                                                               \
  int32_t cmsis_nn_max_pool_2d_##type(const void* params, void* const* operands, void* scratch) { \
    const struct pooling pooling = pooling_of(params);                                            \
    const cmsis_nn_context context = {scratch, 0};                                                \
    return arm_max_pool_##type(&context, &pooling.params, &pooling.input, operands[0],            \
                               &pooling.filter, &pooling.output, operands[1]);                    \
  }

DEFINE_AVERAGE_POOL(s8)
DEFINE_MAX_POOL(s8)
#ifdef HAS_INT16_POOLING
DEFINE_AVERAGE_POOL(s16)
DEFINE_MAX_POOL(s16)
#endif
