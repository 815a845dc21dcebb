// Lets each operator's record make kernel parameters of it, once nothing is left that blocks.
#include <utility>
#include <vector>

#include "workloads/graph/graph_checks.h"
#include "workloads/operators/blocking.h"
#include "workloads/operators/operator_view.h"
#include "workloads/operators/resource_variables.h"
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
