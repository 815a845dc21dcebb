// The operators with filters: convolutions and FULLY_CONNECTED.
#include "workloads/operators/convolution.h"

#include "workloads/operators/counting.h"
#include "workloads/operators/families.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

using tflite::BuiltinOptions;

template <class Table>
ConvAttributes read_convolution(const Table& options) {
  ConvAttributes result;
  result.padding = read_padding(options.padding());
  result.stride_h = positive(options.stride_h(), "vertical stride");
  result.stride_w = positive(options.stride_w(), "horizontal stride");
  result.dilation_h = positive(options.dilation_h_factor(), "vertical dilation");
  result.dilation_w = positive(options.dilation_w_factor(), "horizontal dilation");
  result.activation = read_activation(options.fused_activation_function());
  return result;
}

int convolution_version(const Tensor& input, const Tensor& filter, const ConvAttributes& attributes,
                        bool depthwise) {
  if (input.type == DataType::kInt8) return 3;
  if (input.type == DataType::kInt16) return depthwise ? 5 : 4;
  if (filter.type == DataType::kInt8) {  // float activations, quantised weights
    const int per_tensor = depthwise ? 4 : 2;
    return filter.quantization.per_channel() ? (depthwise ? 6 : 5) : per_tensor;
  }
  const bool dilated = attributes.dilation_h != 1 || attributes.dilation_w != 1;
  return depthwise && dilated ? 2 : 1;
}

constexpr OptionsCodec kConv2DOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::Conv2DOptions>(stored, "Conv2DOptions");
      ConvAttributes result = read_convolution(options);
      result.stated_bias = static_cast<DataType>(options.quantized_bias_type());
      return result;
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<ConvAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::Conv2DOptions,
              tflite::CreateConv2DOptions(builder, stored(a.padding), a.stride_w, a.stride_h,
                                          stored(a.activation), a.dilation_w, a.dilation_h,
                                          stored(a.stated_bias))
                  .Union()};
        },
    .version =
        [](const Graph& graph, const Operator& op) {
          return convolution_version(operand(graph, op.inputs, 0), operand(graph, op.inputs, 1),
                                     attributes_of<ConvAttributes>(op), false);
        }};

constexpr OptionsCodec kDepthwiseConv2DOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options =
          required<tflite::DepthwiseConv2DOptions>(stored, "DepthwiseConv2DOptions");
      ConvAttributes result = read_convolution(options);
      result.depth_multiplier = positive(options.depth_multiplier(), "depth multiplier");
      return result;
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<ConvAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::DepthwiseConv2DOptions,
              tflite::CreateDepthwiseConv2DOptions(builder, stored(a.padding), a.stride_w,
                                                   a.stride_h, a.depth_multiplier,
                                                   stored(a.activation), a.dilation_w, a.dilation_h)
                  .Union()};
        },
    .version =
        [](const Graph& graph, const Operator& op) {
          return convolution_version(operand(graph, op.inputs, 0), operand(graph, op.inputs, 1),
                                     attributes_of<ConvAttributes>(op), true);
        }};

int fully_connected_version(const Graph& graph, const Operator& op) {
  const Tensor& input = operand(graph, op.inputs, 0);
  const Tensor& filter = operand(graph, op.inputs, 1);
  const bool hybrid = input.type == DataType::kFloat32 && filter.type == DataType::kInt8;
  if (hybrid && filter.quantization.per_channel()) return 12;
  if (input.type == DataType::kInt16) return 7;
  if (op.inputs.size() == 2) return 6;
  const auto* attributes = std::get_if<FullyConnectedAttributes>(&op.attributes);
  if (attributes != nullptr && attributes->keep_num_dims) return 5;
  if (input.type == DataType::kInt8) return 4;
  return hybrid ? 3 : 1;
}

constexpr OptionsCodec kFullyConnectedOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      FullyConnectedAttributes result;
      const auto* options = stored.builtin_options_as<tflite::FullyConnectedOptions>();
      if (options == nullptr) return result;
      if (options->weights_format() != 0) {
        throw NotModelled(fmt::format("has weights in format {}, only 0 (rows) is supported",
                                      options->weights_format()));
      }
      result.activation = read_activation(options->fused_activation_function());
      result.keep_num_dims = options->keep_num_dims();
      result.stated_bias = static_cast<DataType>(options->quantized_bias_type());
      return result;
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<FullyConnectedAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::FullyConnectedOptions,
              tflite::CreateFullyConnectedOptions(builder, stored(a.activation), 0, a.keep_num_dims,
                                                  false, stored(a.stated_bias))
                  .Union()};
        },
    .version = fully_connected_version};

constexpr OptionsCodec kTransposeConvOptions{
    .read = [](const tflite::Operator& stored) -> Attributes {
      const auto& options = required<tflite::TransposeConvOptions>(stored, "TransposeConvOptions");
      TransposeConvAttributes result;
      result.padding = read_padding(options.padding());
      result.stride_h = positive(options.stride_h(), "vertical stride");
      result.stride_w = positive(options.stride_w(), "horizontal stride");
      result.activation = read_activation(options.fused_activation_function());
      return result;
    },
    .write =
        [](flatbuffers::FlatBufferBuilder& builder, const Graph&, const Operator& op) {
          const auto& a = attributes_of<TransposeConvAttributes>(op);
          return WrittenOptions{
              BuiltinOptions::TransposeConvOptions,
              tflite::CreateTransposeConvOptions(builder, stored(a.padding), a.stride_w, a.stride_h,
                                                 stored(a.activation))
                  .Union()};
        },
    .version =
        [](const Graph& graph, const Operator& op) {
          if (attributes_of<TransposeConvAttributes>(op).activation != Activation::kNone) return 4;
          return op.inputs.size() > 3 ? 3 : version_by_type(graph, op);
        }};

