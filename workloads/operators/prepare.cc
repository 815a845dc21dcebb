// Lets each operator's record make kernel parameters of it, once nothing is left that blocks.
#include <map>
#include <utility>

#include "workloads/graph/graph_checks.h"
#include "workloads/operators/blocking.h"
#include "workloads/operators/operator_view.h"
#include "workloads/operators/scheduler.h"

namespace boardless::workloads {
namespace {

void require_kernels(const Graph& graph) {
  const Blocking blocking = find_blocking(graph);
  if (blocking.empty()) return;
  const std::string source = graph.name.empty() ? "" : graph.name + ": ";
  throw NotModelled(source + blocking.text());
}

// What operators write and what can be compared; an input handed through may be anything else.
void check_output(const Graph& graph, int index) {
  const DataType type = graph.tensors[static_cast<std::size_t>(index)].type;
  if (!element_type(type).suffix.empty()) return;
  throw NotModelled(fmt::format("{}: output {} has type {}, which no kernel writes", graph.name,
                                tensor_label(graph, index), data_type_name(type)));
}

// The resource variables that the graph's handles name.
std::vector<Variable> variables_of(const Graph& graph) {
  std::vector<Variable> variables;
  std::map<std::pair<std::string, std::string>, std::size_t> index;
  for (const Operator& op : graph.operators) {
    const auto* a = std::get_if<VarHandleAttributes>(&op.attributes);
    if (a == nullptr) continue;
    const auto [found, is_new] =
        index.emplace(std::pair(a->container, a->shared_name), variables.size());
    if (is_new) {
      variables.push_back(
          {printable(a->container.empty() ? a->shared_name : a->container + '/' + a->shared_name),
           {}});
    }
    variables[found->second].handles.push_back(op.outputs[0]);
  }
  return variables;
}

// Nothing holds a value before it is assigned: neither a loop nor a branch that may be left out
// assigns it for what stands before.
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

}  // namespace

PreparedModel prepare(const Graph& graph) {
  // Before the graph's own rules, so that an operator without a kernel is called that and nothing
  // else.
  require_kernels(graph);
  require_contents(graph, "a run");
  check_graph(graph, graph.name.empty() ? "the model" : graph.name);

  PreparedModel model;
  model.operators.reserve(graph.operators.size());
  model.variables = variables_of(graph);
  std::vector<int> prepared(graph.operators.size(), -1);
  for (int i = 0; i < static_cast<int>(graph.operators.size()); ++i) {
    const auto index = static_cast<std::size_t>(i);
    const OperatorRecord* record = find_operator(graph.operators[index]);
    if (record->prepare == nullptr) continue;
    prepared[index] = static_cast<int>(model.operators.size());
    model.operators.push_back(record->prepare(OperatorView(graph, i, model)));
  }
  Scheduler(graph, model, std::move(prepared)).run(0);
  check_assigned(graph, model);
  for (const int output : graph.outputs) check_output(graph, output);
  return model;
}

}  // namespace boardless::workloads
