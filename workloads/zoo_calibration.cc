// Runs a topology in quantised form on random inputs, settling each layer before the next sees it.
#include "workloads/zoo_calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "base/error.h"
#include "workloads/zoo_accumulate.h"
#include "workloads/zoo_linear.h"
#include "workloads/seeded_random.h"
#include "workloads/zoo_window.h"

namespace boardless::workloads {
namespace {

constexpr int kLowest = -128;
constexpr int kHighest = 127;
constexpr int kPositionsThatShowTheRange = 32;
constexpr double kReach = 4;  // in deviations

// A tensor's values for all samples. Float tensors are held in their quantised form too.
struct Activations {
  std::vector<std::int8_t> values;
  double scale = 0;
  int zero_point = 0;

  double real(std::size_t i) const { return scale * (values[i] - zero_point); }
};

std::pair<double, double> bounds(Activation activation) {
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

std::int8_t quantize(double real, double scale, int zero_point) {
  const double shifted = std::round(real / scale) + zero_point;
  return static_cast<std::int8_t>(std::clamp<double>(shifted, kLowest, kHighest));
}

// Few samples suffice where each has many positions; the work is bounded for large networks.
std::int32_t sample_count(const Graph& graph) {
  constexpr std::int64_t kMacsToSpend = 32'000'000;
  const std::int64_t macs_per_sample = std::max<std::int64_t>(macs(graph), 1);
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(kMacsToSpend / macs_per_sample, 1, 8));
}

class Calibrator {
 public:
  Calibrator(const ZooTopology& topology, std::uint64_t seed)
      : graph_(topology.graph),
        random_(seed),
        samples_(sample_count(graph_)),
        activations_(graph_.tensors.size()) {
    const auto input = static_cast<std::size_t>(graph_.inputs[0]);
    Activations drawn;
    drawn.scale = topology.input_scale;
    drawn.zero_point = static_cast<int>(topology.input_zero_point);
    drawn.values.resize(size_of(input));
    for (std::int8_t& value : drawn.values) value = random_.int8();
    store(graph_.inputs[0], std::move(drawn));
  }

  Graph run() {
    for (const Operator& op : graph_.operators) settle(op);
    return std::move(graph_);
  }

