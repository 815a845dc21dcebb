// One calibration under way: the graph so far, and the values that flow between its layers.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "workloads/zoo/accumulate.h"
#include "workloads/zoo/calibration.h"
#include "workloads/zoo/seeded_random.h"
#include "workloads/zoo/shared_ranges.h"

namespace boardless::workloads {

constexpr int kLowestInt8 = -128;
constexpr int kHighestInt8 = 127;

// A tensor's values for all samples. Float tensors are held in their quantised form too.
struct Activations {
  std::vector<std::int8_t> values;
  double scale = 0;
  int zero_point = 0;

  double real(std::size_t i) const { return scale * (values[i] - zero_point); }
};

// The real values that `activation` lets through.
std::pair<double, double> activation_bounds(Activation activation);
// The nearest int8.
std::int8_t quantize_int8(double real, double scale, int zero_point);

// See calibrate(), which is this class from outside.
class Calibrator {
 public:
  Calibrator(const ZooTopology& topology, std::uint64_t seed);

  Graph run(const ZooProgress& progress);

 private:
  void settle(const Operator& op);
  void linear(const Operator& op);
  void pool(const Operator& op);
  void arithmetic(const Operator& op);
  void clamp(const Operator& op, Activation activation);
  void mean(const Operator& op);
  void move(const Operator& op);
  void batch_norm_constant(const Operator& op);
  void logistic(const Operator& op);
  void anchors(const Operator& op);
  void softmax(const Operator& op);

  Tensor& tensor(int index) { return graph_.tensors[static_cast<std::size_t>(index)]; }
  const Activations& activations(int index) const {
    return activations_[static_cast<std::size_t>(index)];
  }
  std::size_t size_of(std::size_t index) const {
    return static_cast<std::size_t>(graph_.tensors[index].elements() * samples_);
  }
  SlidingWindow image_window(const Operator& op);
  // Chooses the range that `reals` need, and -reach to reach where `activation` lets it through;
  // keeps the values quantised.
  void store_calibrated(int index, std::vector<double> reals, Activation activation,
                        double reach = 0);
  void store(int index, Activations values);

  Graph graph_;
  SeededRandom random_;
  std::int32_t samples_;
  std::vector<std::optional<ZooRange>> shared_;
  std::vector<Activations> activations_;
};

}  // namespace boardless::workloads
