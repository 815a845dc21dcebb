// Entry points of the library for cores with Helium (the M-profile vector extension, Armv8.1-M):
// the same results as the reference library, bit for bit. kernels/abi.h says what each takes.
//
// Where parameters are outside what a kernel is made for, it calls the reference kernel; operators
// that would gain nothing from vectors are left to the reference library altogether.
#ifndef BOARDLESS_KERNELS_MVE_MVE_KERNELS_H_
#define BOARDLESS_KERNELS_MVE_MVE_KERNELS_H_

#include <stdint.h>

int32_t mve_conv_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_conv_2d_s8_scratch_bytes(const void* params);
int32_t mve_depthwise_conv_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_depthwise_conv_2d_s8_scratch_bytes(const void* params);
int32_t mve_fully_connected_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_fully_connected_s8_scratch_bytes(const void* params);
int32_t mve_average_pool_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_max_pool_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_add_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_mul_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_softmax_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_softmax_s8_scratch_bytes(const void* params);
int32_t mve_copy_b8(const void* params, void* const* operands, void* scratch);
int32_t mve_pad_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_requantize_s8_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_mean_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_mean_s8_scratch_bytes(const void* params);
int32_t mve_mean_along_s8(const void* params, void* const* operands, void* scratch);

int32_t mve_add_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_mul_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_average_pool_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_max_pool_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_conv_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_conv_2d_s16_scratch_bytes(const void* params);
int32_t mve_depthwise_conv_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_depthwise_conv_2d_s16_scratch_bytes(const void* params);
int32_t mve_fully_connected_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_fully_connected_s16_scratch_bytes(const void* params);

int32_t mve_conv_2d_f32(const void* params, void* const* operands, void* scratch);
int32_t mve_depthwise_conv_2d_f32(const void* params, void* const* operands, void* scratch);
int32_t mve_fully_connected_f32(const void* params, void* const* operands, void* scratch);

int32_t mve_sub_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_concatenation_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_concatenation_b8(const void* params, void* const* operands, void* scratch);
int32_t mve_pad_b8(const void* params, void* const* operands, void* scratch);
int32_t mve_pad_b16(const void* params, void* const* operands, void* scratch);
int32_t mve_pad_b32(const void* params, void* const* operands, void* scratch);
int32_t mve_transpose_b8(const void* params, void* const* operands, void* scratch);
int32_t mve_transpose_b16(const void* params, void* const* operands, void* scratch);
int32_t mve_transpose_b32(const void* params, void* const* operands, void* scratch);
int32_t mve_transpose_conv_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_transpose_conv_s8_scratch_bytes(const void* params);
int32_t mve_batch_matmul_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_batch_matmul_s8_scratch_bytes(const void* params);

int32_t mve_unidirectional_sequence_lstm_s8(const void* params, void* const* operands,
                                            void* scratch);
int32_t mve_unidirectional_sequence_lstm_s8_scratch_bytes(const void* params);
int32_t mve_unidirectional_sequence_lstm_s16(const void* params, void* const* operands,
                                             void* scratch);
int32_t mve_unidirectional_sequence_lstm_s16_scratch_bytes(const void* params);
int32_t mve_svdf_s8_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_svdf_s8_s8_scratch_bytes(const void* params);
int32_t mve_svdf_s8_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_svdf_s8_s16_scratch_bytes(const void* params);

int32_t mve_softmax_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_logistic_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_logistic_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_tanh_s8(const void* params, void* const* operands, void* scratch);
int32_t mve_tanh_s16(const void* params, void* const* operands, void* scratch);
int32_t mve_hard_swish_s8(const void* params, void* const* operands, void* scratch);

#endif  // BOARDLESS_KERNELS_MVE_MVE_KERNELS_H_
