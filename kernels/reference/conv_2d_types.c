// CONV_2D on the types and in the groups that conv_2d.c has not.
#include "kernels/reference/conv_2d_loops.h"
#include "kernels/reference/reference_kernels.h"

DEFINE_CONV_2D(conv_2d_f32, float, float, float, plain_product, float_output)
DEFINE_CONV_2D(conv_2d_wide, int16_t, int8_t, int64_t, plain_product, wide_output)
DEFINE_CONV_2D(conv_2d_narrow, int16_t, int8_t, int32_t, plain_product, quantized_output)
DEFINE_CONV_2D(conv_2d_s8, int8_t, int8_t, int32_t, s8_product, quantized_output)
DEFINE_CONV_2D(conv_2d_u8, uint8_t, uint8_t, int32_t, u8_product, quantized_output)

BL_TYPED_KERNEL(reference_conv_2d_f32)
int32_t reference_conv_2d_f32(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct bl_ending by = {0, 0, p->activation};
  (void)scratch;
  conv_2d_f32(p->conv, p->groups, by, operands[0], operands[1], operands[2], operands[5]);
  return 0;
}

BL_TYPED_KERNEL(reference_conv_2d_s16)
int32_t reference_conv_2d_s16(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  (void)scratch;
  if (p->sum_bits == 32) {
    conv_2d_narrow(p->conv, p->groups, by, operands[0], operands[1], operands[2], operands[5]);
  } else {
    conv_2d_wide(p->conv, p->groups, by, operands[0], operands[1], operands[2], operands[5]);
  }
  return 0;
}

BL_TYPED_KERNEL(reference_grouped_conv_2d_s8)
int32_t reference_grouped_conv_2d_s8(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  (void)scratch;
  conv_2d_s8(p->conv, p->groups, by, operands[0], operands[1], operands[2], operands[5]);
  return 0;
}

BL_TYPED_KERNEL(reference_conv_2d_u8)
int32_t reference_conv_2d_u8(const void* params, void* const* operands, void* scratch) {
  const struct bl_conv_2d_params* p = params;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  (void)scratch;
  conv_2d_u8(*p, 1, by, operands[0], operands[1], operands[2], operands[5]);
  return 0;
}

BL_TYPED_KERNEL(reference_grouped_conv_2d_u8)
int32_t reference_grouped_conv_2d_u8(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  (void)scratch;
  conv_2d_u8(p->conv, p->groups, by, operands[0], operands[1], operands[2], operands[5]);
  return 0;
}

// The whole filter is unpacked at each call.
BL_TYPED_KERNEL(reference_conv_2d_s8_s4_scratch_bytes)
int32_t reference_conv_2d_s8_s4_scratch_bytes(const void* params) {
  const struct bl_grouped_conv_2d_params* p = params;
  return p->conv.output_c * p->conv.filter_h * p->conv.filter_w * (p->conv.input_c / p->groups);
}

BL_TYPED_KERNEL(reference_conv_2d_s8_s4)
int32_t reference_conv_2d_s8_s4(const void* params, void* const* operands, void* scratch) {
  const struct bl_grouped_conv_2d_params* p = params;
  const struct bl_ending by = {operands[3], operands[4], {0, 0}};
  bl_unpack_s4(operands[1], reference_conv_2d_s8_s4_scratch_bytes(params), scratch);
  conv_2d_s8(p->conv, p->groups, by, operands[0], scratch, operands[2], operands[5]);
  return 0;
}
