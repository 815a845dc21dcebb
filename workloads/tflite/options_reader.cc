// Reads the options tables of the operators boardless knows.
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "workloads/tflite/options.h"

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

ConcatenationAttributes concatenation(const tflite::ConcatenationOptions& options) {
  return {options.axis(), activation(options.fused_activation_function())};
}

// For either resizing operator's table.
template <class T>
ResizeAttributes resize(const T* options) {
  if (options == nullptr) return {};
  return {options->align_corners(), options->half_pixel_centers()};
}

TransposeConvAttributes transpose_convolution(const tflite::TransposeConvOptions& options) {
  TransposeConvAttributes result;
  result.padding = padding(options.padding());
  result.stride_h = positive(options.stride_h(), "vertical stride");
  result.stride_w = positive(options.stride_w(), "horizontal stride");
  result.activation = activation(options.fused_activation_function());
  return result;
}

LeakyReluAttributes leaky_relu(const tflite::LeakyReluOptions& options) {
  if (!std::isfinite(options.alpha())) throw InputError("has an alpha that is not a finite number");
  return {options.alpha()};
}

StridedSliceAttributes strided_slice(const tflite::StridedSliceOptions* options) {
  if (options == nullptr) return {};
  return {options->begin_mask(), options->end_mask(), options->ellipsis_mask(),
          options->new_axis_mask(), options->shrink_axis_mask()};
}

ArgMaxAttributes arg_max(const tflite::ArgMaxOptions& options) {
  const auto type = static_cast<DataType>(options.output_type());
  if (type != DataType::kInt32 && type != DataType::kInt64) {
    throw InputError(
        fmt::format("has output type {}, int32 and int64 are known", data_type_name(type)));
  }
  return {type};
}

CustomAttributes custom(const flatbuffers::Vector<std::uint8_t>* options) {
  if (options == nullptr) return {};
  return {{options->begin(), options->end()}};
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
    case OpKind::kSub:
      return ArithmeticAttributes{optional_activation(stored.builtin_options_as_SubOptions())};
    case OpKind::kL2Normalization:
      return ArithmeticAttributes{optional_activation(stored.builtin_options_as_L2NormOptions())};
    case OpKind::kConcatenation:
      return concatenation(
          required(stored.builtin_options_as_ConcatenationOptions(), "ConcatenationOptions"));
    case OpKind::kResizeBilinear:
      return resize(stored.builtin_options_as_ResizeBilinearOptions());
    case OpKind::kResizeNearestNeighbor:
      return resize(stored.builtin_options_as_ResizeNearestNeighborOptions());
    case OpKind::kLeakyRelu:
      return leaky_relu(required(stored.builtin_options_as_LeakyReluOptions(), "LeakyReluOptions"));
    case OpKind::kTransposeConv:
      return transpose_convolution(
          required(stored.builtin_options_as_TransposeConvOptions(), "TransposeConvOptions"));
    case OpKind::kStridedSlice:
      return strided_slice(stored.builtin_options_as_StridedSliceOptions());
    case OpKind::kSplit:
      return SplitAttributes{
          positive(required(stored.builtin_options_as_SplitOptions(), "SplitOptions").num_splits(),
                   "number of parts")};
    case OpKind::kPack: {
      const auto& options = required(stored.builtin_options_as_PackOptions(), "PackOptions");
      return PackAttributes{positive(options.values_count(), "number of values"), options.axis()};
    }
    case OpKind::kArgMax:
      return arg_max(required(stored.builtin_options_as_ArgMaxOptions(), "ArgMaxOptions"));
    case OpKind::kCustom:
      return custom(stored.custom_options());
    default:
      return NoAttributes{};
  }
}

}  // namespace boardless::workloads
