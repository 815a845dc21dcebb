// UNIDIRECTIONAL_SEQUENCE_LSTM on integers: gates of int16 between data of int8 or int16.
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "kernels/abi.h"
#include "kernels/sigmoid_table.h"
#include "workloads/graph/saturating.h"
#include "workloads/operators/lstm_operands.h"
#include "workloads/operators/recurrent.h"
#include "workloads/operators/reference_sums.h"

namespace boardless::workloads {
namespace {

constexpr float kGateScale = 1.0F / 4096;     // of a gate before its function
constexpr float kOutputScale = 1.0F / 32768;  // and behind it

bl_multiplier stored(FixedMultiplier by) { return {by.multiplier, by.shift}; }

// Of a gate's product with `values`.
bl_multiplier product_multiplier(const OperatorView& view, const Tensor& values,
                                 std::size_t weights, std::optional<std::size_t> bias) {
  const Tensor& matrix = view.input(weights);
  // The product is a float, as TFLite's is.
  const float product = view.scale(values, "data") * view.scale(matrix, "weights");
  const double real = static_cast<double>(product) / kGateScale;
  std::int64_t largest =
      std::int64_t{matrix.shape[1]} * 128 * (values.type == DataType::kInt16 ? 65536 : 256);
  if (bias) {
    for (const std::int64_t value : view.integers(*bias, "bias")) {
      largest = std::max(largest, saturating_add(largest, std::abs(value)));
    }
  }
  return stored(values.type == DataType::kInt16 ? view.wide_multiplier(real, largest)
                                                : view.multiplier(real, largest));
}

bl_multiplier gate_multiplier(const OperatorView& view, double a, double b, float output) {
  return stored(view.multiplier(a * b / output, std::int64_t{1} << 30));
}

void set_quantization(const OperatorView& view, float cell_clip, bl_lstm_params& p) {
  const Tensor& hidden = view.input(LstmInput::kHiddenState);
  p.input_offset = -view.zero_point(view.input(), "input");
  p.hidden_offset = -view.zero_point(hidden, "hidden state");
  for (std::size_t gate = 0; gate < BL_LSTM_GATES; ++gate) {
    p.input_product[gate] = product_multiplier(view, view.input(), LstmInput::kInputWeights + gate,
                                               LstmInput::kBiases + gate);
    p.hidden_product[gate] = product_multiplier(view, hidden, LstmInput::kHiddenWeights + gate, {});
  }
  const float cell = view.scale(view.input(LstmInput::kCellState), "cell state");
  const float state = view.scale(hidden, "hidden state");
  p.forget_by = gate_multiplier(view, kOutputScale, cell, cell);
  p.input_by = gate_multiplier(view, kOutputScale, kOutputScale, cell);
  p.hidden_by = gate_multiplier(view, kOutputScale, kOutputScale, state);
  const double clip = static_cast<double>(cell_clip) / cell;
  p.cell_clip = cell_clip > 0 ? static_cast<std::int32_t>(std::min(clip, 32767.0)) : 0;
  // The cells' scale is taken for the nearest power of two.
  const int shift = 15 + static_cast<int>(std::round(std::log2(cell))) - 3;
  constexpr int kMostLeft = 13;  // 3 * 2^13 * 2^15 is below 2^31
  if (shift > kMostLeft || shift < -30) {
    view.not_modelled("cell state of scale {}; supported: 2^-42 to 2", cell);
  }
  p.tanh_multiplier = shift < 0 ? 3 : 3 << shift;
  p.tanh_shift = shift < 0 ? -shift : 0;
}

}  // namespace

PreparedOperator prepare_unidirectional_sequence_lstm(const OperatorView& view) {
  if (view.kernel().input == DataType::kFloat32) return prepare_float_lstm(view);
  const bool is_int16 = view.input().type == DataType::kInt16;
  const LstmExtents extents = lstm_extents(view);
  check_lstm_operands(view, extents,
                      {.weights = DataType::kInt8,
                       .bias = is_int16 ? DataType::kInt64 : DataType::kInt32,
                       .cell = DataType::kInt16});
  bl_lstm_params p{};
  p.time_major = extents.time_major;
  p.batches = extents.batches;
  p.steps = extents.steps;
  p.inputs = extents.inputs;
  p.units = extents.units;
  set_quantization(view, view.attributes<LstmAttributes>().cell_clip, p);
  return view.finish(p, lstm_operands(view));
}

namespace {

using Gate = std::vector<std::int16_t>;

// Looks the logistic function of |x| up: 2^16 for 1, and 2^-`bits` between two entries.
std::int64_t logistic_at(std::int64_t x, int bits) {
  const std::int64_t magnitude = std::abs(x);
  const auto step = static_cast<std::size_t>(magnitude >> bits);
  const std::int64_t low = bl_sigmoid_table[step], high = bl_sigmoid_table[step + 1];
  return (low << bits) + (magnitude & ((1 << bits) - 1)) * (high - low);
}

std::int16_t logistic(std::int64_t x) {
  const std::int64_t at = std::abs(x) >> 9 >= 255 ? 0x7FFF << 10 : logistic_at(x, 9);
  return static_cast<std::int16_t>((x >= 0 ? at + 512 : (1 << 25) - at + 511) >> 10);
}

std::int16_t hyperbolic_tangent(std::int64_t x) {
  const std::int64_t at = std::abs(x) >> 8 >= 255 ? 0xFFFF << 8 : logistic_at(x, 8);
  return static_cast<std::int16_t>((x >= 0 ? at - (1 << 23) + 128 : (1 << 23) - at + 127) >> 8);
}

template <class Value, class Sum>
class LstmSteps {
 public:
  explicit LstmSteps(const KernelCall& call) : call_(call), p_(call.params<bl_lstm_params>()) {}

