// FULLY_CONNECTED on the types that fully_connected.c has not.
#include "kernels/reference/reference_kernels.h"
#include "kernels/reference/sums.h"

// Defines name(p, by, input, filter, bias, output); `product` and `ending` are of sums.h.
#define DEFINE_FULLY_CONNECTED(name, Value, Weight, Sum, product, ending)                          \
  static inline void name(struct bl_fully_connected_params p, struct bl_ending by,                 \
                          const Value* input, const Weight* filter, const Sum* bias,               \
                          Value* output) {                                                         \
    for (int32_t batch = 0; batch < p.batches; ++batch) {                                          \
      for (int32_t out = 0; out < p.output_depth; ++out) {                                         \
        Sum sum = 0;                                                                               \
        for (int32_t in = 0; in < p.input_depth; ++in) {                                           \
          const Value value = input[batch * p.input_depth + in];                                   \
          const Weight weight = filter[out * p.input_depth + in];                                  \
          sum += product(p, value, weight);                                                        \
        }                                                                                          \
        if (bias) sum += bias[out];                                                                \
        output[batch * p.output_depth + out] = (Value)ending(p, sum, by, p.per_channel ? out : 0); \
      }                                                                                            \
    }                                                                                              \
  }

DEFINE_FULLY_CONNECTED(fully_connected_f32, float, float, float, plain_product, float_output)
DEFINE_FULLY_CONNECTED(fully_connected_wide, int16_t, int8_t, int64_t, u8_product, wide_output)
DEFINE_FULLY_CONNECTED(fully_connected_narrow, int16_t, int8_t, int32_t, u8_product,
                       quantized_output)
DEFINE_FULLY_CONNECTED(fully_connected_s8, int8_t, int8_t, int32_t, u8_product, quantized_output)
DEFINE_FULLY_CONNECTED(fully_connected_u8, uint8_t, uint8_t, int32_t, u8_product, quantized_output)

BL_TYPED_KERNEL(reference_fully_connected_f32)
int32_t reference_fully_connected_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_typed_fully_connected_params* p = params;
  const struct bl_ending by = {0, 0, p->activation};
  (void)scratch;
  fully_connected_f32(p->fully_connected, by, operands[0], operands[1], operands[2], operands[5]);
  return 0;
}

BL_TYPED_KERNEL(reference_fully_connected_s16)
int32_t reference_fully_connected_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_typed_fully_connected_params* typed = params;
  const struct bl_fully_connected_params p = typed->fully_connected;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  (void)scratch;
  if (typed->sum_bits == 32) {
    fully_connected_narrow(p, by, operands[0], operands[1], operands[2], operands[5]);
  } else {
    fully_connected_wide(p, by, operands[0], operands[1], operands[2], operands[5]);
  }
  return 0;
}

BL_TYPED_KERNEL(reference_fully_connected_u8)
int32_t reference_fully_connected_u8(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params* p = params;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  (void)scratch;
  fully_connected_u8(*p, by, operands[0], operands[1], operands[2], operands[5]);
  return 0;
}

// The whole filter is unpacked at each call.
BL_TYPED_KERNEL(reference_fully_connected_s8_s4_scratch_bytes)
int32_t reference_fully_connected_s8_s4_scratch_bytes(const void* params) {
  const struct bl_fully_connected_params* p = params;
  return p->input_depth * p->output_depth;
}

BL_TYPED_KERNEL(reference_fully_connected_s8_s4)
int32_t reference_fully_connected_s8_s4(const void* params, void* const* operands, void* scratch) {
  const struct bl_fully_connected_params* p = params;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  bl_unpack_s4(operands[1], reference_fully_connected_s8_s4_scratch_bytes(params), scratch);
  fully_connected_s8(*p, by, operands[0], scratch, operands[2], operands[5]);
  return 0;
}
