// Entry points of the reference library: portable C with the loop order and the indexing of
// TFLite's reference operators, so that they cost what TFLite Micro's reference kernels cost.
// kernels/abi.h says what each takes.
#ifndef BOARDLESS_KERNELS_REFERENCE_REFERENCE_KERNELS_H_
#define BOARDLESS_KERNELS_REFERENCE_REFERENCE_KERNELS_H_

#include <stdint.h>

#include "kernels/reference/movement_kernels.h"

#ifdef __cplusplus
extern "C" {
#endif

int32_t reference_conv_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_depthwise_conv_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_fully_connected_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_average_pool_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_max_pool_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_add_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_sub_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_mul_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_add_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_mul_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_softmax_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_softmax_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_logistic_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_tanh_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_hard_swish_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_concatenation_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_copy_b8(const void* params, void* const* operands, void* scratch);
int32_t reference_pad_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_quantize_f32_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_dequantize_s8_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_requantize_s8_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_mean_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_mean_s8_scratch_bytes(const void* params);

// Operators with weights, and pooling, on further types.
int32_t reference_conv_2d_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_conv_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_conv_2d_u8(const void* params, void* const* operands, void* scratch);
int32_t reference_grouped_conv_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_grouped_conv_2d_u8(const void* params, void* const* operands, void* scratch);
int32_t reference_conv_2d_s8_s4_scratch_bytes(const void* params);
int32_t reference_conv_2d_s8_s4(const void* params, void* const* operands, void* scratch);
int32_t reference_depthwise_conv_2d_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_depthwise_conv_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_depthwise_conv_2d_u8(const void* params, void* const* operands, void* scratch);
int32_t reference_depthwise_conv_2d_s8_s4_scratch_bytes(const void* params);
int32_t reference_depthwise_conv_2d_s8_s4(const void* params, void* const* operands, void* scratch);
int32_t reference_fully_connected_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_fully_connected_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_fully_connected_u8(const void* params, void* const* operands, void* scratch);
int32_t reference_fully_connected_s8_s4_scratch_bytes(const void* params);
int32_t reference_fully_connected_s8_s4(const void* params, void* const* operands, void* scratch);
int32_t reference_transpose_conv_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_transpose_conv_s8_scratch_bytes(const void* params);
int32_t reference_transpose_conv_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_transpose_conv_s16_scratch_bytes(const void* params);
int32_t reference_transpose_conv_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_batch_matmul_f32_scratch_bytes(const void* params);
int32_t reference_batch_matmul_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_batch_matmul_s8_scratch_bytes(const void* params);
int32_t reference_batch_matmul_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_batch_matmul_s16_scratch_bytes(const void* params);
int32_t reference_batch_matmul_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_svdf_s8_s8_scratch_bytes(const void* params);
int32_t reference_svdf_s8_s8(const void* params, void* const* operands, void* scratch);
int32_t reference_svdf_s8_s16_scratch_bytes(const void* params);
int32_t reference_svdf_s8_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_svdf_f32_scratch_bytes(const void* params);
int32_t reference_svdf_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_unidirectional_sequence_lstm_s8_scratch_bytes(const void* params);
int32_t reference_unidirectional_sequence_lstm_s8(const void* params, void* const* operands,
                                                  void* scratch);
int32_t reference_unidirectional_sequence_lstm_s16_scratch_bytes(const void* params);
int32_t reference_unidirectional_sequence_lstm_s16(const void* params, void* const* operands,
                                                   void* scratch);
int32_t reference_unidirectional_sequence_lstm_f32_scratch_bytes(const void* params);
int32_t reference_unidirectional_sequence_lstm_f32(const void* params, void* const* operands,
                                                   void* scratch);
int32_t reference_average_pool_2d_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_average_pool_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_average_pool_2d_u8(const void* params, void* const* operands, void* scratch);
int32_t reference_l2_pool_2d_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_max_pool_2d_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_max_pool_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_max_pool_2d_u8(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_window_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_fft_auto_scale_s16(const void* params, void* const* operands,
                                            void* scratch);
int32_t reference_signal_rfft_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_rfft_s16_scratch_bytes(const void* params);
int32_t reference_signal_rfft_s32(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_rfft_s32_scratch_bytes(const void* params);
int32_t reference_signal_rfft_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_rfft_f32_scratch_bytes(const void* params);
int32_t reference_signal_irfft_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_irfft_s16_scratch_bytes(const void* params);
int32_t reference_signal_irfft_s32(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_irfft_s32_scratch_bytes(const void* params);
int32_t reference_signal_irfft_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_irfft_f32_scratch_bytes(const void* params);
int32_t reference_signal_energy_s16_u32(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_filter_bank_u32_u64(const void* params, void* const* operands,
                                             void* scratch);
int32_t reference_signal_square_root_u64_u32(const void* params, void* const* operands,
                                             void* scratch);
int32_t reference_signal_spectral_subtraction_u32(const void* params, void* const* operands,
                                                  void* scratch);
int32_t reference_signal_pcan_u32(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_filter_bank_log_u32_s16(const void* params, void* const* operands,
                                                 void* scratch);
int32_t reference_signal_delay_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_framer_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_stacker_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_overlap_add_s16(const void* params, void* const* operands, void* scratch);
int32_t reference_signal_overlap_add_f32(const void* params, void* const* operands, void* scratch);
int32_t reference_detection_postprocess_f32(const void* params, void* const* operands,
                                            void* scratch);
int32_t reference_detection_postprocess_f32_scratch_bytes(const void* params);
int32_t reference_circular_buffer_s8(const void* params, void* const* operands, void* scratch);

#ifdef __cplusplus
}  // extern "C"
#endif

#endif  // BOARDLESS_KERNELS_REFERENCE_REFERENCE_KERNELS_H_
