// Finds the subgraphs of a graph by where their tensors and operators begin.
#include "workloads/graph/subgraphs.h"

#include <fmt/format.h>

#include "base/error.h"
#include "workloads/graph/graph_checks.h"

namespace boardless::workloads {
namespace {

// The last subgraph that begins at `index` or before; those before it that begin there are empty.
int last_beginning(const Graph& graph, int Subgraph::* first, int index) {
  int number = 0;
  for (int i = 0; i < static_cast<int>(graph.subgraphs.size()); ++i) {
    if (graph.subgraphs[static_cast<std::size_t>(i)].*first <= index) number = i + 1;
  }
  return number;
}

struct Call {
  int op = 0;
  int callee = 0;
};

// By number of the caller.
std::vector<std::vector<Call>> calls_of(const Graph& graph) {
  std::vector<std::vector<Call>> calls(static_cast<std::size_t>(subgraph_count(graph)));
  for (int i = 0; i < static_cast<int>(graph.operators.size()); ++i) {
    for (const int callee : subgraphs_run_by(graph.operators[static_cast<std::size_t>(i)])) {
      calls[static_cast<std::size_t>(subgraph_of_operator(graph, i))].push_back({i, callee});
    }
  }
  return calls;
}

}  // namespace

Subgraph subgraph(const Graph& graph, int number) {
  if (number > 0) return graph.subgraphs[static_cast<std::size_t>(number) - 1];
  const bool is_alone = graph.subgraphs.empty();
  Subgraph main{.name = graph.name, .inputs = graph.inputs, .outputs = graph.outputs};
  main.tensors =
      is_alone ? static_cast<int>(graph.tensors.size()) : graph.subgraphs.front().first_tensor;
  main.operators =
      is_alone ? static_cast<int>(graph.operators.size()) : graph.subgraphs.front().first_operator;
  return main;
}

int subgraph_of_tensor(const Graph& graph, int tensor) {
  return last_beginning(graph, &Subgraph::first_tensor, tensor);
}

int subgraph_of_operator(const Graph& graph, int op) {
  return last_beginning(graph, &Subgraph::first_operator, op);
}

std::vector<int> subgraphs_run_by(const Operator& op) {
  if (const auto* a = std::get_if<IfAttributes>(&op.attributes)) {
    return {a->then_subgraph, a->else_subgraph};
  }
  if (const auto* a = std::get_if<WhileAttributes>(&op.attributes)) {
    return {a->condition_subgraph, a->body_subgraph};
  }
  if (const auto* a = std::get_if<CallOnceAttributes>(&op.attributes)) return {a->subgraph};
  return {};
}

void check_calls(const Graph& graph, std::string_view source) {
  const std::vector<std::vector<Call>> calls = calls_of(graph);
  for (const std::vector<Call>& of_one : calls) {
    for (const Call& call : of_one) {
      if (call.callee >= 0 && call.callee < subgraph_count(graph)) continue;
      throw InputError(fmt::format("{}: {} runs subgraph {}, the model has subgraphs 0 to {}",
                                   source, operator_label(graph, call.op), call.callee,
                                   subgraph_count(graph) - 1));
    }
  }
  // Depth first, the way there on a stack of its own: a file may nest as deep as it likes.
  enum class Visit : std::int8_t { kNone, kUnderWay, kDone };
  std::vector<Visit> visits(calls.size());
  struct Place {
    std::size_t number = 0, next = 0;
  };
  for (std::size_t start = 0; start < calls.size(); ++start) {
    if (visits[start] != Visit::kNone) continue;
    std::vector<Place> way{{start, 0}};
    while (!way.empty()) {
      Place& place = way.back();
      visits[place.number] = Visit::kUnderWay;
      if (place.next == calls[place.number].size()) {
        visits[place.number] = Visit::kDone;
        way.pop_back();
        continue;
      }
      const Call& call = calls[place.number][place.next++];
      const auto callee = static_cast<std::size_t>(call.callee);
      if (visits[callee] == Visit::kUnderWay) {
        throw InputError(fmt::format("{}: {} runs subgraph {}, which is running already: a cycle",
                                     source, operator_label(graph, call.op), call.callee));
      }
      if (visits[callee] == Visit::kNone) way.push_back({callee, 0});
    }
  }
}

}  // namespace boardless::workloads
