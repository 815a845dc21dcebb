// Shapes and attributes of the zoo's layers.
#include "workloads/zoo_layers.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <utility>

#include "workloads/zoo_window.h"

namespace boardless::workloads {
namespace {

using Pair = std::array<std::int32_t, 2>;

// Everything one layer's function needs, and the readers of the keys that layers share.
struct Layer {
  ZooMap& args;
  const ZooScope& scope;
  Graph& graph;
  int input;
  std::string kind;

  const Tensor& tensor() const { return graph.tensors[static_cast<std::size_t>(input)]; }
  const std::vector<std::int32_t>& shape() const { return tensor().shape; }
  std::int32_t channels() const { return shape().back(); }

  std::int32_t count(const YAML::Node& node, std::int32_t minimum = 1) const {
    return evaluate_count(node, scope, channels(), minimum);
  }
  std::int32_t count(const std::string& key, std::int32_t fallback) {
    const YAML::Node node = args.optional(key);
    return node.IsDefined() ? count(node) : fallback;
  }

  Pair pair(const YAML::Node& node, std::int32_t minimum = 1) const {
    if (!node.IsSequence()) return {count(node, minimum), count(node, minimum)};
    if (node.size() != 2) fail_at(scope.file, node, "expected a number or two");
    return {count(node[0], minimum), count(node[1], minimum)};
  }
  Pair pair(const std::string& key, Pair fallback) {
    const YAML::Node node = args.optional(key);
    return node.IsDefined() ? pair(node) : fallback;
  }

  // Index of the word under `key` among `words`; the first when the key is absent.
  std::size_t choice(const std::string& key, const std::vector<std::string>& words) {
    const std::string word = args.text(key, words[0]);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == word) return i;
    }
    fail_at(scope.file, args.required(key),
            fmt::format("{}: '{}' is no {}{}", kind, word, key, suggestion(word, words)));
  }
  Padding padding(Padding fallback) {
    const bool same_first = fallback == Padding::kSame;
    const std::size_t index =
        same_first ? choice("padding", {"same", "valid"}) : choice("padding", {"valid", "same"});
    return (index == 0) == same_first ? Padding::kSame : Padding::kValid;
  }
  Activation activation() {
    static constexpr std::array kActivations{Activation::kNone, Activation::kRelu,
                                             Activation::kRelu6};
    return kActivations[choice("activation", {"none", "relu", "relu6"})];
  }

  [[noreturn]] void fail(const std::string& message) const {
    args.fail(fmt::format("{}: {}", kind, message));
  }
  void require_rank(std::size_t rank, const char* hint) const {
    if (shape().size() != rank) {
      fail(fmt::format("the input has shape [{}], expected {} dimensions{}",
                       fmt::join(shape(), ", "), rank, hint));
    }
  }
  void require_type(DataType type, const char* hint) const {
    if (tensor().type != type) {
      fail(fmt::format("the input is {}, expected {}{}", data_type_name(tensor().type),
                       data_type_name(type), hint));
    }
  }

  int append_tensor(const std::string& suffix, DataType type, std::vector<std::int32_t> dims) {
    constexpr double kMostElements = 1 << 28;
    double elements = 1;
    for (const std::int32_t dim : dims) elements *= dim;
    if (elements > kMostElements) fail(fmt::format("[{}] is too large", fmt::join(dims, ", ")));
    Tensor added;
    added.name = fmt::format("{}_{}{}", kind, graph.operators.size(), suffix);
    added.type = type;
    added.shape = std::move(dims);
    graph.tensors.push_back(std::move(added));
    return static_cast<int>(graph.tensors.size()) - 1;
  }
  int append_constant(const std::string& suffix, DataType type, std::vector<std::int32_t> dims) {
    const int index = append_tensor(suffix, type, std::move(dims));
    Tensor& added = graph.tensors[static_cast<std::size_t>(index)];
    added.data.resize(static_cast<std::size_t>(added.bytes()));
    return index;
  }
  int append_int32s(const std::string& suffix, std::vector<std::int32_t> dims,
                    const std::vector<std::int32_t>& values) {
    const int index = append_constant(suffix, DataType::kInt32, std::move(dims));
    std::vector<std::uint8_t>& data = graph.tensors[static_cast<std::size_t>(index)].data;
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t byte = 0; byte < 4; ++byte) {
        data[4 * i + byte] =
            static_cast<std::uint8_t>(static_cast<std::uint32_t>(values[i]) >> (8 * byte));
      }
    }
    return index;
  }
  int append_operator(OpKind op, std::vector<int> inputs, std::vector<std::int32_t> dims,
                      Attributes attributes, DataType type = DataType::kInt8) {
    const int output = append_tensor("", type, std::move(dims));
    graph.operators.push_back({op, "", std::move(inputs), {output}, std::move(attributes)});
    return output;
  }
};

