// Which tensors of a topology must be quantised alike, because a concatenation joins them.
#pragma once

#include <optional>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

struct ZooRange {
  double low = 0, high = 0;
};

// By tensor: the range that it shares with others, or none where it may have its own. TFLite's int8
// CONCATENATION wants the inputs quantised as the output is, and so do pooling, padding, reshaping,
// splitting and resizing; whatever these connect to a concatenation gets one range, fixed
// beforehand: six deviations, because layers are normalised, above zero only where nothing is
// below.
std::vector<std::optional<ZooRange>> shared_ranges(const Graph& graph);

}  // namespace boardless::workloads
