// Multiply-accumulates of the operators with weights: one per use of a weight, padding included.
#pragma once

#include <cstdint>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

// Null for an operand that is absent.
const Tensor* tensor_at(const Graph& graph, const std::vector<int>& indices, std::size_t position);

// Filters (input 1) of CONV_2D, CONV_3D and TRANSPOSE_CONV are [output channel][tap]…[input
// channel], of DEPTHWISE_CONV_2D [1][tap]…[output channel]: every element of `swept` uses each tap
// of one filter, an extent of `channel_axis`, once.
std::int64_t filter_macs(const Graph& graph, const Operator& op, const Tensor* swept,
                         std::size_t channel_axis);

// FULLY_CONNECTED, SVDF and the recurrent operators multiply each weight matrix (a constant of rank
// 2; the first one's rows have the input's depth) with a vector once per batch and time step. A
// matrix computed at run time is a weight where the definition has one: `only_input_1`.
std::int64_t matrix_macs(const Graph& graph, const Operator& op, bool only_input_1);

}  // namespace boardless::workloads
