// Calibration of the layers that remember: samples are invocations, one after the other.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "workloads/operators/lstm_operands.h"
#include "workloads/zoo/calibrator.h"
#include "workloads/zoo/linear.h"

namespace boardless::workloads {
namespace {

constexpr std::size_t kGates = 4;

// A gate's weights of the hidden state, and how much each is worth.
struct Recurrence {
  std::vector<std::int8_t> weights;
  double scale = 0;

  double of(std::size_t unit, const Activations& hidden) const {
    std::int64_t sum = 0;
    const std::size_t units = hidden.values.size();
    for (std::size_t i = 0; i < units; ++i) {
      sum += weights[unit * units + i] * (hidden.values[i] - hidden.zero_point);
    }
    return static_cast<double>(sum) * scale * hidden.scale;
  }
};

}  // namespace

// Gates are normalised on the input alone: what the hidden state adds is bounded.
void Calibrator::lstm(const Operator& op) {
  const Activations& input = activations(op.inputs[0]);
  SlidingWindow window;
  window.input_c = tensor(op.inputs[0]).shape.back();
  window.output_c = tensor(op.outputs[0]).shape.back();
  window.samples = static_cast<std::int32_t>(input.values.size()) / window.input_c;
  const auto units = static_cast<std::size_t>(window.output_c);
  std::array<std::vector<double>, kGates> fed;
  std::array<Recurrence, kGates> recurrent;
  for (std::size_t gate = 0; gate < kGates; ++gate) {
    fed[gate] =
        settle_weights(window, false, false, 1.0, input, op.inputs[LstmInput::kInputWeights + gate],
                       op.inputs[LstmInput::kBiases + gate]);
    const ZooWeights drawn = random_weights(units * units, units, false, false, random_);
    const auto scale = static_cast<float>(drawn.scale[0]);
    keep_weights(op.inputs[LstmInput::kHiddenWeights + gate], drawn, {scale}, 0);
    recurrent[gate] = {drawn.values, scale};
  }
  const double clip = std::get<LstmAttributes>(op.attributes).cell_clip;
  const auto [scale, zero_point] = *shared_[static_cast<std::size_t>(op.outputs[0])];
  Activations hidden{std::vector<std::int8_t>(units), scale, zero_point};
  std::vector<double> cells(units), outputs;
  for (std::size_t step = 0; step < fed[0].size() / units; ++step) {
    std::vector<std::int8_t> next;
    for (std::size_t unit = 0; unit < units; ++unit) {
      const auto gate = [&](std::size_t i) {
        return fed[i][step * units + unit] + recurrent[i].of(unit, hidden);
      };
      double& cell = cells[unit];
      cell = logistic(gate(1)) * cell + logistic(gate(0)) * std::tanh(gate(2));
      cell = std::clamp(cell, -clip, clip);
      const double output = logistic(gate(3)) * std::tanh(cell);
      next.push_back(quantize_int8(output, scale, zero_point));
      outputs.push_back(output);
    }
    hidden.values = std::move(next);
  }
  store_calibrated(op.outputs[0], std::move(outputs), Activation::kNone);
}

void Calibrator::svdf(const Operator& op) {
  const Activations& input = activations(op.inputs[0]);
  SlidingWindow window;
  window.samples = samples_;
  window.input_c = tensor(op.inputs[0]).shape.back();
  window.output_c = tensor(op.inputs[1]).shape[0];
  const auto filters = static_cast<std::size_t>(window.output_c);
  const auto memory = static_cast<std::size_t>(tensor(op.inputs[2]).shape[1]);
  const auto rank = static_cast<std::size_t>(std::get<SvdfAttributes>(op.attributes).rank);
  std::vector<double> features = settle_weights(window, false, false, 1.0, input, op.inputs[1], -1);
  store_calibrated(op.inputs[4], std::move(features), Activation::kNone, kReach);
  const Activations& state = activations(op.inputs[4]);

  const ZooWeights drawn = random_weights(filters * memory, filters, false, false, random_);
  const std::size_t units = filters / rank;
  std::vector<std::int32_t> sums(static_cast<std::size_t>(samples_) * units);
  for (std::size_t step = 0; step < static_cast<std::size_t>(samples_); ++step) {
    for (std::size_t filter = 0; filter < filters; ++filter) {
      // What was never filled in is real zero.
      for (std::size_t back = 0; back < std::min(memory, step + 1); ++back) {
        sums[step * units + filter / rank] +=
            drawn.values[filter * memory + memory - 1 - back] *
            (state.values[(step - back) * filters + filter] - state.zero_point);
      }
    }
  }
  std::vector<double> unit(units, state.scale * drawn.scale[0]);
  const Normalisation norm = normalise(sums, unit, false, 1.0, random_);
  const auto scale = static_cast<float>(drawn.scale[0] * norm.gain[0]);
  const double worth = state.scale * scale;
  keep_weights(op.inputs[2], drawn, {scale}, 0);
  keep_bias(op.inputs[3], norm.bias, {static_cast<float>(worth)});
  std::vector<double> reals(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    reals[i] = (static_cast<double>(sums[i]) + norm.bias[i % units]) * worth;
  }
  store_calibrated(op.outputs[0], std::move(reals),
                   std::get<SvdfAttributes>(op.attributes).activation);
}

// What a state holds comes from layers that are not settled yet. It is drawn as the network's input
// is where it holds that, and as normalised layers give it elsewhere.
void Calibrator::read_state(const Operator& op) {
  const ZooScale& scale = *shared_[static_cast<std::size_t>(op.outputs[0])];
  const Activations& input = activations(graph_.inputs[0]);
  const bool holds_input = scale == ZooScale{input.scale, input.zero_point};
  Activations drawn{{}, scale.scale, scale.zero_point};
  drawn.values.resize(size_of(static_cast<std::size_t>(op.outputs[0])));
  for (std::int8_t& value : drawn.values) {
    value = holds_input ? random_.int8()
                        : quantize_int8(random_.normal(), scale.scale, scale.zero_point);
  }
  store(op.outputs[0], std::move(drawn));
}

// Real zeros, where a constant is assigned.
void Calibrator::first_state(const Operator& op) {
  const Tensor& first = tensor(op.inputs[1]);
  if (!first.shape_only) return;
  const auto& [scale, zero_point] = *shared_[static_cast<std::size_t>(op.inputs[1])];
  const std::vector<std::int8_t> zeros(static_cast<std::size_t>(first.elements()),
                                       static_cast<std::int8_t>(zero_point));
  keep_constant(op.inputs[1], {zeros, scale, zero_point});
}

}  // namespace boardless::workloads
