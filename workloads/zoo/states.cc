// Finds the states of a graph, and gives each its first value as converters do.
#include "workloads/zoo/states.h"

#include <utility>
#include <vector>

namespace boardless::workloads {

int handle_of_state(const Graph& graph, int tensor) {
  for (const Operator& op : graph.operators) {
    if (op.kind == OpKind::kReadVariable && op.outputs[0] == tensor) return op.inputs[0];
  }
  return -1;
}

std::map<int, std::string> state_names(const Graph& graph) {
  std::map<int, std::string> names;
  for (const Operator& op : graph.operators) {
    if (op.kind != OpKind::kVarHandle) continue;
    names[op.outputs[0]] = std::get<VarHandleAttributes>(op.attributes).shared_name;
  }
  return names;
}

void append_first_states(Graph& graph) {
  std::vector<std::pair<Operator, Tensor>> states;  // how a handle is made, and what it stands for
  for (const Operator& op : graph.operators) {
    if (op.kind != OpKind::kReadVariable) continue;
    for (const Operator& maker : graph.operators) {
      if (maker.kind != OpKind::kVarHandle || maker.outputs != op.inputs) continue;
      states.emplace_back(maker, graph.tensors[static_cast<std::size_t>(op.outputs[0])]);
    }
  }
  if (states.empty()) return;
  graph.operators.insert(graph.operators.begin(),
                         Operator{OpKind::kCallOnce, "", {}, {}, CallOnceAttributes{1}});
  Subgraph part;
  part.name = "first_states";
  part.first_tensor = static_cast<int>(graph.tensors.size());
  part.first_operator = static_cast<int>(graph.operators.size());
  for (auto& [maker, value] : states) {
    const auto handle = static_cast<int>(graph.tensors.size());
    graph.tensors.push_back(graph.tensors[static_cast<std::size_t>(maker.outputs[0])]);
    maker.outputs = {handle};
    value.name += "/first";
    value.shape_only = true;
    graph.tensors.push_back(std::move(value));
    graph.operators.push_back(std::move(maker));
    graph.operators.push_back(
        {OpKind::kAssignVariable, "", {handle, handle + 1}, {}, NoAttributes{}});
  }
  part.tensors = static_cast<int>(graph.tensors.size()) - part.first_tensor;
  part.operators = static_cast<int>(graph.operators.size()) - part.first_operator;
  graph.subgraphs.push_back(std::move(part));
}

}  // namespace boardless::workloads
