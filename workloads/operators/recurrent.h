// How the operators that keep a state are prepared and answered; recurrent.cc has their records.
#pragma once

#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

PreparedOperator prepare_svdf(const OperatorView& view);
PreparedOperator prepare_unidirectional_sequence_lstm(const OperatorView& view);
PreparedOperator prepare_float_lstm(const OperatorView& view);

// By the types of data, and of weights over time and state.
void answer_svdf_s8_s8(const KernelCall& call);
void answer_svdf_s8_s16(const KernelCall& call);
void answer_svdf_f32(const KernelCall& call);
// By the type of data; weights are int8, cells int16.
void answer_lstm_s8(const KernelCall& call);
void answer_lstm_s16(const KernelCall& call);
// Goes on from the hidden states that a core wrote.
void answer_lstm_f32(const KernelCall& call);

}  // namespace boardless::workloads
