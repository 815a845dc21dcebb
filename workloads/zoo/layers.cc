// Shapes and attributes of the zoo's layers.
#include "workloads/zoo/layers.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>

#include "workloads/operators/window_padding.h"
#include "workloads/zoo/layer.h"

namespace boardless::workloads {
namespace {

Pair window_output(ZooLayer& layer, Pair kernel, Pair stride, Padding padding) {
  Pair result{};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::int32_t extent = layer.shape()[i + 1];
    result[i] = window_positions(extent, kernel[i], stride[i], padding);
    if (result[i] < 1) {
      layer.fail(
          fmt::format("a kernel of {} does not fit into {} without padding", kernel[i], extent));
    }
  }
  return result;
}

ZooOutputs convolution(ZooLayer& layer, bool depthwise) {
  layer.require_rank(4, "");
  layer.require_type(DataType::kInt8, "; put `quantize` before it");
  const std::int32_t multiplier = depthwise ? layer.count("multiplier", 1) : 1;
  const std::int32_t filters =
      depthwise ? layer.channels() * multiplier : layer.count(layer.args.required("filters"));
  const Pair kernel = layer.pair(layer.args.required("kernel"));
  const Pair stride = layer.pair("stride", {1, 1});
  ConvAttributes attributes;
  attributes.padding = layer.padding(Padding::kSame);
  attributes.stride_h = stride[0];
  attributes.stride_w = stride[1];
  const Pair dilation = layer.pair("dilation", {1, 1});
  attributes.dilation_h = dilation[0];
  attributes.dilation_w = dilation[1];
  attributes.depth_multiplier = multiplier;
  attributes.activation = layer.activation();
  const Pair reach{(kernel[0] - 1) * dilation[0] + 1, (kernel[1] - 1) * dilation[1] + 1};
  const Pair extent = window_output(layer, reach, stride, attributes.padding);
  std::vector<std::int32_t> weight_shape =
      depthwise ? std::vector{1, kernel[0], kernel[1], filters}
                : std::vector{filters, kernel[0], kernel[1], layer.channels()};
  const int weights = layer.append_weights("/weights", DataType::kInt8, std::move(weight_shape));
  const int bias = layer.append_weights("/bias", DataType::kInt32, {filters});
  return {layer.append_operator(depthwise ? OpKind::kDepthwiseConv2D : OpKind::kConv2D,
                                {layer.input, weights, bias},
                                {layer.shape()[0], extent[0], extent[1], filters}, attributes)};
}

// On the last dimension; the others are kept.
ZooOutputs fully_connected(ZooLayer& layer) {
  if (layer.shape().size() == 4) layer.require_rank(2, "; put `flatten` before it");
  layer.require_type(DataType::kInt8, "; put `quantize` before it");
  const std::int32_t units = layer.count(layer.args.required("units"));
  std::vector<std::int32_t> shape = layer.shape();
  shape.back() = units;
  const FullyConnectedAttributes attributes{layer.activation(), shape.size() > 2};
  const bool has_bias = layer.choice("bias", {"true", "false"}) == 0;
  const int weights = layer.append_weights("/weights", DataType::kInt8, {units, layer.channels()});
  const int bias = has_bias ? layer.append_weights("/bias", DataType::kInt32, {units}) : -1;
  return {layer.append_operator(OpKind::kFullyConnected, {layer.input, weights, bias},
                                std::move(shape), attributes)};
}

ZooOutputs append_pool(ZooLayer& layer, OpKind op, Pair kernel, Pair stride, Padding padding,
                       Activation activation) {
  layer.require_type(DataType::kInt8, "");
  const Pair extent = window_output(layer, kernel, stride, padding);
  const PoolAttributes attributes{padding, stride[0], stride[1], kernel[0], kernel[1], activation};
  return {layer.append_operator(
      op, {layer.input}, {layer.shape()[0], extent[0], extent[1], layer.channels()}, attributes)};
}

ZooOutputs pool(ZooLayer& layer, OpKind op) {
  layer.require_rank(4, "");
  const Pair kernel = layer.pair(layer.args.required("kernel"));
  const Pair stride = layer.pair("stride", kernel);
  const Padding padding = layer.padding(Padding::kValid);
  return append_pool(layer, op, kernel, stride, padding, layer.activation());
}

ZooOutputs global_average_pool(ZooLayer& layer) {
  layer.require_rank(4, "");
  const Pair window{layer.shape()[1], layer.shape()[2]};
  return append_pool(layer, OpKind::kAveragePool2D, window, layer.pair("stride", window),
                     Padding::kValid, Activation::kNone);
}

// An operator on each element alone.
ZooOutputs elementwise(ZooLayer& layer, OpKind op, DataType from = DataType::kInt8,
                       DataType to = DataType::kInt8) {
  layer.require_type(from, "");
  return {layer.append_operator(op, {layer.input}, layer.shape(), NoAttributes{}, to)};
}

// A function that TFLite has on fixed scales.
ZooOutputs squashing(ZooLayer& layer, OpKind op, void (ZooLayer::*quantise)(int) const) {
  const ZooOutputs outputs = elementwise(layer, op);
  (layer.*quantise)(outputs[0]);
  return outputs;
}

ZooOutputs softmax(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const int shares =
      layer.append_operator(OpKind::kSoftmax, {layer.input}, layer.shape(), SoftmaxAttributes{});
  layer.quantise_as_share(shares);
  return {shares};
}

ZooOutputs leaky_relu(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const double slope = layer.number("slope", -1e6, 1e6);
  return {layer.append_operator(OpKind::kLeakyRelu, {layer.input}, layer.shape(),
                                LeakyReluAttributes{static_cast<float>(slope)})};
}

// A tensor that training has learned, such as the positions of a transformer.
ZooOutputs parameter(ZooLayer& layer) {
  return {layer.append_weights("", DataType::kInt8, layer.extents("shape"))};
}

const std::map<std::string, ZooOutputs (*)(ZooLayer&)>& layer_functions() {
  static const std::map<std::string, ZooOutputs (*)(ZooLayer&)> kFunctions{
      {"conv", [](ZooLayer& l) { return convolution(l, false); }},
      {"depthwise_conv", [](ZooLayer& l) { return convolution(l, true); }},
      {"fully_connected", fully_connected},
      {"average_pool", [](ZooLayer& l) { return pool(l, OpKind::kAveragePool2D); }},
      {"max_pool", [](ZooLayer& l) { return pool(l, OpKind::kMaxPool2D); }},
      {"global_average_pool", global_average_pool},
      {"add", [](ZooLayer& l) { return zoo_arithmetic(l, OpKind::kAdd); }},
      {"sub", [](ZooLayer& l) { return zoo_arithmetic(l, OpKind::kSub); }},
      {"mul", [](ZooLayer& l) { return zoo_arithmetic(l, OpKind::kMul); }},
      {"squared_difference",
       [](ZooLayer& l) { return zoo_arithmetic(l, OpKind::kSquaredDifference); }},
      {"scale", zoo_scale},
      {"one_minus", zoo_one_minus},
      {"batch_matmul", zoo_batch_matmul},
      {"batch_norm", zoo_batch_norm},
      {"mean", zoo_mean},
      {"parameter", parameter},
      {"lstm", zoo_lstm},
      {"svdf", zoo_svdf},
      {"state", zoo_state},
      {"assign", zoo_assign},
      {"pad", zoo_pad},
      {"reshape", zoo_reshape},
      {"flatten", zoo_flatten},
      {"concat", zoo_concat},
      {"split", zoo_split},
      {"transpose", zoo_transpose},
      {"slice", zoo_slice},
      {"resize_bilinear", zoo_resize_bilinear},
      {"resize_nearest", zoo_resize_nearest},
      {"arg_max", zoo_arg_max},
      {"detection_postprocess", zoo_detection_postprocess},
      {"logistic",
       [](ZooLayer& l) { return squashing(l, OpKind::kLogistic, &ZooLayer::quantise_as_share); }},
      {"tanh",
       [](ZooLayer& l) { return squashing(l, OpKind::kTanh, &ZooLayer::quantise_as_sine); }},
      {"rsqrt", [](ZooLayer& l) { return elementwise(l, OpKind::kRsqrt); }},
      {"leaky_relu", leaky_relu},
      {"softmax", softmax},
      {"relu", [](ZooLayer& l) { return elementwise(l, OpKind::kRelu); }},
      {"relu6", [](ZooLayer& l) { return elementwise(l, OpKind::kRelu6); }},
      {"quantize",
       [](ZooLayer& l) {
         return elementwise(l, OpKind::kQuantize, DataType::kFloat32, DataType::kInt8);
       }},
      {"requantize", [](ZooLayer& l) { return elementwise(l, OpKind::kQuantize); }},
      {"dequantize",
       [](ZooLayer& l) {
         return elementwise(l, OpKind::kDequantize, DataType::kInt8, DataType::kFloat32);
       }},
  };
  return kFunctions;
}

}  // namespace

std::vector<std::string> zoo_layer_kinds() {
  std::vector<std::string> kinds;
  for (const auto& [kind, function] : layer_functions()) kinds.push_back(kind);
  return kinds;
}

std::vector<int> append_zoo_layer(const std::string& kind, ZooMap& args, const ZooScope& scope,
                                  int input, Graph& graph) {
  ZooLayer layer{args, scope, graph, input, kind};
  return layer_functions().at(kind)(layer);
}

}  // namespace boardless::workloads
