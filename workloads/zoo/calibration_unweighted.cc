// Calibration of the layers without weights: pooling, arithmetic, normalisation, products, shares.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "workloads/zoo/calibrator.h"
#include "workloads/zoo/moves.h"

namespace boardless::workloads {
namespace {

ZooValues repeated(const ZooValues& values, std::int32_t times) {
  ZooValues result;
  for (std::int32_t i = 0; i < times; ++i) {
    result.insert(result.end(), values.begin(), values.end());
  }
  return result;
}

// Where the elements of an operand that is broadcast are, by those of the whole.
class BroadcastOffsets {
 public:
  // The operand's values are of every sample, or the same for all where `values` are no more than
  // the operand's elements. Its dimensions are the whole's last.
  BroadcastOffsets(const Tensor& whole, const Tensor& operand, std::size_t values)
      : whole_(whole.shape), elements_(whole.elements()) {
    std::vector<std::int32_t> shape(whole.shape.size() - operand.shape.size(), 1);
    shape.insert(shape.end(), operand.shape.begin(), operand.shape.end());
    step_.resize(shape.size());
    std::int64_t step = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
      step_[i] = shape[i] == 1 ? 0 : step;
      step *= shape[i];
    }
    sample_ = std::cmp_equal(values, step) ? 0 : step;
  }

  std::size_t operator()(std::size_t i) const {
    auto rest = static_cast<std::int64_t>(i) % elements_;
    std::int64_t at = static_cast<std::int64_t>(i) / elements_ * sample_;
    for (std::size_t axis = whole_.size(); axis-- > 0;) {
      at += rest % whole_[axis] * step_[axis];
      rest /= whole_[axis];
    }
    return static_cast<std::size_t>(at);
  }

 private:
  const std::vector<std::int32_t>& whole_;
  std::vector<std::int64_t> step_;
  std::int64_t elements_, sample_ = 0;
};

double combine(OpKind kind, double a, double b) {
  switch (kind) {
    case OpKind::kAdd:
      return a + b;
    case OpKind::kSub:
      return a - b;
    case OpKind::kSquaredDifference:
      return (a - b) * (a - b);
    default:
      return a * b;
  }
}

}  // namespace

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
  for (std::size_t i = 0; i < 2; ++i) constant_operand(op, i);
  const Activations& first = activations(op.inputs[0]);
  const Activations& second = activations(op.inputs[1]);
  const Tensor& whole = tensor(op.outputs[0]);
  const BroadcastOffsets first_at(whole, tensor(op.inputs[0]), first.values.size());
  const BroadcastOffsets second_at(whole, tensor(op.inputs[1]), second.values.size());
  std::vector<double> reals(size_of(static_cast<std::size_t>(op.outputs[0])));
  for (std::size_t i = 0; i < reals.size(); ++i) {
    reals[i] = combine(op.kind, first.real(first_at(i)), second.real(second_at(i)));
  }
  const auto* attributes = std::get_if<ArithmeticAttributes>(&op.attributes);
  store_calibrated(op.outputs[0], std::move(reals),
                   attributes == nullptr ? Activation::kNone : attributes->activation);
}

// A number that the topology gives, one for each channel, or what training would have learned.
void Calibrator::constant_operand(const Operator& op, std::size_t input) {
  const int index = op.inputs[input];
  const Tensor& constant = tensor(index);
  if (!constant.is_constant() || !activations(index).values.empty()) return;
  if (!constant.shape_only) {
    const std::vector<std::int8_t> values(constant.data.begin(), constant.data.end());
    store(index, {values, constant.quantization.scale[0], 0});
  } else if (constant.shape.size() == 1) {
    batch_norm_constant(op, input);
  } else {
    learned_constant(index);
  }
}

void Calibrator::learned_constant(int index) {
  std::vector<double> reals(static_cast<std::size_t>(tensor(index).elements()));
  for (double& real : reals) real = random_.normal();
  store_calibrated(index, std::move(reals), Activation::kNone);
  keep_constant(index, activations(index));
}

// The gain (of a MUL) brings each channel to unit variance, the bias (of an ADD) to a mean of zero.
void Calibrator::batch_norm_constant(const Operator& op, std::size_t operand) {
  constexpr double kSmallestDeviation = 1e-3;
  const Activations& input = activations(op.inputs[1 - operand]);
  const int index = op.inputs[operand];
  const auto channels = static_cast<std::size_t>(tensor(index).shape.back());
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
  keep_constant(index, std::move(constant));
}

