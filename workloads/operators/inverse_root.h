// 1 / sqrt(n) of an integer in TFLite's fixed-point arithmetic, for the host's answers.
#pragma once

#include <cstdint>

#include "workloads/operators/quantization.h"

namespace boardless::workloads {

// For n >= 0; 0 is taken for 1.
FixedMultiplier inverse_square_root(std::int32_t n);

}  // namespace boardless::workloads
