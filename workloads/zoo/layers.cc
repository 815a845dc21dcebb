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

ZooOutputs fully_connected(ZooLayer& layer) {
  layer.require_rank(2, "; put `flatten` before it");
  layer.require_type(DataType::kInt8, "; put `quantize` before it");
  const std::int32_t units = layer.count(layer.args.required("units"));
  const FullyConnectedAttributes attributes{layer.activation(), false};
  const int weights = layer.append_weights("/weights", DataType::kInt8, {units, layer.channels()});
  const int bias = layer.append_weights("/bias", DataType::kInt32, {units});
  return {layer.append_operator(OpKind::kFullyConnected, {layer.input, weights, bias},
                                {layer.shape()[0], units}, attributes)};
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

ZooOutputs arithmetic(ZooLayer& layer, OpKind op) {
  layer.require_type(DataType::kInt8, "; put `quantize` before it");
  const std::vector<int> inputs = layer.named_inputs(2, 2);
  const ArithmeticAttributes attributes{layer.activation()};
  const bool only_same_shape = layer.choice("when", {"always", "same_shape"}) == 1;
  const Tensor& first = layer.graph.tensors[static_cast<std::size_t>(inputs[0])];
  const Tensor& second = layer.graph.tensors[static_cast<std::size_t>(inputs[1])];
  if (first.shape != second.shape || first.type != second.type) {
    if (only_same_shape) return {layer.input};
    layer.fail(fmt::format("shapes [{}] and [{}] differ", fmt::join(first.shape, ", "),
                           fmt::join(second.shape, ", ")));
  }
  return {layer.append_operator(op, inputs, first.shape, attributes)};
}

// What convolution cannot fold in: a gain and a bias for each channel, then the activation.
ZooOutputs batch_norm(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const Activation activation = layer.activation();
  const std::vector<std::int32_t> shape = layer.shape();
  const int gain = layer.append_weights("/gain", DataType::kInt8, {layer.channels()});
  const int scaled = layer.append_operator(OpKind::kMul, {layer.input, gain}, shape,
                                           ArithmeticAttributes{Activation::kNone});
  const int bias = layer.append_weights("/bias", DataType::kInt8, {layer.channels()});
  return {
      layer.append_operator(OpKind::kAdd, {scaled, bias}, shape, ArithmeticAttributes{activation})};
}

ZooOutputs mean(ZooLayer& layer) {
  layer.require_rank(4, "");
  layer.require_type(DataType::kInt8, "");
  const int axes = layer.append_int32s("/axes", {2}, {1, 2});
  return {layer.append_operator(OpKind::kMean, {layer.input, axes},
                                {layer.shape()[0], layer.channels()}, ReduceAttributes{})};
}

// An operator on each element alone.
ZooOutputs elementwise(ZooLayer& layer, OpKind op, DataType from = DataType::kInt8,
                       DataType to = DataType::kInt8) {
  layer.require_type(from, "");
  return {layer.append_operator(op, {layer.input}, layer.shape(), NoAttributes{}, to)};
}

ZooOutputs softmax(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  return {
      layer.append_operator(OpKind::kSoftmax, {layer.input}, layer.shape(), SoftmaxAttributes{})};
}

const std::map<std::string, ZooOutputs (*)(ZooLayer&)>& layer_functions() {
  static const std::map<std::string, ZooOutputs (*)(ZooLayer&)> kFunctions{
      {"conv", [](ZooLayer& l) { return convolution(l, false); }},
      {"depthwise_conv", [](ZooLayer& l) { return convolution(l, true); }},
      {"fully_connected", fully_connected},
      {"average_pool", [](ZooLayer& l) { return pool(l, OpKind::kAveragePool2D); }},
      {"max_pool", [](ZooLayer& l) { return pool(l, OpKind::kMaxPool2D); }},
      {"global_average_pool", global_average_pool},
      {"add", [](ZooLayer& l) { return arithmetic(l, OpKind::kAdd); }},
      {"mul", [](ZooLayer& l) { return arithmetic(l, OpKind::kMul); }},
      {"batch_norm", batch_norm},
      {"mean", mean},
      {"pad", zoo_pad},
      {"reshape", zoo_reshape},
      {"flatten", zoo_flatten},
      {"concat", zoo_concat},
      {"split", zoo_split},
      {"resize_bilinear", zoo_resize_bilinear},
      {"resize_nearest", zoo_resize_nearest},
      {"arg_max", zoo_arg_max},
      {"detection_postprocess", zoo_detection_postprocess},
      {"logistic", [](ZooLayer& l) { return elementwise(l, OpKind::kLogistic); }},
      {"softmax", softmax},
      {"relu", [](ZooLayer& l) { return elementwise(l, OpKind::kRelu); }},
      {"relu6", [](ZooLayer& l) { return elementwise(l, OpKind::kRelu6); }},
      {"quantize",
       [](ZooLayer& l) {
         return elementwise(l, OpKind::kQuantize, DataType::kFloat32, DataType::kInt8);
       }},
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