void Calibrator::each(const Operator& op, const std::function<double(double)>& function,
                      Activation activation) {
  const Activations& input = activations(op.inputs[0]);
  std::vector<double> reals(input.values.size());
  for (std::size_t i = 0; i < reals.size(); ++i) reals[i] = function(input.real(i));
  store_calibrated(op.outputs[0], std::move(reals), activation);
}

void Calibrator::mean(const Operator& op) {
  const Activations& input = activations(op.inputs[0]);
  const Tensor& whole = tensor(op.inputs[0]);
  Tensor kept = tensor(op.outputs[0]);  // with the dimensions that the mean is taken over
  if (!std::get<ReduceAttributes>(op.attributes).keep_dims) {
    kept.shape = {whole.shape[0], 1, 1, whole.shape[3]};
  }
  std::vector<double> reals(size_of(static_cast<std::size_t>(op.outputs[0])), 0);
  const BroadcastOffsets at(whole, kept, reals.size());
  for (std::size_t i = 0; i < input.values.size(); ++i) reals[at(i)] += input.real(i);
  const double count = static_cast<double>(input.values.size()) / static_cast<double>(reals.size());
  for (double& real : reals) real /= count;
  store_calibrated(op.outputs[0], std::move(reals), Activation::kNone);
}

// Matrices of the same number on either side.
void Calibrator::batch_matmul(const Operator& op) {
  const Activations& left = activations(op.inputs[0]);
  const Activations& right = activations(op.inputs[1]);
  const std::vector<std::int32_t>& shape = tensor(op.outputs[0]).shape;
  const auto rows = static_cast<std::size_t>(shape[shape.size() - 2]);
  const auto columns = static_cast<std::size_t>(shape.back());
  const auto depth = static_cast<std::size_t>(tensor(op.inputs[0]).shape.back());
  const bool is_transposed = std::get<BatchMatmulAttributes>(op.attributes).transpose_right;
  const std::size_t down = is_transposed ? 1 : columns, across = is_transposed ? depth : 1;
  std::vector<double> reals;
  for (std::size_t row = 0; row < left.values.size() / depth; ++row) {
    const std::size_t matrix = row / rows * depth * columns;
    for (std::size_t column = 0; column < columns; ++column) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < depth; ++i) {
        sum += (left.values[row * depth + i] - left.zero_point) *
               (right.values[matrix + i * down + column * across] - right.zero_point);
      }
      reals.push_back(static_cast<double>(sum) * left.scale * right.scale);
    }
  }
  store_calibrated(op.outputs[0], std::move(reals), Activation::kNone);
}

void Calibrator::move(const Operator& op) {
  std::vector<ZooValues> learned(op.inputs.size());
  std::vector<const ZooValues*> inputs;
  const Activations* first = nullptr;
  for (std::size_t i = 0; i < op.inputs.size(); ++i) {
    const int input = op.inputs[i];
    const bool is_constant = tensor(input).is_constant();
    if (is_constant && op.kind != OpKind::kConcatenation) continue;
    if (is_constant) {
      learned_constant(input);
      learned[i] = repeated(activations(input).values, samples_);
    }
    if (first == nullptr) first = &activations(input);
    inputs.push_back(is_constant ? &learned[i] : &activations(input).values);
  }
  const double scale = first->scale;
  const int zero_point = first->zero_point;
  std::vector<ZooValues> moved =
      move_values(graph_, op, samples_, inputs, static_cast<std::int8_t>(zero_point));
  for (std::size_t i = 0; i < moved.size(); ++i) {
    store(op.outputs[i], {std::move(moved[i]), scale, zero_point});
  }
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
  const double beta = std::get<SoftmaxAttributes>(op.attributes).beta;
  const auto depth = static_cast<std::size_t>(tensor(op.inputs[0]).shape.back());
  std::vector<double> reals;
  reals.reserve(input.values.size());
  for (std::size_t row = 0; row < input.values.size(); row += depth) {
    double largest = input.real(row);
    for (std::size_t i = 0; i < depth; ++i) largest = std::max(largest, input.real(row + i));
    double sum = 0;
    for (std::size_t i = 0; i < depth; ++i) sum += std::exp(beta * (input.real(row + i) - largest));
    for (std::size_t i = 0; i < depth; ++i) {
      reals.push_back(std::exp(beta * (input.real(row + i) - largest)) / sum);
    }
  }
  store_calibrated(op.outputs[0], std::move(reals), Activation::kNone);
}

}  // namespace boardless::workloads
