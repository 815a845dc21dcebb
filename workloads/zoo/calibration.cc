// Runs a topology in quantised form on random inputs, settling each layer before the next sees it.
#include "workloads/zoo/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "base/error.h"
#include "workloads/operators/window_padding.h"
#include "workloads/zoo/calibrator.h"
#include "workloads/zoo/linear.h"
#include "workloads/zoo/moves.h"

namespace boardless::workloads {
namespace {

constexpr int kPositionsThatShowTheRange = 32;

bool remembers(const Graph& graph) {
  return std::any_of(graph.tensors.begin(), graph.tensors.end(),
                     [](const Tensor& tensor) { return tensor.is_variable; });
}

// Few samples suffice where each has many positions; the work is bounded for large networks. What
// remembers earlier samples needs more.
std::int32_t sample_count(const Graph& graph) {
  constexpr std::int64_t kMacsToSpend = 32'000'000;
  const std::int64_t most = remembers(graph) ? 64 : 8;
  const std::int64_t macs_per_sample = std::max<std::int64_t>(macs(graph), 1);
  return static_cast<std::int32_t>(
      std::clamp<std::int64_t>(kMacsToSpend / macs_per_sample, 1, most));
}

double itself(double x) { return x; }

}  // namespace

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

std::pair<double, double> activation_bounds(Activation activation) {
  constexpr double kUnbounded = std::numeric_limits<double>::infinity();
  switch (activation) {
    case Activation::kRelu:
      return {0, kUnbounded};
    case Activation::kRelu6:
      return {0, 6};
    default:
      return {-kUnbounded, kUnbounded};
  }
}

std::int8_t quantize_int8(double real, double scale, int zero_point) {
  const double shifted = std::round(real / scale) + zero_point;
  return static_cast<std::int8_t>(std::clamp<double>(shifted, kLowestInt8, kHighestInt8));
}

Calibrator::Calibrator(const ZooTopology& topology, std::uint64_t seed)
    : graph_(topology.graph),
      random_(seed),
      samples_(sample_count(graph_)),
      shared_(shared_quantisation(graph_)),
      activations_(graph_.tensors.size()) {
  const auto input = static_cast<std::size_t>(graph_.inputs[0]);
  Activations drawn;
  drawn.scale = topology.input.scale;
  drawn.zero_point = static_cast<int>(topology.input.zero_point);
  drawn.values.resize(size_of(input));
  for (std::int8_t& value : drawn.values) value = random_.int8();
  store(graph_.inputs[0], std::move(drawn));
}

Graph Calibrator::run(const ZooProgress& progress) {
  const std::int64_t total = macs(graph_);
  std::int64_t done = 0;
  for (const Operator& op : graph_.operators) {
    settle(op);
    done += macs(graph_, op);
    if (progress) progress(static_cast<std::size_t>(done), static_cast<std::size_t>(total));
  }
  return std::move(graph_);
}

void Calibrator::keep_constant(int index, Activations values) {
  tensor(index).data.assign(values.values.begin(), values.values.end());
  tensor(index).shape_only = false;
  store(index, std::move(values));
}

void Calibrator::store(int index, Activations values) {
  if (tensor(index).type == DataType::kInt8) {
    tensor(index).quantization = {{static_cast<float>(values.scale)}, {values.zero_point}, 0};
  }
  activations_[static_cast<std::size_t>(index)] = std::move(values);
}

void Calibrator::store_calibrated(int index, std::vector<double> reals, Activation activation,
                                  double reach) {
  const auto [lower, upper] = activation_bounds(activation);
  double smallest = std::clamp(-reach, lower, upper);
  double largest = std::clamp(reach, lower, upper);
  for (double& real : reals) {
    real = std::clamp(real, lower, upper);
    smallest = std::min(smallest, real);
    largest = std::max(largest, real);
  }
  const auto& shared = shared_[static_cast<std::size_t>(index)];
  const auto [scale, zero_point] = shared ? *shared : scale_for_range(smallest, largest);
  Activations result{{}, scale, zero_point};
  result.values.reserve(reals.size());
  for (const double real : reals) {
    result.values.push_back(quantize_int8(real, result.scale, result.zero_point));
  }
  store(index, std::move(result));
}

void Calibrator::settle(const Operator& op) {
  switch (op.kind) {
    case OpKind::kConv2D:
    case OpKind::kDepthwiseConv2D:
    case OpKind::kFullyConnected:
      return linear(op);
    case OpKind::kAveragePool2D:
    case OpKind::kMaxPool2D:
      return pool(op);
    case OpKind::kAdd:
    case OpKind::kMul:
    case OpKind::kSub:
    case OpKind::kSquaredDifference:
      return arithmetic(op);
    case OpKind::kRelu:
      return each(op, itself, Activation::kRelu);
    case OpKind::kRelu6:
      return each(op, itself, Activation::kRelu6);
    case OpKind::kLeakyRelu: {
      const double slope = std::get<LeakyReluAttributes>(op.attributes).alpha;
      return each(op, [slope](double x) { return x < 0 ? slope * x : x; });
    }
    case OpKind::kLogistic:
      return each(op, logistic);
    case OpKind::kTanh:
      return each(op, [](double x) { return std::tanh(x); });
    case OpKind::kRsqrt: {
      // The smallest number that the input's scale can tell from 0.
      const double smallest = activations(op.inputs[0]).scale;
      return each(op, [smallest](double x) { return 1 / std::sqrt(std::max(x, smallest)); });
    }
    case OpKind::kMean:
      return mean(op);
    case OpKind::kSoftmax:
      return softmax(op);
    case OpKind::kBatchMatmul:
      return batch_matmul(op);
    case OpKind::kUnidirectionalSequenceLstm:
      return lstm(op);
    case OpKind::kSvdf:
      return svdf(op);
    case OpKind::kReadVariable:
      return read_state(op);
    case OpKind::kAssignVariable:
      return first_state(op);
    case OpKind::kQuantize:
      if (tensor(op.inputs[0]).type == DataType::kInt8) return each(op, itself);
      return move(op);
    case OpKind::kVarHandle:
    case OpKind::kCallOnce:
      return;  // nothing that has a value
    case OpKind::kArgMax:
      return;  // integers, with which no layer goes on
    case OpKind::kCustom:
      return anchors(op);
    default:
      check(moves_values(op.kind), "the zoo builds only operators that calibration knows");
      return move(op);
  }
}

SlidingWindow Calibrator::image_window(const Operator& op) {
  const Tensor& input = tensor(op.inputs[0]);
  const Tensor& output = tensor(op.outputs[0]);
  SlidingWindow window;
  window.samples = samples_;
  window.input_c = input.shape.back();
  window.output_c = output.shape.back();
  if (op.kind == OpKind::kFullyConnected) {
    window.samples = static_cast<std::int32_t>(samples_ * input.elements() / window.input_c);
    return window;
  }
  window.input_h = input.shape[1];
  window.input_w = input.shape[2];
  window.output_h = output.shape[1];
  window.output_w = output.shape[2];
  Padding padding = Padding::kValid;
  if (const auto* conv = std::get_if<ConvAttributes>(&op.attributes)) {
    padding = conv->padding;
    window.stride_h = conv->stride_h;
    window.stride_w = conv->stride_w;
    window.dilation_h = conv->dilation_h;
    window.dilation_w = conv->dilation_w;
    window.kernel_h = tensor(op.inputs[1]).shape[1];
    window.kernel_w = tensor(op.inputs[1]).shape[2];
  } else {
    const auto& attributes = std::get<PoolAttributes>(op.attributes);
    padding = attributes.padding;
    window.stride_h = attributes.stride_h;
    window.stride_w = attributes.stride_w;
    window.kernel_h = attributes.filter_h;
    window.kernel_w = attributes.filter_w;
  }
  if (padding == Padding::kSame) {
    const std::int32_t reach_h = (window.kernel_h - 1) * window.dilation_h + 1;
    const std::int32_t reach_w = (window.kernel_w - 1) * window.dilation_w + 1;
    window.pad_top =
        window_padding_before(window.input_h, reach_h, window.stride_h, window.output_h);
    window.pad_left =
        window_padding_before(window.input_w, reach_w, window.stride_w, window.output_w);
  }
  return window;
}

void Calibrator::keep_weights(int index, const ZooWeights& weights, std::vector<float> scale,
                              int axis) {
  Tensor& kept = tensor(index);
  kept.data.assign(weights.values.begin(), weights.values.end());
  kept.shape_only = false;
  kept.quantization = {std::move(scale), {}, axis};
  kept.quantization.zero_point.resize(kept.quantization.scale.size());
}

void Calibrator::keep_bias(int index, const std::vector<std::int32_t>& values,
                           std::vector<float> scale) {
  Tensor& kept = tensor(index);
  kept.data.clear();
  for (const std::int32_t value : values) {
    for (std::size_t byte = 0; byte < 4; ++byte) {
      kept.data.push_back(
          static_cast<std::uint8_t>(static_cast<std::uint32_t>(value) >> (8 * byte)));
    }
  }
  kept.shape_only = false;
  kept.quantization = {std::move(scale), {}, 0};
  kept.quantization.zero_point.resize(kept.quantization.scale.size());
}

std::vector<double> Calibrator::settle_weights(const SlidingWindow& window, bool depthwise,
                                               bool per_channel, double spread,
                                               const Activations& input, int weights, int bias) {
  const auto channels = static_cast<std::size_t>(window.output_c);
  const ZooWeights drawn = random_weights(static_cast<std::size_t>(tensor(weights).elements()),
                                          channels, depthwise, per_channel, random_);
  const std::vector<std::int32_t> sums =
      accumulate(window, depthwise, input.values, input.zero_point, drawn.values);
  std::vector<double> unit;
  for (const double scale : drawn.scale) unit.push_back(input.scale * scale);
  const Normalisation norm = normalise(sums, unit, per_channel, spread, random_);
  std::vector<float> weight_scale, bias_scale;
  for (std::size_t c = 0; c < channels; ++c) {
    const auto scale = static_cast<float>(drawn.scale[c] * norm.gain[c]);
    unit[c] = input.scale * scale;
    if (!per_channel && c > 0) continue;
    weight_scale.push_back(scale);
    bias_scale.push_back(static_cast<float>(unit[c]));
  }
  keep_weights(weights, drawn, std::move(weight_scale), depthwise ? 3 : 0);
  if (bias >= 0) keep_bias(bias, norm.bias, std::move(bias_scale));
  std::vector<double> reals(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::size_t c = i % channels;
    const std::int32_t start = bias >= 0 ? norm.bias[c] : 0;
    reals[i] = (static_cast<double>(sums[i]) + start) * unit[c];
  }
  return reals;
}

void Calibrator::linear(const Operator& op) {
  const auto* conv = std::get_if<ConvAttributes>(&op.attributes);
  const Activation activation =
      conv ? conv->activation : std::get<FullyConnectedAttributes>(op.attributes).activation;
  const SlidingWindow window = image_window(op);
  const std::int32_t positions = window.samples * window.output_h * window.output_w;
  // Outputs that no activation function follows are scores: wide enough apart for a softmax.
  const bool scores = positions == samples_ && activation == Activation::kNone;
  const double spread = scores ? 3.0 : 1.0;
  std::vector<double> reals = settle_weights(window, op.kind == OpKind::kDepthwiseConv2D,
                                             op.kind != OpKind::kFullyConnected, spread,
                                             activations(op.inputs[0]), op.inputs[1], op.inputs[2]);
  // So few positions do not show the range that other inputs will need.
  const bool few = positions < kPositionsThatShowTheRange;
  store_calibrated(op.outputs[0], std::move(reals), activation, few ? kReach * spread : 0.0);
}

Graph calibrate(const ZooTopology& topology, std::uint64_t seed, const ZooProgress& progress) {
  return Calibrator(topology, seed).run(progress);
}

}  // namespace boardless::workloads
