// Entry points of the library for cores with the DSP extension (Armv7E-M, Armv8-M Mainline with
// DSP): the same results as the reference library, bit for bit. kernels/abi.h says what each takes.
//
// Where parameters are outside what a kernel is made for, it calls the reference kernel; operators
// that would gain nothing from the extension are left to the reference library altogether.
#ifndef BOARDLESS_KERNELS_DSP_DSP_KERNELS_H_
#define BOARDLESS_KERNELS_DSP_DSP_KERNELS_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

int32_t dsp_conv_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_conv_2d_s8_scratch_bytes(const void* params);
int32_t dsp_depthwise_conv_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_depthwise_conv_2d_s8_scratch_bytes(const void* params);
int32_t dsp_fully_connected_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_fully_connected_s8_scratch_bytes(const void* params);
int32_t dsp_average_pool_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_max_pool_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_add_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_mul_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_softmax_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_softmax_s8_scratch_bytes(const void* params);
int32_t dsp_copy_b8(const void* params, void* const* operands, void* scratch);
int32_t dsp_pad_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_requantize_s8_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_requantize_s8_s8_scratch_bytes(const void* params);
int32_t dsp_mean_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_mean_s8_scratch_bytes(const void* params);
int32_t dsp_mean_along_s8(const void* params, void* const* operands, void* scratch);

int32_t dsp_unidirectional_sequence_lstm_s8(const void* params, void* const* operands,
                                            void* scratch);
int32_t dsp_unidirectional_sequence_lstm_s8_scratch_bytes(const void* params);
int32_t dsp_unidirectional_sequence_lstm_s16(const void* params, void* const* operands,
                                             void* scratch);
int32_t dsp_unidirectional_sequence_lstm_s16_scratch_bytes(const void* params);
int32_t dsp_svdf_s8_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_svdf_s8_s8_scratch_bytes(const void* params);
int32_t dsp_svdf_s8_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_svdf_s8_s16_scratch_bytes(const void* params);

int32_t dsp_softmax_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_logistic_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_logistic_s8_scratch_bytes(const void* params);
int32_t dsp_logistic_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_tanh_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_tanh_s8_scratch_bytes(const void* params);
int32_t dsp_tanh_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_hard_swish_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_hard_swish_s8_scratch_bytes(const void* params);

int32_t dsp_conv_2d_f32(const void* params, void* const* operands, void* scratch);
int32_t dsp_depthwise_conv_2d_f32(const void* params, void* const* operands, void* scratch);
int32_t dsp_fully_connected_f32(const void* params, void* const* operands, void* scratch);
int32_t dsp_add_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_mul_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_average_pool_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_max_pool_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_conv_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_conv_2d_s16_scratch_bytes(const void* params);
int32_t dsp_depthwise_conv_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_depthwise_conv_2d_s16_scratch_bytes(const void* params);
int32_t dsp_fully_connected_s16(const void* params, void* const* operands, void* scratch);
int32_t dsp_fully_connected_s16_scratch_bytes(const void* params);

int32_t dsp_sub_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_concatenation_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_concatenation_b8(const void* params, void* const* operands, void* scratch);
int32_t dsp_pad_b8(const void* params, void* const* operands, void* scratch);
int32_t dsp_pad_b16(const void* params, void* const* operands, void* scratch);
int32_t dsp_pad_b32(const void* params, void* const* operands, void* scratch);
int32_t dsp_transpose_b8(const void* params, void* const* operands, void* scratch);
int32_t dsp_transpose_b16(const void* params, void* const* operands, void* scratch);
int32_t dsp_transpose_b32(const void* params, void* const* operands, void* scratch);
int32_t dsp_transpose_conv_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_transpose_conv_s8_scratch_bytes(const void* params);
int32_t dsp_batch_matmul_s8(const void* params, void* const* operands, void* scratch);
int32_t dsp_batch_matmul_s8_scratch_bytes(const void* params);

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // BOARDLESS_KERNELS_DSP_DSP_KERNELS_H_
