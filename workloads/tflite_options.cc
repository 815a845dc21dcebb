// Reads and writes the options tables of the operators boardless can run.
#include "workloads/tflite_options.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string_view>

#include "base/error.h"

namespace boardless::workloads {
namespace {

int positive(std::int32_t value, std::string_view what) {
  if (value <= 0) throw InputError(fmt::format("has {} {}, it must be at least 1", what, value));
  return value;
}

Padding padding(std::int8_t value) {
  if (value != static_cast<std::int8_t>(Padding::kSame) &&
      value != static_cast<std::int8_t>(Padding::kValid)) {
    throw InputError(fmt::format("has padding {}, 0 (same) and 1 (valid) are known", value));
  }
  return static_cast<Padding>(value);
}

Activation activation(std::int8_t value) {
  if (value < 0 || value > static_cast<std::int8_t>(Activation::kSignBit)) {
    throw InputError(fmt::format("has fused activation {}, 0 to 5 are known", value));
  }
  return static_cast<Activation>(value);
}

template <class T>
const T& required(const T* options, std::string_view name) {
  if (options == nullptr) throw InputError(fmt::format("has no {}", name));
  return *options;
}

// Options in which TFLite takes an absent table for one of defaults.
template <class T>
Activation optional_activation(const T* options) {
  return options == nullptr ? Activation::kNone : activation(options->fused_activation_function());
}

template <class T>
ConvAttributes convolution(const T& options) {
  ConvAttributes result;
  result.padding = padding(options.padding());
  result.stride_h = positive(options.stride_h(), "vertical stride");
  result.stride_w = positive(options.stride_w(), "horizontal stride");
  result.dilation_h = positive(options.dilation_h_factor(), "vertical dilation");
  result.dilation_w = positive(options.dilation_w_factor(), "horizontal dilation");
  result.activation = activation(options.fused_activation_function());
  return result;
}

ConvAttributes depthwise_convolution(const tflite::DepthwiseConv2DOptions& options) {
  ConvAttributes result = convolution(options);
  result.depth_multiplier = positive(options.depth_multiplier(), "depth multiplier");
  return result;
}

PoolAttributes pool(const tflite::Pool2DOptions& options) {
  PoolAttributes result;
  result.padding = padding(options.padding());
  result.stride_h = positive(options.stride_h(), "vertical stride");
  result.stride_w = positive(options.stride_w(), "horizontal stride");
  result.filter_h = positive(options.filter_height(), "filter height");
  result.filter_w = positive(options.filter_width(), "filter width");
  result.activation = activation(options.fused_activation_function());
  return result;
}

FullyConnectedAttributes fully_connected(const tflite::FullyConnectedOptions* options) {
  FullyConnectedAttributes result;
  if (options == nullptr) return result;
  if (options->weights_format() != 0) {
    throw InputError(fmt::format("has weights in format {}, only 0 (rows) is supported",
                                 options->weights_format()));
  }
  result.activation = activation(options->fused_activation_function());
  result.keep_num_dims = options->keep_num_dims();
  return result;
}

SoftmaxAttributes softmax(const tflite::SoftmaxOptions& options) {
  if (!std::isfinite(options.beta())) throw InputError("has a beta that is not a finite number");
  return {options.beta()};
}

std::int8_t stored(Padding value) { return static_cast<std::int8_t>(value); }
std::int8_t stored(Activation value) { return static_cast<std::int8_t>(value); }

template <class T>
const T& attributes_of(const Operator& op) {
  const T* attributes = std::get_if<T>(&op.attributes);
  check(attributes != nullptr, "an operator carries the attributes of its kind");
  return *attributes;
}

}  // namespace

Attributes read_options(const tflite::Operator& stored, OpKind kind) {
  switch (kind) {
    case OpKind::kConv2D:
      return convolution(required(stored.builtin_options_as_Conv2DOptions(), "Conv2DOptions"));
    case OpKind::kDepthwiseConv2D:
      return depthwise_convolution(
          required(stored.builtin_options_as_DepthwiseConv2DOptions(), "DepthwiseConv2DOptions"));
    case OpKind::kAveragePool2D:
    case OpKind::kMaxPool2D:
      return pool(required(stored.builtin_options_as_Pool2DOptions(), "Pool2DOptions"));
    case OpKind::kFullyConnected:
      return fully_connected(stored.builtin_options_as_FullyConnectedOptions());
    case OpKind::kAdd:
      return ArithmeticAttributes{optional_activation(stored.builtin_options_as_AddOptions())};
    case OpKind::kMul:
      return ArithmeticAttributes{optional_activation(stored.builtin_options_as_MulOptions())};
    case OpKind::kSoftmax:
      return softmax(required(stored.builtin_options_as_SoftmaxOptions(), "SoftmaxOptions"));
    case OpKind::kMean: {
      const auto* options = stored.builtin_options_as_ReducerOptions();
      return ReduceAttributes{options != nullptr && options->keep_dims()};
    }
    default:
      return NoAttributes{};
  }
}

bool can_write_options(OpKind kind) {
  switch (kind) {
    case OpKind::kAdd:
    case OpKind::kAveragePool2D:
    case OpKind::kConv2D:
    case OpKind::kDepthwiseConv2D:
    case OpKind::kDequantize:
    case OpKind::kFullyConnected:
    case OpKind::kMaxPool2D:
    case OpKind::kMul:
    case OpKind::kRelu:
    case OpKind::kRelu6:
    case OpKind::kReshape:
    case OpKind::kSoftmax:
    case OpKind::kPad:
    case OpKind::kMean:
    case OpKind::kQuantize:
      return true;
    default:
      return false;
  }
}

WrittenOptions write_options(flatbuffers::FlatBufferBuilder& builder, const Graph& graph,
                             const Operator& op) {
  using tflite::BuiltinOptions;
  switch (op.kind) {
    case OpKind::kConv2D: {
      const auto& a = attributes_of<ConvAttributes>(op);
      return {BuiltinOptions::Conv2DOptions,
              tflite::CreateConv2DOptions(builder, stored(a.padding), a.stride_w, a.stride_h,
                                          stored(a.activation), a.dilation_w, a.dilation_h)
                  .Union()};
    }
    case OpKind::kDepthwiseConv2D: {
      const auto& a = attributes_of<ConvAttributes>(op);
      return {BuiltinOptions::DepthwiseConv2DOptions,
              tflite::CreateDepthwiseConv2DOptions(builder, stored(a.padding), a.stride_w,
                                                   a.stride_h, a.depth_multiplier,
                                                   stored(a.activation), a.dilation_w, a.dilation_h)
                  .Union()};
    }
    case OpKind::kAveragePool2D:
    case OpKind::kMaxPool2D: {
      const auto& a = attributes_of<PoolAttributes>(op);
      return {BuiltinOptions::Pool2DOptions,
              tflite::CreatePool2DOptions(builder, stored(a.padding), a.stride_w, a.stride_h,
                                          a.filter_w, a.filter_h, stored(a.activation))
                  .Union()};
    }
    case OpKind::kFullyConnected: {
      const auto& a = attributes_of<FullyConnectedAttributes>(op);
      return {BuiltinOptions::FullyConnectedOptions,
              tflite::CreateFullyConnectedOptions(builder, stored(a.activation), 0, a.keep_num_dims)
                  .Union()};
    }
    case OpKind::kAdd:
      return {BuiltinOptions::AddOptions,
              tflite::CreateAddOptions(builder,
                                       stored(attributes_of<ArithmeticAttributes>(op).activation))
                  .Union()};
    case OpKind::kMul:
      return {BuiltinOptions::MulOptions,
              tflite::CreateMulOptions(builder,
                                       stored(attributes_of<ArithmeticAttributes>(op).activation))
                  .Union()};
    case OpKind::kSoftmax:
      return {
          BuiltinOptions::SoftmaxOptions,
          tflite::CreateSoftmaxOptions(builder, attributes_of<SoftmaxAttributes>(op).beta).Union()};
    case OpKind::kMean:
      return {BuiltinOptions::ReducerOptions,
              tflite::CreateReducerOptions(builder, attributes_of<ReduceAttributes>(op).keep_dims)
                  .Union()};
    case OpKind::kReshape: {
      // The shape is given twice where there is a shape operand, as TFLite's converter does.
      const Tensor& output = graph.tensors[static_cast<std::size_t>(op.outputs.at(0))];
      return {BuiltinOptions::ReshapeOptions,
              tflite::CreateReshapeOptions(builder, builder.CreateVector(output.shape)).Union()};
    }
    case OpKind::kPad:
      return {BuiltinOptions::PadOptions, tflite::CreatePadOptions(builder).Union()};
    case OpKind::kQuantize:
      return {BuiltinOptions::QuantizeOptions, tflite::CreateQuantizeOptions(builder).Union()};
    case OpKind::kDequantize:
      return {BuiltinOptions::DequantizeOptions, tflite::CreateDequantizeOptions(builder).Union()};
    default:
      return {};  // RELU and RELU6 have no options
  }
}

}  // namespace boardless::workloads
