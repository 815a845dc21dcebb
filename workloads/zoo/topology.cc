// Walks a zoo file's layers and blocks and appends their operators in execution order.
#include "workloads/zoo/topology.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "workloads/zoo/expression.h"
#include "workloads/zoo/layers.h"
#include "workloads/zoo/states.h"

namespace boardless::workloads {
namespace {

struct Block {
  std::map<std::string, YAML::Node> arguments;  // name to default; a null node means required
  YAML::Node layers;
};

class TopologyBuilder {
 public:
  TopologyBuilder(const ZooNetwork& network, const std::map<std::string, double>& parameters)
      : network_(network), parameters_(parameters) {
    graph_.name = network.name;
    read_defaults();
    read_blocks();
  }

  ZooTopology build() {
    ZooTopology topology;
    read_input(topology);
    ZooScope scope{network_.file, parameters_, {{"input", 0}}};
    const int output = append_layers(network_.layers, scope, 0);
    if (graph_.operators.empty()) {
      fail_at(network_.file, network_.layers, "a network needs at least one layer");
    }
    graph_.inputs = {0};
    graph_.outputs = read_outputs(scope, output);
    append_first_states(graph_);
    topology.graph = std::move(graph_);
    return topology;
  }

 private:
  void read_defaults();
  void read_blocks();
  void read_input(ZooTopology& topology);
  // The tensors that `outputs` names; `last` when it is absent.
  std::vector<int> read_outputs(const ZooScope& scope, int last) const;
  // Each appends below `input` and returns the tensor it leaves behind.
  int append_layers(const YAML::Node& layers, ZooScope& scope, int input);
  int append_entry(const YAML::Node& entry, ZooScope& scope, int input);
  int append_block(const std::string& name, ZooMap& args, const ZooScope& scope, int input);
  int append_branches(const YAML::Node& branches, ZooScope& scope, int input);

  // `names: [a, b]` of a layer with several outputs.
  void bind_names(ZooMap& args, const std::vector<int>& outputs, ZooScope& scope) const;

  std::int32_t channels(int tensor) const {
    return graph_.tensors[static_cast<std::size_t>(tensor)].shape.back();
  }

