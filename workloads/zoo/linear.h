// Random weights for one layer, and the gain and bias that normalise what it computes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "workloads/zoo/seeded_random.h"

namespace boardless::workloads {

struct ZooWeights {
  std::vector<std::int8_t> values;
  std::vector<double> scale;  // of each output channel
};

// He-initialised weights: normal with variance 2 / fan_in, quantised symmetrically. Consecutive
// weights belong to consecutive channels when `channels_last`, else each channel's are contiguous.
ZooWeights random_weights(std::size_t count, std::size_t channels, bool channels_last,
                          bool per_channel, SeededRandom& random);

struct Normalisation {
  std::vector<double> gain;        // times the weight scale, per output channel
  std::vector<std::int32_t> bias;  // in accumulator units
};

// Gain and bias that give the channels of `sums` (rows of one accumulator per channel, each worth
// `unit[channel]`) deviation `spread` about a small random mean. A channel has its own gain when
// `per_channel` holds and there are rows enough to measure it, else the layer has one.
Normalisation normalise(std::span<const std::int32_t> sums, std::span<const double> unit,
                        bool per_channel, double spread, SeededRandom& random);

}  // namespace boardless::workloads
