// One calibration under way: the graph so far, and the values that flow between its layers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "workloads/zoo/accumulate.h"
#include "workloads/zoo/calibration.h"
#include "workloads/zoo/linear.h"
#include "workloads/zoo/seeded_random.h"
#include "workloads/zoo/shared_quantisation.h"

namespace boardless::workloads {

constexpr int kLowestInt8 = -128;
constexpr int kHighestInt8 = 127;
constexpr double kReach = 4;  // of a range that samples do not show, in deviations

// A tensor's values for all samples. Float tensors are held in their quantised form too.
struct Activations {
  std::vector<std::int8_t> values;
  double scale = 0;
  int zero_point = 0;

  double real(std::size_t i) const { return scale * (values[i] - zero_point); }
};

// The real values that `activation` lets through.
std::pair<double, double> activation_bounds(Activation activation);
double logistic(double x);
// The nearest int8.
std::int8_t quantize_int8(double real, double scale, int zero_point);

// See calibrate(), which is this class from outside.
class Calibrator {
 public:
  Calibrator(const ZooTopology& topology, std::uint64_t seed);

  Graph run(const ZooProgress& progress);

 private:
  void settle(const Operator& op);
  // calibration.cc
  void linear(const Operator& op);
  // The real sums of one layer's weights, which are drawn and normalised to deviation `spread`: of
  // each row of accumulators, and with a bias where there is one (not -1).
  std::vector<double> settle_weights(const SlidingWindow& window, bool depthwise, bool per_channel,
                                     double spread, const Activations& input, int weights,
                                     int bias);
  void keep_weights(int index, const ZooWeights& weights, std::vector<float> scale, int axis);
  void keep_bias(int index, const std::vector<std::int32_t>& values, std::vector<float> scale);
  // calibration_recurrent.cc
  void lstm(const Operator& op);
  void svdf(const Operator& op);
  void read_state(const Operator& op);
  void first_state(const Operator& op);
  // calibration_unweighted.cc
  void pool(const Operator& op);
  void arithmetic(const Operator& op);
  void each(const Operator& op, const std::function<double(double)>& function,
            Activation activation = Activation::kNone);
  void mean(const Operator& op);
  void move(const Operator& op);
  void batch_matmul(const Operator& op);
  void constant_operand(const Operator& op, std::size_t input);
  void batch_norm_constant(const Operator& op, std::size_t input);
  void learned_constant(int index);
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
  // Keeps the values quantised: as shared_quantisation() has it, or by the range that `reals` need,
  // and -reach to reach where `activation` lets it through.
  void store_calibrated(int index, std::vector<double> reals, Activation activation,
                        double reach = 0);
  void store(int index, Activations values);
  // As store(), of a constant: its data too.
  void keep_constant(int index, Activations values);

  Graph graph_;
  SeededRandom random_;
  std::int32_t samples_;
  std::vector<std::optional<ZooScale>> shared_;
  std::vector<Activations> activations_;
};

}  // namespace boardless::workloads