  const ZooNetwork& network_;
  const std::map<std::string, double>& parameters_;
  std::map<std::string, Block> blocks_;
  std::map<std::string, YAML::Node> defaults_;  // layer kind to keys
  std::vector<std::string> layer_kinds_ = zoo_layer_kinds();
  Graph graph_;
  int depth_ = 0;
};

void TopologyBuilder::read_defaults() {
  if (!network_.defaults.IsDefined()) return;
  ZooMap map(network_.defaults, network_.file, "defaults");
  for (const auto& [kind, node] : map.entries()) {
    if (std::find(layer_kinds_.begin(), layer_kinds_.end(), kind) == layer_kinds_.end()) {
      fail_at(network_.file, node,
              fmt::format("defaults: no layer kind '{}'{}", kind, suggestion(kind, layer_kinds_)));
    }
    defaults_.emplace(kind, node);
  }
}

void TopologyBuilder::read_blocks() {
  if (!network_.blocks.IsDefined()) return;
  ZooMap map(network_.blocks, network_.file, "blocks");
  for (const auto& [name, node] : map.entries()) {
    if (std::find(layer_kinds_.begin(), layer_kinds_.end(), name) != layer_kinds_.end()) {
      fail_at(network_.file, node, fmt::format("block '{}' has the name of a layer kind", name));
    }
    ZooMap body(node, network_.file, fmt::format("block '{}'", name));
    Block block;
    block.layers = body.required("layers");
    if (const YAML::Node arguments = body.optional("arguments"); arguments.IsDefined()) {
      ZooMap argument_map(arguments, network_.file, "arguments");
      for (const auto& [argument, fallback] : argument_map.entries()) {
        block.arguments.emplace(argument, fallback);
      }
    }
    body.finish();
    blocks_.emplace(name, std::move(block));
  }
}

void TopologyBuilder::read_input(ZooTopology& topology) {
  const ZooScope scope{network_.file, parameters_, {}};
  ZooMap map(network_.input, network_.file, "input");
  Tensor input;
  input.name = "input";
  input.shape = {1};
  const YAML::Node dims = map.required("shape");
  if (!dims.IsSequence() || dims.size() == 0) {
    fail_at(network_.file, dims, "input: 'shape': expected a list of numbers, without the batch");
  }
  for (const YAML::Node& dim : dims) input.shape.push_back(evaluate_count(dim, scope, 0));
  const std::string type = map.text("type", "int8");
  if (type != "int8" && type != "float32") {
    map.fail(fmt::format("input: type '{}': expected int8 or float32", type));
  }
  input.type = type == "int8" ? DataType::kInt8 : DataType::kFloat32;
  topology.input = read_zoo_quantisation(map, scope, "input");
  map.finish();
  if (input.type == DataType::kInt8) {
    input.quantization = {{topology.input.scale}, {topology.input.zero_point}, 0};
  }
  graph_.tensors.push_back(std::move(input));
}

std::vector<int> TopologyBuilder::read_outputs(const ZooScope& scope, int last) const {
  if (!network_.outputs.IsDefined()) return {last};
  if (!network_.outputs.IsSequence() || network_.outputs.size() == 0) {
    fail_at(network_.file, network_.outputs, "'outputs': expected a list of layer names");
  }
  std::vector<int> outputs;
  for (const YAML::Node& name : network_.outputs) {
    outputs.push_back(named_tensor(name, scope, last));
  }
  return outputs;
}

int TopologyBuilder::append_layers(const YAML::Node& layers, ZooScope& scope, int input) {
  if (!layers.IsSequence()) fail_at(network_.file, layers, "'layers': expected a list");
  for (const YAML::Node& entry : layers) input = append_entry(entry, scope, input);
  return input;
}

// Branches begin at the same tensor; what they end in is concatenated along the channels.
int TopologyBuilder::append_branches(const YAML::Node& branches, ZooScope& scope, int input) {
  std::vector<int> ends;
  for (const YAML::Node& branch : branches) ends.push_back(append_layers(branch, scope, input));
  if (ends.size() < 2) fail_at(network_.file, branches, "concat: expected at least two branches");
  return append_zoo_concatenation(branches, scope, ends, graph_);
}

// `- softmax` or `- conv: {…}`; `from`, `name` and `repeat` may stand in any layer or block.
// `- concat: [[…], […]]` is a list of branches, each a list of layers.
int TopologyBuilder::append_entry(const YAML::Node& entry, ZooScope& scope, int input) {
  if (!entry.IsScalar() && !(entry.IsMap() && entry.size() == 1)) {
    fail_at(network_.file, entry, "expected one layer: `kind` or `kind: {key: value, …}`");
  }
  const std::string kind = entry.IsScalar() ? entry.Scalar() : entry.begin()->first.Scalar();
  const bool is_block = blocks_.contains(kind);
  if (!is_block &&
      std::find(layer_kinds_.begin(), layer_kinds_.end(), kind) == layer_kinds_.end()) {
    std::vector<std::string> known = layer_kinds_;
    for (const auto& [name, block] : blocks_) known.push_back(name);
    fail_at(network_.file, entry,
            fmt::format("no layer kind or block '{}'{}", kind, suggestion(kind, known)));
  }
  const YAML::Node keys = entry.IsScalar() ? YAML::Node() : entry.begin()->second;
  if (kind == "concat" && keys.IsSequence()) return append_branches(keys, scope, input);
  ZooMap args(keys, network_.file, kind);
  if (const auto found = defaults_.find(kind); found != defaults_.end()) {
    args.set_defaults(ZooMap(found->second, network_.file, fmt::format("defaults of {}", kind)));
  }
  if (const YAML::Node from = args.optional("from"); from.IsDefined()) {
    input = named_tensor(from, scope, input);
  }
  const YAML::Node repeat = args.optional("repeat");
  const std::int32_t times =
      repeat.IsDefined() ? evaluate_count(repeat, scope, channels(input), 0) : 1;
  const std::string name = args.text("name", "");
  if (times == 0) return input;
  std::vector<int> outputs{input};
  for (std::int32_t i = 0; i < times; ++i) {
    constexpr std::size_t kMostOperators = 10'000;
    if (graph_.operators.size() > kMostOperators) args.fail("the network has too many operators");
    outputs = is_block ? std::vector{append_block(kind, args, scope, outputs.back())}
                       : append_zoo_layer(kind, args, scope, outputs.back(), graph_);
  }
  if (!is_block) bind_names(args, outputs, scope);
  args.finish();
  if (!name.empty()) scope.tensors[name] = outputs.back();
  return outputs.back();
}

void TopologyBuilder::bind_names(ZooMap& args, const std::vector<int>& outputs,
                                 ZooScope& scope) const {
  const YAML::Node names = args.optional("names");
  if (!names.IsDefined()) return;
  if (!names.IsSequence() || names.size() != outputs.size()) {
    fail_at(network_.file, names,
            fmt::format("'names': expected a list of {}, one for each output", outputs.size()));
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (!names[i].IsScalar()) fail_at(network_.file, names[i], "expected a word");
    scope.tensors[names[i].Scalar()] = outputs[i];
  }
}

int TopologyBuilder::append_block(const std::string& name, ZooMap& args, const ZooScope& scope,
                                  int input) {
  constexpr int kDeepest = 16;
  const Block& block = blocks_.at(name);
  ZooScope inner{network_.file, parameters_, {{"block_input", input}}};
  for (const auto& [argument, fallback] : block.arguments) {
    const YAML::Node given = fallback.IsNull() ? args.required(argument) : args.optional(argument);
    inner.numbers[argument] =
        evaluate_number(given.IsDefined() ? given : fallback, scope, channels(input));
  }
  if (++depth_ > kDeepest) args.fail(fmt::format("block '{}' contains itself", name));
  const int output = append_layers(block.layers, inner, input);
  --depth_;
  return output;
}

}  // namespace

ZooTopology build_zoo_topology(const ZooNetwork& network,
                               const std::map<std::string, double>& parameters) {
  return TopologyBuilder(network, parameters).build();
}

}  // namespace boardless::workloads
