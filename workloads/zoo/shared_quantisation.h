// Which tensors of a topology must be quantised alike, and how.
#pragma once

#include <optional>
#include <vector>

#include "workloads/graph/graph.h"

namespace boardless::workloads {

struct ZooScale {
  double scale = 0;
  int zero_point = 0;
  bool operator==(const ZooScale&) const = default;
};

// For int8 values from `low` to `high`, which zero lies between.
ZooScale scale_for_range(double low, double high);

// By tensor: how it is quantised where that is known beforehand, or none where it may have its own
// range. Known are the network's input, what a file or the format states (the tensors that have a
// quantisation already), and all that is tied to it: pooling, padding, reshaping, splitting,
// slicing, transposing and resizing keep their input's quantisation, TFLite's int8 CONCATENATION
// wants all inputs quantised as the output is, and a state has one for whatever is assigned to it.
// Where none of the tensors that a concatenation or a state ties has a known one, they get one
// range: six deviations, because layers are normalised, above zero only where nothing is below.
// Throws InputError where tied tensors are known to be quantised differently.
std::vector<std::optional<ZooScale>> shared_quantisation(const Graph& graph);

}  // namespace boardless::workloads
