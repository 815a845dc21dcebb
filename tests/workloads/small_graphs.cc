// Builds the small graphs, tensor by tensor.
#include "tests/workloads/small_graphs.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace boardless::workloads::testing {
namespace {

using Shape = std::vector<std::int32_t>;

class GraphMaker {
 public:
  GraphMaker(std::string name, DataType type) : type_(type) { graph_.name = std::move(name); }

  int activation(Shape shape, float scale, std::int64_t zero_point) {
    return add({next_name("activation"), type_, std::move(shape), {{scale}, {zero_point}, 0}, {}});
  }

  int float_activation(Shape shape) {
    return add({next_name("float"), DataType::kFloat32, std::move(shape), {}, {}});
  }

  // Bytes in a fixed pattern; `channels` scales along `axis`, or one when it is 0.
  int weights(Shape shape, int channels, int axis, std::int64_t zero_point = 0) {
    Tensor tensor{next_name("weights"), type_, std::move(shape), {}, {}};
    tensor.quantization.axis = axis;
    for (int i = 0; i < std::max(channels, 1); ++i) {
      tensor.quantization.scale.push_back(0.02F + 0.001F * static_cast<float>(i));
      tensor.quantization.zero_point.push_back(zero_point);
    }
    for (std::int64_t i = 0; i < tensor.elements(); ++i) {
      tensor.data.push_back(static_cast<std::uint8_t>(i * 37 + 11));
    }
    return add(std::move(tensor));
  }

  // The bias of a layer whose input has `input_scale`: its scales are input times weight scales.
  int bias(int weights_index, float input_scale, int count) {
    Tensor tensor{next_name("bias"), DataType::kInt32, {count}, {}, {}};
    for (const float scale : tensor_at(weights_index).quantization.scale) {
      tensor.quantization.scale.push_back(scale * input_scale);
      tensor.quantization.zero_point.push_back(0);
    }
    for (int i = 0; i < count; ++i) push_int32(tensor.data, 50 * i - 100);
    return add(std::move(tensor));
  }

  int int32_constant(Shape shape, const std::vector<std::int32_t>& values) {
    Tensor tensor{next_name("constant"), DataType::kInt32, std::move(shape), {}, {}};
    for (const std::int32_t value : values) push_int32(tensor.data, value);
    return add(std::move(tensor));
  }

  int run(OpKind kind, std::vector<int> inputs, int output,
          Attributes attributes = NoAttributes{}) {
    graph_.operators.push_back({kind, {}, std::move(inputs), {output}, attributes});
    return output;
  }

  Graph finish(std::vector<int> inputs, std::vector<int> outputs) {
    graph_.inputs = std::move(inputs);
    graph_.outputs = std::move(outputs);
    return std::move(graph_);
  }

 private:
  static void push_int32(std::vector<std::uint8_t>& bytes, std::int32_t value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (unsigned shift = 0; shift < 32; shift += 8) {
      bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
    }
  }
  int add(Tensor tensor) {
    graph_.tensors.push_back(std::move(tensor));
    return static_cast<int>(graph_.tensors.size()) - 1;
  }
  const Tensor& tensor_at(int index) const {
    return graph_.tensors[static_cast<std::size_t>(index)];
  }
  std::string next_name(const char* what) const {
    return std::string(what) + "_" + std::to_string(graph_.tensors.size());
  }

  Graph graph_;
  DataType type_;
};

}  // namespace

