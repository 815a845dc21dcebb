// What layers that move values without changing them leave behind, for calibration.
#pragma once

#include <cstdint>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

using ZooValues = std::vector<std::int8_t>;  // of all samples, one after the other

bool moves_values(OpKind kind);
// Of those, and of the others that take a selection or a mean of values: the output is quantised as
// the input is.
bool keeps_quantisation(OpKind kind);

// The values of each of the operator's outputs. `inputs` are those of the operator's inputs that
// are no constants, in order; `zero` fills padding. Resizing takes the nearest value in either
// form: interpolation stays within the same range.
std::vector<ZooValues> move_values(const Graph& graph, const Operator& op, std::int32_t samples,
                                   const std::vector<const ZooValues*>& inputs, std::int8_t zero);

}  // namespace boardless::workloads