  // One step of one batch.
  void run(const Value* input, Value* hidden, std::int16_t* cell, Value* output) const {
    const Gate forget = gate(BL_LSTM_FORGET, input, hidden);
    const Gate enter = gate(BL_LSTM_INPUT, input, hidden);
    const Gate candidate = gate(BL_LSTM_CELL, input, hidden);
    const Gate leave = gate(BL_LSTM_OUTPUT, input, hidden);
    for (std::size_t i = 0; i < units(); ++i) {
      const std::int32_t kept = held(product(forget[i], cell[i], p_.forget_by));
      const std::int32_t added = held(product(enter[i], candidate[i], p_.input_by));
      cell[i] = held(kept + added);
      if (p_.cell_clip > 0) cell[i] = clamp_to<std::int16_t>(cell[i], -p_.cell_clip, p_.cell_clip);
      const std::int64_t scaled = std::int64_t{cell[i]} * p_.tanh_multiplier;
      const std::int64_t half = p_.tanh_shift > 0 ? std::int64_t{1} << (p_.tanh_shift - 1) : 0;
      const std::int16_t value = hyperbolic_tangent((scaled + half) >> p_.tanh_shift);
      hidden[i] = clamp_to_type<Value>(product(value, leave[i], p_.hidden_by) - p_.hidden_offset);
    }
    std::copy(hidden, hidden + units(), output);
  }

 private:
  std::size_t units() const { return static_cast<std::size_t>(p_.units); }
  static std::int16_t held(std::int32_t value) { return clamp_to_type<std::int16_t>(value); }

  std::int32_t product(std::int32_t a, std::int32_t b, bl_multiplier by) const {
    return call_.rescale(a * b, {by.multiplier, by.shift});
  }

  std::int16_t weighted(const Value* values, std::int32_t depth, std::int32_t offset,
                        const std::int8_t* weights, Sum start, bl_multiplier by) const {
    Sum sum = start;
    for (std::int32_t i = 0; i < depth; ++i) {
      sum += static_cast<Sum>(weights[i]) * (std::int32_t{values[i]} + offset);
    }
    const FixedMultiplier multiplier{by.multiplier, by.shift};
    if constexpr (sizeof sum == sizeof(std::int64_t)) return held(rescale_wide(sum, multiplier));
    return held(call_.rescale(static_cast<std::int32_t>(sum), multiplier));
  }

  Gate gate(int number, const Value* input, const Value* hidden) const {
    const auto at = static_cast<std::size_t>(number);
    const auto* input_weights = call_.input<std::int8_t>(1 + at);
    const auto* hidden_weights = call_.input<std::int8_t>(5 + at);
    const auto* bias = call_.input<Sum>(9 + at);
    Gate result(units());
    for (std::int32_t unit = 0; unit < p_.units; ++unit) {
      const std::int32_t sum =
          weighted(input, p_.inputs, p_.input_offset, input_weights + unit * p_.inputs, bias[unit],
                   p_.input_product[number]) +
          weighted(hidden, p_.units, p_.hidden_offset, hidden_weights + unit * p_.units, 0,
                   p_.hidden_product[number]);
      const std::int64_t x = 3 * std::int64_t{held(sum)};
      const bool is_tanh = number == BL_LSTM_CELL;
      result[static_cast<std::size_t>(unit)] = is_tanh ? hyperbolic_tangent(x) : logistic(x);
    }
    return result;
  }

  const KernelCall& call_;
  const bl_lstm_params p_;
};

template <class Value, class Sum>
void answer_lstm(const KernelCall& call) {
  const auto p = call.params<bl_lstm_params>();
  const LstmSteps<Value, Sum> steps(call);
  auto* hidden = reinterpret_cast<Value*>(call.operands[13]);
  auto* cell = reinterpret_cast<std::int16_t*>(call.operands[14]);
  for (std::int64_t batch = 0; batch < p.batches; ++batch) {
    for (std::int64_t step = 0; step < p.steps; ++step) {
      const std::int64_t row =
          p.time_major != 0 ? step * p.batches + batch : batch * p.steps + step;
      steps.run(call.input<Value>(0) + row * p.inputs, hidden + batch * p.units,
                cell + batch * p.units, call.output<Value>() + row * p.units);
    }
  }
}

}  // namespace

void answer_lstm_s8(const KernelCall& call) { answer_lstm<std::int8_t, std::int32_t>(call); }
void answer_lstm_s16(const KernelCall& call) { answer_lstm<std::int16_t, std::int64_t>(call); }

}  // namespace boardless::workloads
