// Draws weights and measures accumulators.
#include "workloads/zoo/linear.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace boardless::workloads {

ZooWeights random_weights(std::size_t count, std::size_t channels, bool channels_last,
                          bool per_channel, SeededRandom& random) {
  constexpr double kLargestWeight = 127;
  const std::size_t fan_in = count / channels;
  std::vector<double> drawn(count);
  for (double& weight : drawn) weight = random.normal();
  const auto channel_of = [&](std::size_t i) { return channels_last ? i % channels : i / fan_in; };
  std::vector<double> largest(channels, 0);
  for (std::size_t i = 0; i < count; ++i) {
    double& channel = largest[channel_of(i)];
    channel = std::max(channel, std::abs(drawn[i]));
  }
  if (!per_channel) {
    std::fill(largest.begin(), largest.end(), *std::max_element(largest.begin(), largest.end()));
  }
  ZooWeights weights;
  const double deviation = std::sqrt(2.0 / static_cast<double>(fan_in));
  for (double& channel : largest) {
    if (channel == 0) channel = 1;
    weights.scale.push_back(deviation * channel / kLargestWeight);
  }
  weights.values.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    weights.values.push_back(
        static_cast<std::int8_t>(std::lround(drawn[i] / largest[channel_of(i)] * kLargestWeight)));
  }
  return weights;
}

Normalisation normalise(std::span<const std::int32_t> sums, std::span<const double> unit,
                        bool per_channel, double spread, SeededRandom& random) {
  constexpr std::size_t kRowsForMean = 4;
  constexpr std::size_t kRowsForDeviation = 32;
  constexpr double kBiasDeviation = 0.25;
  // A channel that hardly varies gets no more gain than this share of the layer's deviation allows.
  constexpr double kSmallestShare = 0.05;

  const std::size_t channels = unit.size();
  const std::size_t rows = sums.size() / channels;
  check(rows > 0, "normalisation needs at least one row of accumulators");
  std::vector<double> mean(channels, 0);
  if (rows >= kRowsForMean) {
    for (std::size_t i = 0; i < sums.size(); ++i) mean[i % channels] += sums[i];
    for (double& value : mean) value /= static_cast<double>(rows);
  }
  std::vector<double> squares(channels, 0);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t c = 0; c < channels; ++c) {
      const double difference = sums[row * channels + c] - mean[c];
      squares[c] += difference * difference;
    }
  }
  const auto divisor = static_cast<double>(rows >= kRowsForMean ? rows - 1 : rows);
  double total = 0;
  for (std::size_t c = 0; c < channels; ++c) total += squares[c] * unit[c] * unit[c];
  double layer_deviation = std::sqrt(total / divisor / static_cast<double>(channels));
  if (layer_deviation == 0) layer_deviation = spread;

  Normalisation result;
  for (std::size_t c = 0; c < channels; ++c) {
    double deviation = layer_deviation;
    if (per_channel && rows >= kRowsForDeviation) {
      deviation =
          std::max(std::sqrt(squares[c] / divisor) * unit[c], kSmallestShare * layer_deviation);
    }
    constexpr double kLargestBias = 1 << 30;
    const double bias = kBiasDeviation * random.normal() * deviation / unit[c] - mean[c];
    result.gain.push_back(spread / deviation);
    result.bias.push_back(
        static_cast<std::int32_t>(std::lround(std::clamp(bias, -kLargestBias, kLargestBias))));
  }
  return result;
}

}  // namespace boardless::workloads
