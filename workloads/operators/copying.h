// The kernel that moves bytes, copy_b8, for whoever needs one.
#pragma once

#include <cstdint>

#include "workloads/operators/kernel_call.h"
#include "workloads/operators/prepared_model.h"

namespace boardless::workloads {

void answer_copy(const KernelCall& call);

// The copy of `bytes` on behalf of graph operator `operator_index`.
PreparedOperator copy_of(int operator_index, Operand from, Operand to, std::int64_t bytes);

}  // namespace boardless::workloads
