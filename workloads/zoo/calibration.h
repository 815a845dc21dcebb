// Gives a topology weights and quantisation: random weights, gains and biases as batch
// normalisation would have left them, and activation ranges measured on random inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "workloads/zoo/topology.h"

namespace boardless::workloads {

using ZooProgress = std::function<void(std::size_t done, std::size_t total)>;

// Layer by layer, on inputs drawn uniformly from what the input's quantisation can express:
// - weights are normal (He), then int8: symmetric, one scale per output channel for convolutions
// and
//   one per tensor for fully connected layers;
// - each output channel is shifted and scaled to zero mean and unit variance before its activation
//   function, up to a small random bias, so that no depth of layers fades or saturates;
// - the output's scale and zero point cover what occurred, and zero; tensors that a concatenation
//   joins share a range fixed beforehand (shared_quantisation.h).
// - what is kept between invocations: samples are invocations for SVDF and LSTM; a state's value is
//   drawn, for what will be assigned to it is not known yet.
// Only integer sums, IEEE arithmetic and square roots are involved (functions of a C library where
// the scale of what they give is fixed): the same seed gives the same bytes on every machine.
// `progress` is called with the MACs done and all MACs; it may be empty.
Graph calibrate(const ZooTopology& topology, std::uint64_t seed, const ZooProgress& progress = {});

}  // namespace boardless::workloads