 private:
  void settle(const Operator& op);
  void linear(const Operator& op);
  void pool(const Operator& op);
  void arithmetic(const Operator& op);
  void clamp(const Operator& op, Activation activation);
  void mean(const Operator& op);
  void pad(const Operator& op);
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
  std::vector<Activations> activations_;
};

void Calibrator::store(int index, Activations values) {
  if (tensor(index).type == DataType::kInt8) {
    tensor(index).quantization = {{static_cast<float>(values.scale)}, {values.zero_point}, 0};
  }
  activations_[static_cast<std::size_t>(index)] = std::move(values);
}

void Calibrator::store_calibrated(int index, std::vector<double> reals, Activation activation,
                                  double reach) {
  const auto [lower, upper] = bounds(activation);
  double smallest = std::clamp(-reach, lower, upper);
  double largest = std::clamp(reach, lower, upper);
  for (double& real : reals) {
    real = std::clamp(real, lower, upper);
    smallest = std::min(smallest, real);
    largest = std::max(largest, real);
  }
  Activations result;
  const double range = largest > smallest ? largest - smallest : 1.0;
  result.scale = static_cast<float>(range / (kHighest - kLowest));
  result.zero_point = static_cast<int>(
      std::clamp<double>(std::round(kLowest - smallest / result.scale), kLowest, kHighest));
  result.values.reserve(reals.size());
  for (const double real : reals) {
    result.values.push_back(quantize(real, result.scale, result.zero_point));
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
      return arithmetic(op);
    case OpKind::kRelu:
      return clamp(op, Activation::kRelu);
    case OpKind::kRelu6:
      return clamp(op, Activation::kRelu6);
    case OpKind::kMean:
      return mean(op);
    case OpKind::kPad:
      return pad(op);
    case OpKind::kSoftmax:
      return softmax(op);
    case OpKind::kReshape:
    case OpKind::kQuantize:
    case OpKind::kDequantize:
      return store(op.outputs[0], activations(op.inputs[0]));
    default:
      check(false, "the zoo builds only operators that calibration knows");
  }
}

SlidingWindow Calibrator::image_window(const Operator& op) {
  const Tensor& input = tensor(op.inputs[0]);
  const Tensor& output = tensor(op.outputs[0]);
  SlidingWindow window;
  window.samples = samples_;
  window.input_c = input.shape.back();
  window.output_c = output.shape.back();
  if (input.shape.size() != 4) return window;
  window.input_h = input.shape[1];
  window.input_w = input.shape[2];
  window.output_h = output.shape[1];
  window.output_w = output.shape[2];
  Padding padding = Padding::kValid;
  if (const auto* conv = std::get_if<ConvAttributes>(&op.attributes)) {
    padding = conv->padding;
    window.stride_h = conv->stride_h;
    window.stride_w = conv->stride_w;
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
    window.pad_top =
        window_padding_before(window.input_h, window.kernel_h, window.stride_h, window.output_h);
    window.pad_left =
        window_padding_before(window.input_w, window.kernel_w, window.stride_w, window.output_w);
  }
  return window;
}

void Calibrator::linear(const Operator& op) {
  const bool depthwise = op.kind == OpKind::kDepthwiseConv2D;
  const bool per_channel = op.kind != OpKind::kFullyConnected;
  const auto* conv = std::get_if<ConvAttributes>(&op.attributes);
  const Activation activation =
      conv ? conv->activation : std::get<FullyConnectedAttributes>(op.attributes).activation;
  const SlidingWindow window = image_window(op);
  const Activations& input = activations(op.inputs[0]);
  Tensor& weight_tensor = tensor(op.inputs[1]);
  Tensor& bias_tensor = tensor(op.inputs[2]);
  const auto channels = static_cast<std::size_t>(window.output_c);

  const ZooWeights weights =
      random_weights(weight_tensor.data.size(), channels, depthwise, per_channel, random_);
  const std::vector<std::int32_t> sums =
      accumulate(window, depthwise, input.values, input.zero_point, weights.values);
  std::vector<double> unit;
  for (const double scale : weights.scale) unit.push_back(input.scale * scale);
  // Outputs that no activation function follows are scores: wide enough apart for a softmax.
  const bool scores = window.output_h * window.output_w == 1 && activation == Activation::kNone;
  const double spread = scores ? 3.0 : 1.0;
  const Normalisation norm = normalise(sums, unit, per_channel, spread, random_);

  Quantization weight_quantization;
  Quantization bias_quantization;
  weight_quantization.axis = depthwise ? 3 : 0;
  for (std::size_t c = 0; c < channels; ++c) {
    const auto scale = static_cast<float>(weights.scale[c] * norm.gain[c]);
    unit[c] = input.scale * scale;
    if (per_channel || c == 0) {
      weight_quantization.scale.push_back(scale);
      bias_quantization.scale.push_back(static_cast<float>(unit[c]));
    }
    for (std::size_t byte = 0; byte < 4; ++byte) {
      bias_tensor.data[4 * c + byte] =
          static_cast<std::uint8_t>(static_cast<std::uint32_t>(norm.bias[c]) >> (8 * byte));
    }
  }
  weight_quantization.zero_point.resize(weight_quantization.scale.size());
  bias_quantization.zero_point.resize(bias_quantization.scale.size());
  weight_tensor.data.assign(weights.values.begin(), weights.values.end());
  weight_tensor.quantization = std::move(weight_quantization);
  bias_tensor.quantization = std::move(bias_quantization);

  std::vector<double> reals(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::size_t c = i % channels;
    reals[i] = (static_cast<double>(sums[i]) + norm.bias[c]) * unit[c];
  }
  // So few positions do not show the range that other inputs will need.
  const bool few = window.samples * window.output_h * window.output_w < kPositionsThatShowTheRange;
  store_calibrated(op.outputs[0], std::move(reals), activation, few ? kReach * spread : 0.0);
}

// The input's scale is kept, as TFLite requires.
void Calibrator::pool(const Operator& op) {
  const SlidingWindow window = image_window(op);
  const Activations& input = activations(op.inputs[0]);
  const auto [lower, upper] = bounds(std::get<PoolAttributes>(op.attributes).activation);
  const bool average = op.kind == OpKind::kAveragePool2D;
  const auto channels = static_cast<std::size_t>(window.input_c);
  Activations output{{}, input.scale, input.zero_point};
  output.values.reserve(size_of(static_cast<std::size_t>(op.outputs[0])));
  std::vector<double> pooled(channels);
  for (std::int32_t sample = 0; sample < samples_; ++sample) {
    for (std::int32_t y = 0; y < window.output_h; ++y) {
      for (std::int32_t x = 0; x < window.output_w; ++x) {
        int taps = 0;
        std::fill(pooled.begin(), pooled.end(), average ? 0.0 : kLowest * 2.0 * input.scale);
        for_each_tap(window, sample, y, x, [&](std::int32_t, std::size_t offset) {
          ++taps;
          for (std::size_t c = 0; c < channels; ++c) {
            const double real = input.real(offset + c);
            pooled[c] = average ? pooled[c] + real : std::max(pooled[c], real);
          }
        });
        for (const double value : pooled) {
          output.values.push_back(quantize(std::clamp(average ? value / taps : value, lower, upper),
                                           output.scale, output.zero_point));
        }
      }
    }
  }
  store(op.outputs[0], std::move(output));
}

void Calibrator::arithmetic(const Operator& op) {
  const Activations& first = activations(op.inputs[0]);
  const Activations& second = activations(op.inputs[1]);
  std::vector<double> reals(first.values.size());
  for (std::size_t i = 0; i < reals.size(); ++i) {
    reals[i] =
        op.kind == OpKind::kAdd ? first.real(i) + second.real(i) : first.real(i) * second.real(i);
  }
  store_calibrated(op.outputs[0], std::move(reals),
                   std::get<ArithmeticAttributes>(op.attributes).activation);
}

void Calibrator::clamp(const Operator& op, Activation activation) {
  const Activations& input = activations(op.inputs[0]);
  std::vector<double> reals(input.values.size());
  for (std::size_t i = 0; i < reals.size(); ++i) reals[i] = input.real(i);
  store_calibrated(op.outputs[0], std::move(reals), activation);
}

void Calibrator::mean(const Operator& op) {
  const Activations& input = activations(op.inputs[0]);
  const std::vector<std::int32_t>& shape = tensor(op.inputs[0]).shape;
  const auto channels = static_cast<std::size_t>(shape[3]);
  const auto pixels = static_cast<std::size_t>(shape[1]) * shape[2];
  std::vector<double> reals(static_cast<std::size_t>(samples_) * channels, 0);
  for (std::size_t i = 0; i < input.values.size(); ++i) {
    reals[i / (pixels * channels) * channels + i % channels] += input.real(i);
  }
  for (double& real : reals) real /= static_cast<double>(pixels);
  store_calibrated(op.outputs[0], std::move(reals), Activation::kNone);
}

void Calibrator::pad(const Operator& op) {
  const Activations& input = activations(op.inputs[0]);
  const std::vector<std::int32_t>& from = tensor(op.inputs[0]).shape;
  const std::vector<std::int32_t>& to = tensor(op.outputs[0]).shape;
  const std::vector<std::uint8_t>& table = tensor(op.inputs[1]).data;
  // Rows of the table are dimensions (before, after); amounts stay below 2^24.
  const auto before = [&](std::size_t dim) {
    return table[8 * dim] | table[8 * dim + 1] << 8 | table[8 * dim + 2] << 16;
  };
  const auto zero = static_cast<std::int8_t>(input.zero_point);
  Activations output{
      std::vector<std::int8_t>(size_of(static_cast<std::size_t>(op.outputs[0])), zero), input.scale,
      input.zero_point};
  const std::int64_t row = std::int64_t{from[2]} * from[3];
  for (std::int64_t sample = 0; sample < samples_; ++sample) {
    for (std::int64_t y = 0; y < from[1]; ++y) {
      const std::int64_t target = ((sample * to[1] + y + before(1)) * to[2] + before(2)) * to[3];
      std::copy_n(input.values.begin() + (sample * from[1] + y) * row, row,
                  output.values.begin() + target);
    }
  }
  store(op.outputs[0], std::move(output));
}

void Calibrator::softmax(const Operator& op) {
  const Activations& input = activations(op.inputs[0]);
  const auto depth = static_cast<std::size_t>(tensor(op.inputs[0]).shape.back());
  Activations output{{}, 1.0 / 256, kLowest};
  for (std::size_t row = 0; row < input.values.size(); row += depth) {
    double largest = input.real(row);
    for (std::size_t i = 0; i < depth; ++i) largest = std::max(largest, input.real(row + i));
    double sum = 0;
    for (std::size_t i = 0; i < depth; ++i) sum += std::exp(input.real(row + i) - largest);
    for (std::size_t i = 0; i < depth; ++i) {
      const double share = std::exp(input.real(row + i) - largest) / sum;
      output.values.push_back(quantize(share, output.scale, output.zero_point));
    }
  }
  store(op.outputs[0], std::move(output));
}

}  // namespace

Graph calibrate(const ZooTopology& topology, std::uint64_t seed) {
  return Calibrator(topology, seed).run();
}

}  // namespace boardless::workloads
