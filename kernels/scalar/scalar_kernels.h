// Entry points of the library for cores without SIMD (Armv6-M, Armv7-M, RV32IM): the same results
// as the reference library, bit for bit. kernels/abi.h says what each takes.
//
// Where parameters are outside what a kernel is made for, it calls the reference kernel.
#ifndef BOARDLESS_KERNELS_SCALAR_SCALAR_KERNELS_H_
#define BOARDLESS_KERNELS_SCALAR_SCALAR_KERNELS_H_

#include <stdint.h>

int32_t scalar_conv_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t scalar_conv_2d_s8_scratch_bytes(const void* params);
int32_t scalar_conv_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t scalar_depthwise_conv_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t scalar_fully_connected_s8(const void* params, void* const* operands, void* scratch);
int32_t scalar_fully_connected_s16(const void* params, void* const* operands, void* scratch);
int32_t scalar_pad_s8(const void* params, void* const* operands, void* scratch);
int32_t scalar_add_s8(const void* params, void* const* operands, void* scratch);
int32_t scalar_add_s16(const void* params, void* const* operands, void* scratch);
int32_t scalar_mul_s8(const void* params, void* const* operands, void* scratch);
int32_t scalar_mul_s16(const void* params, void* const* operands, void* scratch);
int32_t scalar_average_pool_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t scalar_average_pool_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t scalar_max_pool_2d_s8(const void* params, void* const* operands, void* scratch);
int32_t scalar_max_pool_2d_s16(const void* params, void* const* operands, void* scratch);
int32_t scalar_unidirectional_sequence_lstm_s8(const void* params, void* const* operands,
                                               void* scratch);
int32_t scalar_unidirectional_sequence_lstm_s8_scratch_bytes(const void* params);

#endif  // BOARDLESS_KERNELS_SCALAR_SCALAR_KERNELS_H_
