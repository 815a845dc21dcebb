// Gives a topology quantisation without running it, for those who ask about shapes only.
#pragma once

#include "workloads/zoo/topology.h"

namespace boardless::workloads {

// Every int8 tensor is quantised as TFLite's int8 rules have it (one scale for each output channel
// of a convolution, fixed scales of SOFTMAX and LOGISTIC, equal ones where an operator only moves
// values), with scales that no run has chosen. Weights stay shape_only.
Graph quantise_nominally(ZooTopology topology);

}  // namespace boardless::workloads
