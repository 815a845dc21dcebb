// How CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED and TRANSPOSE_CONV are prepared and answered;
// convolution.cc has their records.
#pragma once

#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

PreparedOperator prepare_conv_2d(const OperatorView& view);
PreparedOperator prepare_depthwise_conv_2d(const OperatorView& view);
PreparedOperator prepare_fully_connected(const OperatorView& view);
PreparedOperator prepare_transpose_conv(const OperatorView& view);

// E is an element type: of 8 bits, Int16 (on weights of int8) or Float32.
template <class E>
void answer_conv_2d(const KernelCall& call);
template <class E>
void answer_depthwise_conv_2d(const KernelCall& call);
template <class E>
void answer_fully_connected(const KernelCall& call);

template <>
void answer_conv_2d<Float32>(const KernelCall& call);
template <>
void answer_conv_2d<Int16>(const KernelCall& call);
template <>
void answer_depthwise_conv_2d<Float32>(const KernelCall& call);
template <>
void answer_depthwise_conv_2d<Int16>(const KernelCall& call);
template <>
void answer_fully_connected<Float32>(const KernelCall& call);
template <>
void answer_fully_connected<Int16>(const KernelCall& call);

// CONV_2D on 8-bit types in several groups.
template <class E>
void answer_grouped_conv_2d(const KernelCall& call);

void answer_transpose_conv_f32(const KernelCall& call);
void answer_transpose_conv_s8(const KernelCall& call);
void answer_transpose_conv_s16(const KernelCall& call);

// int8 data on weights of int4.
void answer_conv_2d_int4(const KernelCall& call);
void answer_depthwise_conv_2d_int4(const KernelCall& call);
void answer_fully_connected_int4(const KernelCall& call);

}  // namespace boardless::workloads
