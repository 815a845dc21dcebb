// Entry points of the reference kernels that move values or bring them to another type; part of
// reference_kernels.h.
#ifndef BOARDLESS_KERNELS_REFERENCE_MOVEMENT_KERNELS_H_
#define BOARDLESS_KERNELS_REFERENCE_MOVEMENT_KERNELS_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BL_DECLARE(name) \
  int32_t reference_##name(const void* params, void* const* operands, void* scratch)
#define BL_DECLARE_8_16_32(name) \
  BL_DECLARE(name##_b8);         \
  BL_DECLARE(name##_b16);        \
  BL_DECLARE(name##_b32)

BL_DECLARE(concatenation_b8);
BL_DECLARE_8_16_32(pack);
BL_DECLARE(pack_b64);
BL_DECLARE_8_16_32(unpack);
BL_DECLARE_8_16_32(split);
BL_DECLARE_8_16_32(transpose);
BL_DECLARE_8_16_32(slice);
BL_DECLARE_8_16_32(strided_slice);
BL_DECLARE_8_16_32(pad);
BL_DECLARE(mirror_pad_b8);
BL_DECLARE(mirror_pad_b32);
BL_DECLARE_8_16_32(reverse);
BL_DECLARE(reverse_b64);
BL_DECLARE(space_to_depth_b8);
BL_DECLARE(space_to_depth_b32);
BL_DECLARE(depth_to_space_b8);
BL_DECLARE(depth_to_space_b32);
BL_DECLARE(space_to_batch_nd_b8);
BL_DECLARE(batch_to_space_nd_b8);
BL_DECLARE(gather_b8);
BL_DECLARE(gather_nd_b8);
BL_DECLARE(embedding_lookup_b8);
BL_DECLARE(embedding_lookup_s8_f32);
BL_DECLARE(dynamic_update_slice_b8);
BL_DECLARE(broadcast_to_b8);
BL_DECLARE(broadcast_args_s32);
BL_DECLARE(broadcast_args_s64);
BL_DECLARE(fill_b8);
BL_DECLARE(fill_b32);
BL_DECLARE(zeros_b8);
BL_DECLARE_8_16_32(select);
BL_DECLARE(resize_nearest_neighbor_b8);
BL_DECLARE(resize_bilinear_s8);
BL_DECLARE(resize_bilinear_f32);
BL_DECLARE(arg_max_s8_s32);
BL_DECLARE(arg_max_f32_s32);
BL_DECLARE(arg_min_s8_s32);
BL_DECLARE(arg_min_f32_s32);

#define BL_DECLARE_CAST(from)    \
  BL_DECLARE(cast_##from##_s8);  \
  BL_DECLARE(cast_##from##_s16); \
  BL_DECLARE(cast_##from##_s32); \
  BL_DECLARE(cast_##from##_u32); \
  BL_DECLARE(cast_##from##_f32)

BL_DECLARE_CAST(s8);
BL_DECLARE_CAST(s16);
BL_DECLARE_CAST(s32);
BL_DECLARE_CAST(u32);
BL_DECLARE_CAST(bool);
BL_DECLARE_CAST(f32);

BL_DECLARE(quantize_f32_u8);
BL_DECLARE(quantize_f32_s16);
BL_DECLARE(dequantize_u8_f32);
BL_DECLARE(dequantize_s16_f32);
BL_DECLARE(requantize_s8_u8);
BL_DECLARE(requantize_s8_s16);
BL_DECLARE(requantize_s8_s32);
BL_DECLARE(requantize_u8_s8);
BL_DECLARE(requantize_u8_u8);
BL_DECLARE(requantize_s16_s8);
BL_DECLARE(requantize_s16_s16);
BL_DECLARE(requantize_s16_s32);
BL_DECLARE(requantize_s32_s8);
BL_DECLARE(requantize_s32_s16);

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // BOARDLESS_KERNELS_REFERENCE_MOVEMENT_KERNELS_H_
