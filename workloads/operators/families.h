// The families of operators, one file each. This list is the only one: a family that is not in
// all_operators() does not exist.
#pragma once

#include <span>

#include "workloads/operators/operator_record.h"

namespace boardless::workloads {

std::span<const OperatorRecord> convolution_operators();  // and FULLY_CONNECTED
std::span<const OperatorRecord> matrix_operators();       // BATCH_MATMUL
std::span<const OperatorRecord> pooling_operators();
std::span<const OperatorRecord> reduction_operators();   // MEAN and its like
std::span<const OperatorRecord> arithmetic_operators();  // ADD, SUB, MUL, SQUARED_DIFFERENCE
std::span<const OperatorRecord> division_operators();
std::span<const OperatorRecord> running_sum_operators();  // CUMSUM, ADD_N
std::span<const OperatorRecord> comparison_operators();   // and LOGICAL_AND, LOGICAL_OR
std::span<const OperatorRecord> extreme_operators();      // MAXIMUM, MINIMUM
// EXP, SQRT and other functions of one element.
std::span<const OperatorRecord> elementary_operators();
std::span<const OperatorRecord> sigmoid_operators();    // LOGISTIC, TANH
std::span<const OperatorRecord> rectifier_operators();  // RELU and its like
std::span<const OperatorRecord> rescaling_operators();  // to another scale or type
std::span<const OperatorRecord> softmax_operators();
std::span<const OperatorRecord> normalisation_operators();  // SOFTMAX and its like
// Values moved: one tensor's, or those of several.
std::span<const OperatorRecord> reshaping_operators();
std::span<const OperatorRecord> slicing_operators();
std::span<const OperatorRecord> padding_operators();
std::span<const OperatorRecord> permuting_operators();  // TRANSPOSE and its like
std::span<const OperatorRecord> batching_operators();   // SPACE_TO_BATCH_ND and back
std::span<const OperatorRecord> resizing_operators();
std::span<const OperatorRecord> joining_operators();  // CONCATENATION
std::span<const OperatorRecord> packing_operators();  // PACK, SPLIT and their like
std::span<const OperatorRecord> indexing_operators();
std::span<const OperatorRecord> filling_operators();
std::span<const OperatorRecord> choosing_operators();  // SELECT_V2, ARG_MAX
std::span<const OperatorRecord> casting_operators();
std::span<const OperatorRecord> recurrent_operators();
std::span<const OperatorRecord> control_flow_operators();  // what runs other subgraphs
std::span<const OperatorRecord> variable_operators();      // resource variables
std::span<const OperatorRecord> signal_operators();        // the Signal library: before and behind…
std::span<const OperatorRecord> transform_operators();     // …its transforms
std::span<const OperatorRecord> filter_bank_operators();   // its channels
std::span<const OperatorRecord> framing_operators();       // what it remembers
std::span<const OperatorRecord> circular_buffer_operators();
std::span<const OperatorRecord> detection_operators();
std::span<const OperatorRecord> custom_operators();

}  // namespace boardless::workloads