// The grouped ones run instead of the first of their types where there are several groups.
constexpr Kernel kConv2D[] = {
    weighted_kernel<Int8, Int8>("conv_2d", answer_conv_2d<Int8>),
    weighted_kernel<UInt8, UInt8>("conv_2d", answer_conv_2d<UInt8>),
    weighted_kernel<Int16, Int8>("conv_2d", answer_conv_2d<Int16>),
    weighted_kernel<Float32, Float32>("conv_2d", answer_conv_2d<Float32>),
    weighted_kernel<Int8, Int4>("conv_2d", answer_conv_2d_int4, true),
    weighted_kernel<Int8, Int8>("grouped_conv_2d", answer_grouped_conv_2d<Int8>),
    weighted_kernel<UInt8, UInt8>("grouped_conv_2d", answer_grouped_conv_2d<UInt8>)};
constexpr Kernel kDepthwiseConv2D[] = {
    weighted_kernel<Int8, Int8>("depthwise_conv_2d", answer_depthwise_conv_2d<Int8>),
    weighted_kernel<UInt8, UInt8>("depthwise_conv_2d", answer_depthwise_conv_2d<UInt8>),
    weighted_kernel<Int16, Int8>("depthwise_conv_2d", answer_depthwise_conv_2d<Int16>),
    weighted_kernel<Float32, Float32>("depthwise_conv_2d", answer_depthwise_conv_2d<Float32>),
    weighted_kernel<Int8, Int4>("depthwise_conv_2d", answer_depthwise_conv_2d_int4, true)};
constexpr Kernel kFullyConnected[] = {
    weighted_kernel<Int8, Int8>("fully_connected", answer_fully_connected<Int8>),
    weighted_kernel<UInt8, UInt8>("fully_connected", answer_fully_connected<UInt8>),
    weighted_kernel<Int16, Int8>("fully_connected", answer_fully_connected<Int16>),
    weighted_kernel<Float32, Float32>("fully_connected", answer_fully_connected<Float32>),
    weighted_kernel<Int8, Int4>("fully_connected", answer_fully_connected_int4, true)};

constexpr Kernel kTransposeConv[] = {
    weighted_kernel<Int8, Int8>("transpose_conv", answer_transpose_conv_s8),
    weighted_kernel<Int16, Int8>("transpose_conv", answer_transpose_conv_s16),
    weighted_kernel<Float32, Float32>("transpose_conv", answer_transpose_conv_f32)};

// Of every element that operator output 0 has.
template <std::size_t channel_axis>
std::int64_t output_macs(const Graph& graph, const Operator& op) {
  return filter_macs(graph, op, tensor_at(graph, op.outputs, 0), channel_axis);
}

constexpr std::string_view kInt16ZeroPoints =
    "int16 has the zero point 0, which it assumes without asking";

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kConv2D,
     .signature = Signature{.min_inputs = 2,
                            .max_inputs = 3,
                            .first_optional = 2,
                            .data_rank = 4,
                            .weights_rank = 4},
     .options = &kConv2DOptions,
     .weights_input = 1,
     .macs = output_macs<0>,
     .layer_class = LayerClass::kDense,
     .prepare = prepare_conv_2d,
     .kernels = kConv2D,
     .note = kInt16ZeroPoints,
     .lite_note = "int16: a bias of int32 gives other numbers"},
    {.kind = OpKind::kDepthwiseConv2D,
     .signature = Signature{.min_inputs = 2,
                            .max_inputs = 3,
                            .first_optional = 2,
                            .data_rank = 4,
                            .weights_rank = 4},
     .options = &kDepthwiseConv2DOptions,
     .weights_input = 1,
     .macs = output_macs<3>,
     .layer_class = LayerClass::kDepthwise,
     .prepare = prepare_depthwise_conv_2d,
     .kernels = kDepthwiseConv2D,
     .note =
         "int16 has the zero point 0, which it assumes without asking; a bias of int32 beside it "
         "is refused, which it reads as int64"},
    {.kind = OpKind::kFullyConnected,
     .signature =
         Signature{.min_inputs = 2, .max_inputs = 3, .first_optional = 2, .weights_rank = 2},
     .options = &kFullyConnectedOptions,
     .weights_input = 1,
     .macs = [](const Graph& graph, const Operator& op) { return matrix_macs(graph, op, true); },
     .layer_class = LayerClass::kVector,
     .prepare = prepare_fully_connected,
     .kernels = kFullyConnected,
     .lite_note =
         "int16: a bias of int32 gives other numbers; with weights per channel some answers "
         "are 1 apart"},
    // Input 0 is the output's shape; each element of input 2 is spread.
    {.kind = OpKind::kTransposeConv,
     .signature =
         Signature{.min_inputs = 3, .max_inputs = 4, .first_optional = 3, .weights_rank = 4},
     .options = &kTransposeConvOptions,
     .data_input = 2,
     .weights_input = 1,
     .macs =
         [](const Graph& graph, const Operator& op) {
           return filter_macs(graph, op, tensor_at(graph, op.inputs, 2), 3);
         },
     .layer_class = LayerClass::kDense,
     .prepare = prepare_transpose_conv,
     .kernels = kTransposeConv,
     .note =
         "int16 has the zero point 0, which it assumes without asking; a bias of int32 beside it "
         "is refused, which it reads as int64"},
    // The filter is [depth][height][width][input channel][output channel].
    {.kind = OpKind::kConv3D, .macs = output_macs<4>, .layer_class = LayerClass::kDense},
};

}  // namespace

std::span<const OperatorRecord> convolution_operators() { return kRecords; }

}  // namespace boardless::workloads