Graph every_operator_graph() {
  GraphMaker maker("every_operator", DataType::kInt8);
  const int input = maker.activation({1, 6, 5, 2}, 0.5F, -3);

  const int paddings = maker.int32_constant({4, 2}, {0, 0, 1, 0, 0, 1, 0, 0});
  const int padded =
      maker.run(OpKind::kPad, {input, paddings}, maker.activation({1, 7, 6, 2}, 0.5F, -3));

  ConvAttributes conv;
  conv.padding = Padding::kSame;
  conv.stride_h = 2;
  conv.activation = Activation::kRelu;
  const int filter = maker.weights({4, 3, 3, 2}, 4, 0);
  const int conv_bias = maker.bias(filter, 0.5F, 4);
  const int features = maker.run(OpKind::kConv2D, {padded, filter, conv_bias},
                                 maker.activation({1, 4, 6, 4}, 0.6F, -128), conv);

  ConvAttributes depthwise;
  depthwise.padding = Padding::kValid;
  depthwise.depth_multiplier = 2;
  depthwise.dilation_h = 2;
  depthwise.dilation_w = 2;
  const int depthwise_filter = maker.weights({1, 2, 2, 8}, 8, 3);
  const int depthwise_bias = maker.bias(depthwise_filter, 0.6F, 8);
  const int deeper =
      maker.run(OpKind::kDepthwiseConv2D, {features, depthwise_filter, depthwise_bias},
                maker.activation({1, 2, 4, 8}, 0.7F, 5), depthwise);

  const int rectified = maker.run(OpKind::kRelu, {deeper}, maker.activation({1, 2, 4, 8}, 0.7F, 5));
  const int clipped =
      maker.run(OpKind::kRelu6, {deeper}, maker.activation({1, 2, 4, 8}, 0.0235F, -128));
  const int sum =
      maker.run(OpKind::kAdd, {rectified, clipped}, maker.activation({1, 2, 4, 8}, 0.8F, 1),
                ArithmeticAttributes{Activation::kRelu6});
  const int product = maker.run(OpKind::kMul, {sum, clipped},
                                maker.activation({1, 2, 4, 8}, 0.9F, 2), ArithmeticAttributes{});

  PoolAttributes pool;
  pool.padding = Padding::kSame;
  pool.filter_h = 2;
  pool.filter_w = 3;
  pool.stride_w = 2;
  const int largest =
      maker.run(OpKind::kMaxPool2D, {product}, maker.activation({1, 2, 2, 8}, 0.9F, 2), pool);
  pool.padding = Padding::kValid;
  pool.filter_w = 1;
  pool.stride_w = 1;
  const int average =
      maker.run(OpKind::kAveragePool2D, {largest}, maker.activation({1, 1, 2, 8}, 0.9F, 2), pool);

  const int axes = maker.int32_constant({2}, {1, 2});
  const int mean = maker.run(OpKind::kMean, {average, axes},
                             maker.activation({1, 1, 1, 8}, 0.9F, 2), ReduceAttributes{true});
  const int target_shape = maker.int32_constant({2}, {1, 8});
  const int flat =
      maker.run(OpKind::kReshape, {mean, target_shape}, maker.activation({1, 8}, 0.9F, 2));

  const int dense = maker.weights({6, 8}, 0, 0);
  const int dense_bias = maker.bias(dense, 0.9F, 6);
  const int hidden = maker.run(OpKind::kFullyConnected, {flat, dense, dense_bias},
                               maker.activation({1, 6}, 0.4F, 0),
                               FullyConnectedAttributes{Activation::kRelu, false});
  const int last = maker.weights({3, 6}, 0, 0);
  const int logits =
      maker.run(OpKind::kFullyConnected, {hidden, last, -1}, maker.activation({1, 3}, 0.1F, 7),
                FullyConnectedAttributes{Activation::kNone, true});
  const int rescaled = maker.run(OpKind::kQuantize, {logits}, maker.activation({1, 3}, 0.2F, -20));
  const int probabilities =
      maker.run(OpKind::kSoftmax, {rescaled}, maker.activation({1, 3}, 0.00390625F, -128),
                SoftmaxAttributes{1.0F});
  const int real = maker.run(OpKind::kDequantize, {probabilities}, maker.float_activation({1, 3}));
  return maker.finish({input}, {probabilities, real});
}

Graph quantize_dequantize_graph() {
  GraphMaker maker("quantize_dequantize", DataType::kInt8);
  const int input = maker.float_activation({2, 4});
  const int quantized = maker.run(OpKind::kQuantize, {input}, maker.activation({2, 4}, 0.05F, 3));
  const int dense = maker.weights({5, 4}, 0, 0);
  const int bias = maker.bias(dense, 0.05F, 5);
  const int hidden = maker.run(OpKind::kFullyConnected, {quantized, dense, bias},
                               maker.activation({2, 5}, 0.07F, -128),
                               FullyConnectedAttributes{Activation::kRelu, false});
  const int real = maker.run(OpKind::kDequantize, {hidden}, maker.float_activation({2, 5}));
  return maker.finish({input}, {real});
}

Graph uint8_graph() {
  GraphMaker maker("uint8", DataType::kUInt8);
  const int input = maker.activation({1, 5, 5, 3}, 0.0078125F, 128);
  const int filter = maker.weights({4, 2, 2, 3}, 0, 0, 119);
  const int bias = maker.bias(filter, 0.0078125F, 4);
  const int features =
      maker.run(OpKind::kConv2D, {input, filter, bias}, maker.activation({1, 5, 5, 4}, 0.0235F, 0),
                ConvAttributes{.activation = Activation::kRelu6});
  const int average =
      maker.run(OpKind::kAveragePool2D, {features}, maker.activation({1, 1, 1, 4}, 0.0235F, 0),
                PoolAttributes{.filter_h = 5, .filter_w = 5});
  return maker.finish({input}, {average});
}

}  // namespace boardless::workloads::testing
