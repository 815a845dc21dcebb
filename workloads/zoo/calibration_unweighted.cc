// Calibration of the layers without weights: pooling, arithmetic, normalisation, shares.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "workloads/zoo/calibrator.h"
#include "workloads/zoo/moves.h"

namespace boardless::workloads {

// The input's scale is kept, as TFLite requires.
void Calibrator::pool(const Operator& op) {
  const SlidingWindow window = image_window(op);
  const Activations& input = activations(op.inputs[0]);
  const auto [lower, upper] = activation_bounds(std::get<PoolAttributes>(op.attributes).activation);
  const bool average = op.kind == OpKind::kAveragePool2D;
  const auto channels = static_cast<std::size_t>(window.input_c);
  Activations output{{}, input.scale, input.zero_point};
  output.values.reserve(size_of(static_cast<std::size_t>(op.outputs[0])));
  std::vector<double> pooled(channels);
  for (std::int32_t sample = 0; sample < samples_; ++sample) {
    for (std::int32_t y = 0; y < window.output_h; ++y) {
      for (std::int32_t x = 0; x < window.output_w; ++x) {
        int taps = 0;
        std::fill(pooled.begin(), pooled.end(), average ? 0.0 : kLowestInt8 * 2.0 * input.scale);
        for_each_tap(window, sample, y, x, [&](std::int32_t, std::size_t offset) {
          ++taps;
          for (std::size_t c = 0; c < channels; ++c) {
            const double real = input.real(offset + c);
            pooled[c] = average ? pooled[c] + real : std::max(pooled[c], real);
          }
        });
        for (const double value : pooled) {
          output.values.push_back(
              quantize_int8(std::clamp(average ? value / taps : value, lower, upper), output.scale,
                            output.zero_point));
        }
      }
    }
  }
  store(op.outputs[0], std::move(output));
}

void Calibrator::arithmetic(const Operator& op) {
  if (tensor(op.inputs[1]).is_constant()) batch_norm_constant(op);
  const Activations& first = activations(op.inputs[0]);
  const Activations& second = activations(op.inputs[1]);
  std::vector<double> reals(first.values.size());
  const std::size_t period = second.values.size();  // a constant repeats for each pixel
  for (std::size_t i = 0; i < reals.size(); ++i) {
    const double other = second.real(i % period);
    reals[i] = op.kind == OpKind::kAdd ? first.real(i) + other : first.real(i) * other;
  }
  store_calibrated(op.outputs[0], std::move(reals),
                   std::get<ArithmeticAttributes>(op.attributes).activation);
}

// The gain (of a MUL) brings each channel to unit variance, the bias (of an ADD) to a mean of zero.
void Calibrator::batch_norm_constant(const Operator& op) {
  constexpr double kSmallestDeviation = 1e-3;
  const Activations& input = activations(op.inputs[0]);
  const auto channels = static_cast<std::size_t>(tensor(op.inputs[1]).shape.back());
  std::vector<double> sum(channels, 0);
  std::vector<double> squares(channels, 0);
  for (std::size_t i = 0; i < input.values.size(); ++i) {
    const double real = input.real(i);
    sum[i % channels] += real;
    squares[i % channels] += real * real;
  }
  const double rows = static_cast<double>(input.values.size()) / static_cast<double>(channels);
  std::vector<double> constants;
  double largest = 0;
  for (std::size_t c = 0; c < channels; ++c) {
    const double mean = sum[c] / rows;
    const double deviation = std::sqrt(std::max(0.0, squares[c] / rows - mean * mean));
    constants.push_back(op.kind == OpKind::kAdd ? -mean
                                                : 1 / std::max(deviation, kSmallestDeviation));
    largest = std::max(largest, std::abs(constants.back()));
  }
  Activations constant;
  constant.scale = static_cast<float>(largest > 0 ? largest / kHighestInt8 : 1.0);
  for (const double value : constants) {
    constant.values.push_back(quantize_int8(value, constant.scale, 0));
  }
  Tensor& stored = tensor(op.inputs[1]);
  stored.data.assign(constant.values.begin(), constant.values.end());
  stored.shape_only = false;
  store(op.inputs[1], std::move(constant));
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

void Calibrator::move(const Operator& op) {
  std::vector<const ZooValues*> inputs;
  const Activations* first = nullptr;
  for (const int input : op.inputs) {
    if (tensor(input).is_constant()) continue;
    if (first == nullptr) first = &activations(input);
    inputs.push_back(&activations(input).values);
  }
  const double scale = first->scale;
  const int zero_point = first->zero_point;
  std::vector<ZooValues> moved =
      move_values(graph_, op, samples_, inputs, static_cast<std::int8_t>(zero_point));
  for (std::size_t i = 0; i < moved.size(); ++i) {
    store(op.outputs[i], {std::move(moved[i]), scale, zero_point});
  }
}

// TFLite fixes the scale.
void Calibrator::logistic(const Operator& op) {
  const Activations& input = activations(op.inputs[0]);
  Activations output{{}, 1.0 / 256, kLowestInt8};
  output.values.reserve(input.values.size());
  for (std::size_t i = 0; i < input.values.size(); ++i) {
    const double share = 1 / (1 + std::exp(-input.real(i)));
    output.values.push_back(quantize_int8(share, output.scale, output.zero_point));
  }
  store(op.outputs[0], std::move(output));
}

// Anywhere in the picture, of any size up to it.
void Calibrator::anchors(const Operator& op) {
  Tensor& boxes = tensor(op.inputs[2]);
  boxes.quantization = {{1.0F / 256}, {kLowestInt8}, 0};
  boxes.data.resize(static_cast<std::size_t>(boxes.elements()));
  for (std::uint8_t& value : boxes.data) value = static_cast<std::uint8_t>(random_.int8());
  boxes.shape_only = false;
}

void Calibrator::softmax(const Operator& op) {
  const Activations& input = activations(op.inputs[0]);
  const auto depth = static_cast<std::size_t>(tensor(op.inputs[0]).shape.back());
  Activations output{{}, 1.0 / 256, kLowestInt8};
  for (std::size_t row = 0; row < input.values.size(); row += depth) {
    double largest = input.real(row);
    for (std::size_t i = 0; i < depth; ++i) largest = std::max(largest, input.real(row + i));
    double sum = 0;
    for (std::size_t i = 0; i < depth; ++i) sum += std::exp(input.real(row + i) - largest);
    for (std::size_t i = 0; i < depth; ++i) {
      const double share = std::exp(input.real(row + i) - largest) / sum;
      output.values.push_back(quantize_int8(share, output.scale, output.zero_point));
    }
  }
  store(op.outputs[0], std::move(output));
}

}  // namespace boardless::workloads
