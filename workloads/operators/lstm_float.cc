// UNIDIRECTIONAL_SEQUENCE_LSTM on floats. Its answer follows the hidden state that a core wrote, so
// that a step differs by its own functions alone, and not by what earlier ones made of it.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/float_functions.h"
#include "workloads/operators/lstm_operands.h"
#include "workloads/operators/recurrent.h"

namespace boardless::workloads {

PreparedOperator prepare_float_lstm(const OperatorView& view) {
  const LstmExtents extents = lstm_extents(view);
  check_lstm_operands(
      view, extents,
      {.weights = DataType::kFloat32, .bias = DataType::kFloat32, .cell = DataType::kFloat32});
  return view.finish(bl_float_lstm_params{.time_major = extents.time_major,
                                          .batches = extents.batches,
                                          .steps = extents.steps,
                                          .inputs = extents.inputs,
                                          .units = extents.units,
                                          .cell_clip = view.attributes<LstmAttributes>().cell_clip},
                     lstm_operands(view));
}

namespace {

constexpr std::size_t kHidden = 13;
constexpr std::size_t kCell = 14;
constexpr std::size_t kOutput = 15;

class FloatSteps {
 public:
  explicit FloatSteps(const KernelCall& call)
      : call_(call), p_(call.params<bl_float_lstm_params>()) {}

  // One step of one batch, from `hidden` to `output`.
  void run(const float* input, const float* hidden, float* cell, float* output) const {
    for (std::int32_t unit = 0; unit < p_.units; ++unit) {
      const float kept = logistic(gate(BL_LSTM_FORGET, unit, input, hidden)) * cell[unit];
      const float added = logistic(gate(BL_LSTM_INPUT, unit, input, hidden)) *
                          std::tanh(gate(BL_LSTM_CELL, unit, input, hidden));
      cell[unit] = kept + added;
      if (p_.cell_clip > 0) cell[unit] = std::clamp(cell[unit], -p_.cell_clip, p_.cell_clip);
      output[unit] = std::tanh(cell[unit]) * logistic(gate(BL_LSTM_OUTPUT, unit, input, hidden));
    }
  }

 private:
  static float product(const float* values, const float* weights, std::int32_t depth) {
    return std::inner_product(values, values + depth, weights, 0.0F);
  }

  float gate(std::size_t number, std::int32_t unit, const float* input, const float* hidden) const {
    const float* input_weights = call_.input<float>(1 + number) + unit * p_.inputs;
    const float* hidden_weights = call_.input<float>(5 + number) + unit * p_.units;
    const float sum =
        product(input, input_weights, p_.inputs) + call_.input<float>(9 + number)[unit];
    return sum + product(hidden, hidden_weights, p_.units);
  }

  const KernelCall& call_;
  const bl_float_lstm_params p_;
};

}  // namespace

void answer_lstm_f32(const KernelCall& call) {
  const auto p = call.params<bl_float_lstm_params>();
  const FloatSteps steps(call);
  const auto* followed = call.observed.empty()
                             ? call.input<float>(kOutput)
                             : reinterpret_cast<const float*>(call.observed[kOutput]);
  for (std::int64_t batch = 0; batch < p.batches; ++batch) {
    auto* hidden = call.output<float>(kHidden) + batch * p.units;
    auto* cell = call.output<float>(kCell) + batch * p.units;
    const float* before = hidden;
    std::int64_t row = 0;
    for (std::int64_t step = 0; step < p.steps; ++step) {
      row = p.time_major != 0 ? step * p.batches + batch : batch * p.steps + step;
      steps.run(call.input<float>(0) + row * p.inputs, before, cell,
                call.output<float>() + row * p.units);
      before = followed + row * p.units;
    }
    const float* last = call.output<float>() + row * p.units;
    std::copy(last, last + p.units, hidden);
  }
}

}  // namespace boardless::workloads
