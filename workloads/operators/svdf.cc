// SVDF: a filter over the features of each step, and one over the steps that it remembers.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <type_traits>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/recurrent.h"
#include "workloads/operators/reference_sums.h"
#include "workloads/operators/weights.h"

namespace boardless::workloads {
namespace {

enum Input : std::size_t { kData, kFeatureWeights, kTimeWeights, kBiases, kState };

// A rescaling of sums that may use all 32 bits: to the left it would lose some.
FixedMultiplier narrowing(const OperatorView& view, double real, std::int64_t largest) {
  const FixedMultiplier by = quantize_multiplier(real);
  if (by.shift > 0) view.require_fits(by, largest);
  return by;
}

// What a sum over time may reach, by the types alone.
std::int64_t largest_over_time(const OperatorView& view, const bl_svdf_params& p) {
  const bool is_wide = view.input(kTimeWeights).type == DataType::kInt16;
  const std::int64_t product = is_wide ? std::int64_t{1} << 31 : std::int64_t{1} << 15;
  const std::int64_t largest = product * p.rank * p.memory;
  if (!view.has_input(kBiases)) return largest;
  std::int64_t bias = 0;
  for (const std::int64_t value : view.integers(kBiases, "bias")) {
    bias = std::max(bias, std::abs(value));
  }
  return largest + bias;
}

void set_quantization(const OperatorView& view, bl_svdf_params& p) {
  const auto scale = [&](std::size_t i, std::string_view role) {
    return view.scale(view.input(i), role);
  };
  // The products are floats, as TFLite's are.
  const float state_scale = scale(kState, "state");
  const float features =
      scale(kData, "input") * scale(kFeatureWeights, "feature weights") / state_scale;
  const float output =
      state_scale * scale(kTimeWeights, "time weights") / view.scale(view.output(), "output");
  constexpr std::int64_t kLargestProduct = 128 * 255;
  const FixedMultiplier to_state = view.multiplier(features, p.inputs * kLargestProduct);
  const FixedMultiplier to_output = narrowing(view, output, largest_over_time(view, p));
  p.input_offset = -view.zero_point(view.input(kData), "input");
  p.state_offset = -view.zero_point(view.input(kState), "state");
  p.state_multiplier = to_state.multiplier;
  p.state_shift = to_state.shift;
  p.output_offset = view.zero_point(view.output(), "output");
  p.output_multiplier = to_output.multiplier;
  p.output_shift = to_output.shift;
}

}  // namespace

PreparedOperator prepare_svdf(const OperatorView& view) {
  const auto& a = view.attributes<SvdfAttributes>();
  const Tensor& features = view.input(kFeatureWeights);
  const Tensor& times = view.input(kTimeWeights);
  const Tensor& state = view.input(kState);
  const bool is_float = view.input().type == DataType::kFloat32;
  view.require_clamp(a.activation);
  view.require_type(features, "feature weights", is_float ? DataType::kFloat32 : DataType::kInt8);
  view.require_type(state, "state", times.type);
  if (!state.is_variable) view.fail("its state is no variable tensor");
  bl_svdf_params p{};
  p.batches = view.input().shape[0];
  p.inputs = view.input().shape[1];
  p.filters = features.shape[0];
  p.rank = a.rank;
  if (p.rank < 1 || p.filters % p.rank != 0) {
    view.fail("rank {} does not divide the {} filters", a.rank, p.filters);
  }
  if (times.shape.size() != 2)
    view.fail("time weights {}; they have 2 dimensions", shape_text(times));
  p.memory = times.shape[1];
  view.require_shape(features, "feature weights", std::array{p.filters, p.inputs});
  view.require_shape(times, "time weights", std::array{p.filters, p.memory});
  view.require_shape(state, "state", std::array{p.batches, p.memory * p.filters});
  view.require_shape(view.output(), "output", std::array{p.batches, p.filters / p.rank});
  if (view.has_input(kBiases)) {
    view.require_type(view.input(kBiases), "bias",
                      is_float ? DataType::kFloat32 : DataType::kInt32);
    view.require_shape(view.input(kBiases), "bias", std::array{p.filters / p.rank});
  }
  if (is_float) p.activation = float_clamp(view, a.activation);
  if (!is_float) set_quantization(view, p);
  return view.finish(p, {view.tensor_operand(kData), view.tensor_operand(kFeatureWeights),
                         view.tensor_operand(kTimeWeights), view.tensor_operand(kBiases),
                         view.tensor_operand(kState), view.output_operand()});
}

namespace {

template <class T>
T wrapping_add(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) return a + b;
  return static_cast<T>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}

// What becomes of one filter's features: the newest value of its memory.
template <class State, class Sum>
State remembered(const KernelCall& call, const bl_svdf_params& p, Sum sum) {
  if constexpr (std::is_floating_point_v<Sum>) {
    return sum;
  } else {
    const std::int32_t scaled = call.rescale(sum, {p.state_multiplier, p.state_shift});
    // Only the value without its zero point is held within the type, as TFLite has it.
    return static_cast<State>(std::int32_t{clamp_to_type<State>(scaled)} - p.state_offset);
  }
}

template <class Value, class Sum>
Value finished(const KernelCall& call, const bl_svdf_params& p, Sum sum) {
  if constexpr (std::is_floating_point_v<Sum>) {
    return clamp_float(sum, p.activation);
  } else {
    return clamp_to_type<Value>(call.rescale(sum, {p.output_multiplier, p.output_shift}) +
                                p.output_offset);
  }
}

template <class Value, class State, class Sum>
void answer_svdf(const KernelCall& call) {
  const auto p = call.params<bl_svdf_params>();
  const auto* features = call.input<Value>(kFeatureWeights);
  const auto* times = call.input<State>(kTimeWeights);
  const auto* bias = call.input<Sum>(kBiases);
  auto* state = reinterpret_cast<State*>(call.operands[kState]);
  const std::int64_t size = std::int64_t{p.batches} * p.filters * p.memory;
  std::copy(state + 1, state + size, state);
  Value* output = call.output<Value>();
  for (std::int64_t batch = 0; batch < p.batches; ++batch) {
    const Value* input = call.input<Value>(kData) + batch * p.inputs;
    State* memories = state + batch * p.filters * p.memory;
    std::vector<Sum> over_time(static_cast<std::size_t>(p.filters));
    for (std::int64_t filter = 0; filter < p.filters; ++filter) {
      Sum sum = 0;
      for (std::int64_t i = 0; i < p.inputs; ++i) {
        sum += static_cast<Sum>(features[filter * p.inputs + i]) *
               (static_cast<Sum>(input[i]) + static_cast<Sum>(p.input_offset));
      }
      State* memory = memories + filter * p.memory;
      memory[p.memory - 1] = remembered<State>(call, p, sum);
    }
    for (std::int64_t filter = 0; filter < p.filters; ++filter) {
      for (std::int64_t i = 0; i < p.memory; ++i) {
        const State value = memories[filter * p.memory + i];
        Sum& sum = over_time[static_cast<std::size_t>(filter)];
        sum = wrapping_add<Sum>(sum,
                                static_cast<Sum>(times[filter * p.memory + i]) *
                                    (static_cast<Sum>(value) + static_cast<Sum>(p.state_offset)));
      }
    }
    for (std::int64_t unit = 0; unit < p.filters / p.rank; ++unit) {
      Sum sum = bias != nullptr ? bias[unit] : 0;
      for (std::int64_t r = 0; r < p.rank; ++r) {
        sum = wrapping_add(sum, over_time[static_cast<std::size_t>(unit * p.rank + r)]);
      }
      *output++ = finished<Value>(call, p, sum);
    }
  }
}

}  // namespace

void answer_svdf_s8_s8(const KernelCall& call) {
  answer_svdf<std::int8_t, std::int8_t, std::int32_t>(call);
}
void answer_svdf_s8_s16(const KernelCall& call) {
  answer_svdf<std::int8_t, std::int16_t, std::int32_t>(call);
}
void answer_svdf_f32(const KernelCall& call) { answer_svdf<float, float, float>(call); }

}  // namespace boardless::workloads
