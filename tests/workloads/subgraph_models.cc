// Builds models whose operators run subgraphs.
#include "tests/workloads/subgraph_models.h"

#include <utility>

namespace boardless::workloads::testing {

int SubgraphMaker::add_tensor(DataType type, std::vector<std::int32_t> shape,
                              std::vector<std::uint8_t> data) {
  Tensor tensor;
  tensor.name = "t" + std::to_string(graph.tensors.size());
  tensor.type = type;
  tensor.shape = std::move(shape);
  tensor.data = std::move(data);
  if (type == DataType::kInt8) tensor.quantization = {{1.0F}, {0}, 0};
  graph.tensors.push_back(std::move(tensor));
  if (!graph.subgraphs.empty()) ++graph.subgraphs.back().tensors;
  return static_cast<int>(graph.tensors.size()) - 1;
}

int SubgraphMaker::int8(std::vector<std::int32_t> shape) {
  return add_tensor(DataType::kInt8, std::move(shape), {});
}

int SubgraphMaker::constant(std::vector<std::uint8_t> values) {
  const auto count = static_cast<std::int32_t>(values.size());
  return add_tensor(DataType::kInt8, {1, count}, std::move(values));
}

int SubgraphMaker::boolean() { return add_tensor(DataType::kBool, {1}, {}); }

int SubgraphMaker::boolean_constant(bool value) {
  return add_tensor(DataType::kBool, {1}, {static_cast<std::uint8_t>(value ? 1 : 0)});
}

int SubgraphMaker::handle(const std::string& variable) {
  const int index = add_tensor(DataType::kResource, {}, {});
  run(OpKind::kVarHandle, {}, {index}, VarHandleAttributes{"", variable});
  return index;
}

void SubgraphMaker::run(OpKind kind, std::vector<int> inputs, std::vector<int> outputs,
                        Attributes attributes) {
  graph.operators.push_back(
      {kind, "", std::move(inputs), std::move(outputs), std::move(attributes)});
  if (!graph.subgraphs.empty()) ++graph.subgraphs.back().operators;
}

void SubgraphMaker::begin_subgraph() {
  Subgraph part;
  part.name = "part" + std::to_string(graph.subgraphs.size() + 1);
  part.first_tensor = static_cast<int>(graph.tensors.size());
  part.first_operator = static_cast<int>(graph.operators.size());
  graph.subgraphs.push_back(std::move(part));
}

void SubgraphMaker::interface(std::vector<int> inputs, std::vector<int> outputs) {
  const bool is_main = graph.subgraphs.empty();
  (is_main ? graph.inputs : graph.subgraphs.back().inputs) = std::move(inputs);
  (is_main ? graph.outputs : graph.subgraphs.back().outputs) = std::move(outputs);
}

Graph if_model() {
  SubgraphMaker m("if");
  const int condition = m.boolean(), x = m.int8(), result = m.int8();
  m.run(OpKind::kIf, {condition, x}, {result}, IfAttributes{1, 2});
  m.interface({condition, x}, {result});
  m.begin_subgraph();
  const int doubled = m.int8(), twice = m.int8();
  m.add(doubled, doubled, twice);
  m.interface({doubled}, {twice});
  m.begin_subgraph();
  const int other = m.int8(), ten = m.constant({10, 10, 10, 10}), more = m.int8();
  m.add(other, ten, more);
  m.interface({other}, {more});
  return std::move(m.graph);
}

Graph while_model() {
  SubgraphMaker m("while");
  std::vector<int> inputs, outputs;
  for (int i = 0; i < 3; ++i) inputs.push_back(m.boolean());
  inputs.push_back(m.int8());
  for (int i = 0; i < 3; ++i) outputs.push_back(m.boolean());
  outputs.push_back(m.int8());
  m.run(OpKind::kWhile, inputs, outputs, WhileAttributes{1, 2});
  m.interface(inputs, {outputs[3]});
  m.begin_subgraph();
  const std::vector<int> asked{m.boolean(), m.boolean(), m.boolean(), m.int8()};
  m.interface(asked, {asked[0]});
  m.begin_subgraph();
  const std::vector<int> in{m.boolean(), m.boolean(), m.boolean(), m.int8()};
  const int twice = m.int8(), no = m.boolean_constant(false);
  m.add(in[3], in[3], twice);
  m.interface(in, {in[1], in[2], no, twice});
  return std::move(m.graph);
}

Graph running_sum_model() {
  SubgraphMaker m("running_sum");
  m.run(OpKind::kCallOnce, {}, {}, CallOnceAttributes{1});
  const int variable = m.handle("sum"), input = m.int8(), before = m.int8(), after = m.int8();
  m.run(OpKind::kReadVariable, {variable}, {before});
  m.add(before, input, after);
  m.run(OpKind::kAssignVariable, {variable, after}, {});
  m.interface({input}, {after});
  m.begin_subgraph();
  const int same = m.handle("sum"), first = m.constant({1, 2, 3, 4});
  m.run(OpKind::kAssignVariable, {same, first}, {});
  return std::move(m.graph);
}

}  // namespace boardless::workloads::testing