Pair window_output(Layer& layer, Pair kernel, Pair stride, Padding padding) {
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

int convolution(Layer& layer, bool depthwise) {
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
  attributes.depth_multiplier = multiplier;
  attributes.activation = layer.activation();
  const Pair extent = window_output(layer, kernel, stride, attributes.padding);
  std::vector<std::int32_t> weight_shape =
      depthwise ? std::vector{1, kernel[0], kernel[1], filters}
                : std::vector{filters, kernel[0], kernel[1], layer.channels()};
  const int weights = layer.append_constant("/weights", DataType::kInt8, std::move(weight_shape));
  const int bias = layer.append_constant("/bias", DataType::kInt32, {filters});
  return layer.append_operator(depthwise ? OpKind::kDepthwiseConv2D : OpKind::kConv2D,
                               {layer.input, weights, bias},
                               {layer.shape()[0], extent[0], extent[1], filters}, attributes);
}

int fully_connected(Layer& layer) {
  layer.require_rank(2, "; put `flatten` before it");
  layer.require_type(DataType::kInt8, "; put `quantize` before it");
  const std::int32_t units = layer.count(layer.args.required("units"));
  const FullyConnectedAttributes attributes{layer.activation(), false};
  const int weights = layer.append_constant("/weights", DataType::kInt8, {units, layer.channels()});
  const int bias = layer.append_constant("/bias", DataType::kInt32, {units});
  return layer.append_operator(OpKind::kFullyConnected, {layer.input, weights, bias},
                               {layer.shape()[0], units}, attributes);
}

int append_pool(Layer& layer, OpKind op, Pair kernel, Pair stride, Padding padding,
                Activation activation) {
  layer.require_type(DataType::kInt8, "");
  const Pair extent = window_output(layer, kernel, stride, padding);
  const PoolAttributes attributes{padding, stride[0], stride[1], kernel[0], kernel[1], activation};
  return layer.append_operator(
      op, {layer.input}, {layer.shape()[0], extent[0], extent[1], layer.channels()}, attributes);
}

int pool(Layer& layer, OpKind op) {
  layer.require_rank(4, "");
  const Pair kernel = layer.pair(layer.args.required("kernel"));
  const Pair stride = layer.pair("stride", kernel);
  const Padding padding = layer.padding(Padding::kValid);
  return append_pool(layer, op, kernel, stride, padding, layer.activation());
}

int global_average_pool(Layer& layer) {
  layer.require_rank(4, "");
  const Pair window{layer.shape()[1], layer.shape()[2]};
  return append_pool(layer, OpKind::kAveragePool2D, window, layer.pair("stride", window),
                     Padding::kValid, Activation::kNone);
}

int arithmetic(Layer& layer, OpKind op) {
  layer.require_type(DataType::kInt8, "; put `quantize` before it");
  const YAML::Node names = layer.args.required("inputs");
  if (!names.IsSequence() || names.size() != 2) layer.fail("'inputs': expected two layer names");
  std::vector<int> inputs;
  for (const YAML::Node& name : names) {
    std::vector<std::string> known{"previous"};
    for (const auto& [word, index] : layer.scope.tensors) known.push_back(word);
    if (name.IsScalar() && name.Scalar() == "previous") {
      inputs.push_back(layer.input);
    } else if (name.IsScalar() && layer.scope.tensors.contains(name.Scalar())) {
      inputs.push_back(layer.scope.tensors.at(name.Scalar()));
    } else {
      const std::string word = name.IsScalar() ? name.Scalar() : "";
      fail_at(layer.scope.file, name,
              fmt::format("no layer is called '{}'{}", word, suggestion(word, known)));
    }
  }
  const ArithmeticAttributes attributes{layer.activation()};
  const bool only_same_shape = layer.choice("when", {"always", "same_shape"}) == 1;
  const Tensor& first = layer.graph.tensors[static_cast<std::size_t>(inputs[0])];
  const Tensor& second = layer.graph.tensors[static_cast<std::size_t>(inputs[1])];
  if (first.shape != second.shape || first.type != second.type) {
    if (only_same_shape) return layer.input;
    layer.fail(fmt::format("shapes [{}] and [{}] differ", fmt::join(first.shape, ", "),
                           fmt::join(second.shape, ", ")));
  }
  return layer.append_operator(op, inputs, first.shape, attributes);
}

int mean(Layer& layer) {
  layer.require_rank(4, "");
  layer.require_type(DataType::kInt8, "");
  const int axes = layer.append_int32s("/axes", {2}, {1, 2});
  return layer.append_operator(OpKind::kMean, {layer.input, axes},
                               {layer.shape()[0], layer.channels()}, ReduceAttributes{});
}

int pad(Layer& layer) {
  layer.require_rank(4, "");
  layer.require_type(DataType::kInt8, "");
  const auto amounts = [&](const std::string& key) {
    const YAML::Node node = layer.args.optional(key);
    return node.IsDefined() ? layer.pair(node, 0) : Pair{0, 0};
  };
  const Pair height = amounts("height");
  const Pair width = amounts("width");
  const int table = layer.append_int32s("/paddings", {4, 2},
                                        {0, 0, height[0], height[1], width[0], width[1], 0, 0});
  std::vector<std::int32_t> shape = layer.shape();
  shape[1] += height[0] + height[1];
  shape[2] += width[0] + width[1];
  return layer.append_operator(OpKind::kPad, {layer.input, table}, std::move(shape),
                               NoAttributes{});
}

int append_reshape(Layer& layer, std::vector<std::int32_t> shape) {
  const int target =
      layer.append_int32s("/shape", {static_cast<std::int32_t>(shape.size())}, shape);
  return layer.append_operator(OpKind::kReshape, {layer.input, target}, std::move(shape),
                               NoAttributes{}, layer.tensor().type);
}

int flatten(Layer& layer) {
  const std::int32_t batch = layer.shape()[0];
  return append_reshape(layer,
                        {batch, static_cast<std::int32_t>(layer.tensor().elements() / batch)});
}

int reshape(Layer& layer) {
  const YAML::Node dims = layer.args.required("shape");
  if (!dims.IsSequence() || dims.size() == 0) layer.fail("'shape': expected a list of numbers");
  std::vector<std::int32_t> shape{layer.shape()[0]};
  std::int64_t elements = layer.shape()[0];
  for (const YAML::Node& dim : dims) {
    shape.push_back(layer.count(dim));
    elements *= shape.back();
  }
  if (elements != layer.tensor().elements()) {
    layer.fail(fmt::format("shape [{}] cannot become [{}]", fmt::join(layer.shape(), ", "),
                           fmt::join(shape, ", ")));
  }
  return append_reshape(layer, std::move(shape));
}

// An operator on each element alone.
int elementwise(Layer& layer, OpKind op, DataType from = DataType::kInt8,
                DataType to = DataType::kInt8) {
  layer.require_type(from, "");
  return layer.append_operator(op, {layer.input}, layer.shape(), NoAttributes{}, to);
}

int softmax(Layer& layer) {
  layer.require_type(DataType::kInt8, "");
  return layer.append_operator(OpKind::kSoftmax, {layer.input}, layer.shape(), SoftmaxAttributes{});
}

const std::map<std::string, int (*)(Layer&)>& layer_functions() {
  static const std::map<std::string, int (*)(Layer&)> kFunctions{
      {"conv", [](Layer& l) { return convolution(l, false); }},
      {"depthwise_conv", [](Layer& l) { return convolution(l, true); }},
      {"fully_connected", fully_connected},
      {"average_pool", [](Layer& l) { return pool(l, OpKind::kAveragePool2D); }},
      {"max_pool", [](Layer& l) { return pool(l, OpKind::kMaxPool2D); }},
      {"global_average_pool", global_average_pool},
      {"add", [](Layer& l) { return arithmetic(l, OpKind::kAdd); }},
      {"mul", [](Layer& l) { return arithmetic(l, OpKind::kMul); }},
      {"mean", mean},
      {"pad", pad},
      {"reshape", reshape},
      {"flatten", flatten},
      {"softmax", softmax},
      {"relu", [](Layer& l) { return elementwise(l, OpKind::kRelu); }},
      {"relu6", [](Layer& l) { return elementwise(l, OpKind::kRelu6); }},
      {"quantize",
       [](Layer& l) {
         return elementwise(l, OpKind::kQuantize, DataType::kFloat32, DataType::kInt8);
       }},
      {"dequantize",
       [](Layer& l) {
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

int append_zoo_layer(const std::string& kind, ZooMap& args, const ZooScope& scope, int input,
                     Graph& graph) {
  Layer layer{args, scope, graph, input, kind};
  return layer_functions().at(kind)(layer);
}

}  // namespace boardless::workloads
