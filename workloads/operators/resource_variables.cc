// Follows handles from VAR_HANDLE into subgraphs and out again.
#include "workloads/operators/resource_variables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/error.h"
#include "workloads/graph/graph_checks.h"
#include "workloads/graph/subgraphs.h"

namespace boardless::workloads {
namespace {

struct Handover {
  int from = -1, to = -1;
};

// Collects what operators hand to subgraphs and back, as far as it is handles. That operands match
// is checked where they are copied.
class Handovers {
 public:
  explicit Handovers(const Graph& graph) : graph_(graph) {
    for (const Operator& op : graph.operators) {
      if (const auto* a = std::get_if<IfAttributes>(&op.attributes)) {
        const std::vector<int> operands(op.inputs.begin() + 1, op.inputs.end());
        for (const int number : {a->then_subgraph, a->else_subgraph}) {
          const Subgraph part = subgraph(graph, number);
          add(operands, part.inputs);
          add(part.outputs, op.outputs);
        }
      } else if (const auto* w = std::get_if<WhileAttributes>(&op.attributes)) {
        const Subgraph condition = subgraph(graph, w->condition_subgraph);
        const Subgraph body = subgraph(graph, w->body_subgraph);
        add(op.inputs, condition.inputs);
        add(condition.inputs, body.inputs);
        add(body.outputs, condition.inputs);
        add(condition.inputs, op.outputs);
      }
    }
  }
  const std::vector<Handover>& all() const { return all_; }

 private:
  void add(const std::vector<int>& from, const std::vector<int>& to) {
    for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
      if (from[i] < 0 || to[i] < 0) continue;
      const Tensor& tensor = graph_.tensors[static_cast<std::size_t>(from[i])];
      if (tensor.type == DataType::kResource) all_.push_back({from[i], to[i]});
    }
  }

  const Graph& graph_;
  std::vector<Handover> all_;
};

// Makes what is handed over stand for the same variable, until nothing changes.
void hand_over(const Graph& graph, const std::vector<Variable>& variables,
               std::vector<int>& variable_of_tensor) {
  const Handovers handovers(graph);
  bool has_changed = true;
  while (std::exchange(has_changed, false)) {
    for (const auto [from, to] : handovers.all()) {
      const int given = variable_of_tensor[static_cast<std::size_t>(from)];
      int& taken = variable_of_tensor[static_cast<std::size_t>(to)];
      if (given < 0 || given == taken) continue;
      if (taken >= 0) {
        throw NotModelled(
            fmt::format("{}: {} stands for variable '{}' and for '{}'; supported: one", graph.name,
                        tensor_label(graph, to), variables[static_cast<std::size_t>(taken)].name,
                        variables[static_cast<std::size_t>(given)].name));
      }
      taken = given;
      has_changed = true;
    }
  }
}

}  // namespace

std::vector<Variable> variables_of(const Graph& graph) {
  std::vector<Variable> variables;
  std::vector<int> variable_of_tensor(graph.tensors.size(), -1);
  std::map<std::pair<std::string, std::string>, int> index;
  for (const Operator& op : graph.operators) {
    const auto* a = std::get_if<VarHandleAttributes>(&op.attributes);
    if (a == nullptr) continue;
    const auto [found, is_new] =
        index.emplace(std::pair(a->container, a->shared_name), static_cast<int>(variables.size()));
    if (is_new) {
      variables.push_back(
          {printable(a->container.empty() ? a->shared_name : a->container + '/' + a->shared_name),
           {}});
    }
    variable_of_tensor[static_cast<std::size_t>(op.outputs[0])] = found->second;
  }
  hand_over(graph, variables, variable_of_tensor);
  for (std::size_t i = 0; i < variable_of_tensor.size(); ++i) {
    if (variable_of_tensor[i] < 0) continue;
    variables[static_cast<std::size_t>(variable_of_tensor[i])].handles.push_back(
        static_cast<int>(i));
  }
  return variables;
}

void check_assigned(const Graph& graph, const PreparedModel& model) {
  std::vector<bool> assigned(model.variables.size());
  for (const Step& step : model.schedule) {
    if (step.kind != Step::Kind::kRun) continue;
    const std::vector<Operand>& operands =
        model.operators[static_cast<std::size_t>(step.index)].operands;
    const Operand& read = operands.front();
    if (read.kind == Operand::Kind::kVariable && !assigned[static_cast<std::size_t>(read.index)]) {
      throw InputError(fmt::format("{}: {} reads variable '{}' before anything has assigned it",
                                   graph.name, operator_label(graph, step.operator_index),
                                   model.variables[static_cast<std::size_t>(read.index)].name));
    }
    const Operand& written = operands.back();
    if (written.kind == Operand::Kind::kVariable) {
      assigned[static_cast<std::size_t>(written.index)] = true;
    }
  }
}

}  // namespace boardless::workloads
