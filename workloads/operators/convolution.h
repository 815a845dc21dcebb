// How CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED are prepared and answered; convolution.cc has
// their records.
#pragma once

#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

PreparedOperator prepare_conv_2d(const OperatorView& view);
PreparedOperator prepare_depthwise_conv_2d(const OperatorView& view);
PreparedOperator prepare_fully_connected(const OperatorView& view);

// E is an element type: Int8 or UInt8.
template <class E>
void answer_conv_2d(const KernelCall& call);
template <class E>
void answer_depthwise_conv_2d(const KernelCall& call);
template <class E>
void answer_fully_connected(const KernelCall& call);

}  // namespace boardless::workloads
