// How differences to a row's largest value are brought to Q5.26 for SOFTMAX and LOG_SOFTMAX.
#pragma once

#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

struct DifferenceScaling {
  FixedMultiplier by;         // its shift is to the left
  std::int32_t smallest = 0;  // below this many input steps they underflow
};

// For rows of `depth` of input 0 times `beta`, whose exponentials are summed in Q12.19.
DifferenceScaling difference_scaling(const OperatorView& view, float beta, std::int32_t depth);

}  // namespace boardless::workloads
