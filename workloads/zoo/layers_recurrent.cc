// Layers that keep something from one invocation to the next: in variable tensors of their own, or
// in a state that other layers read and assign.
#include <fmt/format.h>

#include <limits>
#include <utility>

#include "workloads/operators/lstm_operands.h"
#include "workloads/zoo/layer.h"
#include "workloads/zoo/states.h"

namespace boardless::workloads {

// Over the steps of [1, steps, features]. What it outputs lies from -1 to 1; its cells are held
// from -16 to 16 and clipped at 10, as TFLite's converter has them.
ZooOutputs zoo_lstm(ZooLayer& layer) {
  constexpr std::size_t kGates = 4;
  constexpr float kCellScale = 1.0F / 2048;
  constexpr float kCellClip = 10;
  layer.require_rank(3, "; put `reshape` before it");
  layer.require_type(DataType::kInt8, "; put `quantize` before it");
  const std::int32_t units = layer.count(layer.args.required("units"));
  std::vector<int> inputs(LstmInput::kCount, -1);
  inputs[0] = layer.input;
  for (std::size_t gate = 0; gate < kGates; ++gate) {
    inputs[LstmInput::kInputWeights + gate] = layer.append_weights(
        fmt::format("/input_weights:{}", gate), DataType::kInt8, {units, layer.channels()});
    inputs[LstmInput::kHiddenWeights + gate] = layer.append_weights(
        fmt::format("/hidden_weights:{}", gate), DataType::kInt8, {units, units});
    inputs[LstmInput::kBiases + gate] =
        layer.append_weights(fmt::format("/bias:{}", gate), DataType::kInt32, {units});
  }
  const int hidden = layer.append_variable("/hidden", DataType::kInt8, {1, units});
  const int cells = layer.append_variable("/cells", DataType::kInt16, {1, units});
  layer.quantise_as_sine(hidden);
  layer.quantise(cells, kCellScale, 0);
  inputs[LstmInput::kHiddenState] = hidden;
  inputs[LstmInput::kCellState] = cells;
  const int output =
      layer.append_operator(OpKind::kUnidirectionalSequenceLstm, std::move(inputs),
                            {1, layer.shape()[1], units}, LstmAttributes{.cell_clip = kCellClip});
  layer.quantise_as_sine(output);
  return {output};
}

// Each unit filters the features of a step, and what that gives over the last steps; `rank` such
// pairs of filters are summed.
ZooOutputs zoo_svdf(ZooLayer& layer) {
  layer.require_rank(2, "; put `flatten` before it");
  layer.require_type(DataType::kInt8, "; put `quantize` before it");
  const std::int32_t units = layer.count(layer.args.required("units"));
  const std::int32_t memory = layer.count(layer.args.required("memory"));
  const std::int32_t rank = layer.count("rank", 1);
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  if (std::int64_t{units} * rank > kMost / memory) layer.fail("the memory is too large");
  const std::int32_t filters = units * rank;
  const int features =
      layer.append_weights("/features", DataType::kInt8, {filters, layer.channels()});
  const int times = layer.append_weights("/times", DataType::kInt8, {filters, memory});
  const int bias = layer.append_weights("/bias", DataType::kInt32, {units});
  const int state = layer.append_variable("/state", DataType::kInt8, {1, memory * filters});
  return {layer.append_operator(OpKind::kSvdf, {layer.input, features, times, bias, state},
                                {1, units}, SvdfAttributes{rank, Activation::kRelu})};
}

// What was assigned to it in the last invocation; real zeros before.
ZooOutputs zoo_state(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  const std::vector<std::int32_t> shape = layer.extents("shape");
  const std::string name = fmt::format("state_{}", layer.graph.operators.size());
  const int handle = layer.append_tensor("/handle", DataType::kResource, {});
  layer.graph.operators.push_back(
      {OpKind::kVarHandle, "", {}, {handle}, VarHandleAttributes{"", name}});
  const int value = layer.append_operator(OpKind::kReadVariable, {handle}, shape, NoAttributes{});
  const YAML::Node scale = layer.args.optional("scale");
  const YAML::Node zero_point = layer.args.optional("zero_point");
  if (scale.IsDefined() != zero_point.IsDefined()) {
    layer.fail("'scale' and 'zero_point': expected both or neither");
  }
  if (scale.IsDefined()) {
    const ZooQuantisation stated = read_zoo_quantisation(layer.args, layer.scope, layer.kind);
    layer.quantise(value, stated.scale, stated.zero_point);
  }
  return {value};
}

// Leaves its input behind, so that a block can end with it.
ZooOutputs zoo_assign(ZooLayer& layer) {
  const int state = named_tensor(layer.args.required("state"), layer.scope, layer.input);
  const YAML::Node node = layer.args.optional("value");
  const int value = node.IsDefined() ? named_tensor(node, layer.scope, layer.input) : layer.input;
  const int handle = handle_of_state(layer.graph, state);
  if (handle < 0) layer.fail("'state' names a layer that is no `state`");
  if (layer.tensor(value).shape != layer.tensor(state).shape ||
      layer.tensor(value).type != DataType::kInt8) {
    layer.fail(fmt::format("the state has shape [{}], the value [{}]",
                           fmt::join(layer.tensor(state).shape, ", "),
                           fmt::join(layer.tensor(value).shape, ", ")));
  }
  layer.graph.operators.push_back(
      {OpKind::kAssignVariable, "", {handle, value}, {}, NoAttributes{}});
  return {layer.input};
}

}  // namespace boardless::workloads
