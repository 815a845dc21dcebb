// One layer of a zoo file while it is being appended: its keys, its input, and the readers and
// writers that layer kinds share.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "workloads/graph/graph.h"
#include "workloads/zoo/expression.h"
#include "workloads/zoo/yaml.h"

namespace boardless::workloads {

using Pair = std::array<std::int32_t, 2>;  // height, width

// Everything one layer's function needs, and the readers of the keys that layers share.
struct ZooLayer {
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

  // A number that need not be whole.
  double number(const std::string& key, double least, double most) {
    const double value = evaluate_number(args.required(key), scope, channels());
    if (!(value >= least && value <= most)) {
      fail(fmt::format("'{}': expected a number from {} to {}", key, least, most));
    }
    return value;
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
  // The tensors that `inputs` names.
  std::vector<int> named_inputs(std::size_t fewest, std::size_t most) {
    const YAML::Node names = args.required("inputs");
    if (!names.IsSequence() || names.size() < fewest || names.size() > most) {
      fail(fewest == most
               ? fmt::format("'inputs': expected {} layer names", fewest)
               : fmt::format("'inputs': expected a list of at least {} layer names", fewest));
    }
    std::vector<int> inputs;
    for (const YAML::Node& name : names) inputs.push_back(named_tensor(name, scope, input));
    return inputs;
  }
  const Tensor& tensor(int index) const { return graph.tensors[static_cast<std::size_t>(index)]; }

  // The extents under `key`, behind the batch.
  std::vector<std::int32_t> extents(const std::string& key) {
    const YAML::Node dims = args.required(key);
    if (!dims.IsSequence() || dims.size() == 0) {
      fail(fmt::format("'{}': expected a list of numbers", key));
    }
    std::vector<std::int32_t> shape{1};
    for (const YAML::Node& dim : dims) shape.push_back(count(dim));
    return shape;
  }
  // A dimension of the input.
  std::size_t dimension(const YAML::Node& node) const {
    const auto axis = static_cast<std::size_t>(count(node, 0));
    if (axis >= shape().size()) fail(fmt::format("there is no dimension {}", axis));
    return axis;
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
  // A constant that calibration fills in.
  int append_weights(const std::string& suffix, DataType type, std::vector<std::int32_t> dims) {
    const int index = append_tensor(suffix, type, std::move(dims));
    graph.tensors[static_cast<std::size_t>(index)].shape_only = true;
    return index;
  }
  int append_int32s(const std::string& suffix, std::vector<std::int32_t> dims,
                    const std::vector<std::int32_t>& values) {
    const int index = append_tensor(suffix, DataType::kInt32, std::move(dims));
    std::vector<std::uint8_t>& data = graph.tensors[static_cast<std::size_t>(index)].data;
    data.resize(4 * values.size());
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

  // Beforehand, where the format or the file says how a tensor is quantised; calibration does the
  // others.
  void quantise(int index, float scale, std::int64_t zero_point) const {
    graph.tensors[static_cast<std::size_t>(index)].quantization = {{scale}, {zero_point}, 0};
  }
  // As the format has what lies from 0 to 1, and from -1 to 1.
  void quantise_as_share(int index) const { quantise(index, 1.0F / 256, -128); }
  void quantise_as_sine(int index) const { quantise(index, 1.0F / 128, 0); }

  // A tensor that keeps its value from one invocation to the next.
  int append_variable(const std::string& suffix, DataType type, std::vector<std::int32_t> dims) {
    const int index = append_tensor(suffix, type, std::move(dims));
    graph.tensors[static_cast<std::size_t>(index)].is_variable = true;
    return index;
  }
  // A constant number, which int8 holds by its scale.
  int append_number(const std::string& suffix, double value) {
    constexpr std::uint8_t kLargest = 127;
    const int index = append_tensor(suffix, DataType::kInt8, {});
    graph.tensors[static_cast<std::size_t>(index)].data = {kLargest};
    quantise(index, static_cast<float>(value / kLargest), 0);
    return index;
  }
};

// What a layer leaves behind; the last one is what the next layer takes.
using ZooOutputs = std::vector<int>;

// layers_layout.cc: layers that move values without changing them.
ZooOutputs zoo_pad(ZooLayer& layer);
ZooOutputs zoo_reshape(ZooLayer& layer);
ZooOutputs zoo_flatten(ZooLayer& layer);
ZooOutputs zoo_concat(ZooLayer& layer);
ZooOutputs zoo_split(ZooLayer& layer);
ZooOutputs zoo_resize_bilinear(ZooLayer& layer);
ZooOutputs zoo_resize_nearest(ZooLayer& layer);

ZooOutputs zoo_transpose(ZooLayer& layer);
ZooOutputs zoo_slice(ZooLayer& layer);

// layers_product.cc: what multiplies, adds and averages without weights.
ZooOutputs zoo_arithmetic(ZooLayer& layer, OpKind op);
ZooOutputs zoo_batch_norm(ZooLayer& layer);
ZooOutputs zoo_mean(ZooLayer& layer);
ZooOutputs zoo_scale(ZooLayer& layer);
ZooOutputs zoo_one_minus(ZooLayer& layer);
ZooOutputs zoo_batch_matmul(ZooLayer& layer);

// layers_recurrent.cc: layers that keep something from one invocation to the next.
ZooOutputs zoo_lstm(ZooLayer& layer);
ZooOutputs zoo_svdf(ZooLayer& layer);
ZooOutputs zoo_state(ZooLayer& layer);
ZooOutputs zoo_assign(ZooLayer& layer);

// layers_result.cc: what follows a detection or segmentation network.
ZooOutputs zoo_arg_max(ZooLayer& layer);
ZooOutputs zoo_detection_postprocess(ZooLayer& layer);

}  // namespace boardless::workloads
