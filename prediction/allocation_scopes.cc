// Counts scopes through the subgraphs as TensorFlow Lite Micro does.
#include "prediction/allocation_scopes.h"

#include <algorithm>
#include <utility>

#include "base/round_up.h"
#include "prediction/arena_layout.h"
#include "workloads/graph/subgraphs.h"

namespace boardless::prediction {
namespace {

using workloads::Graph;
using workloads::Operator;
using workloads::Subgraph;

class ScopeCount {
 public:
  explicit ScopeCount(const Graph& graph)
      : graph_(graph),
        scopes_{.tensors = std::vector<Lifetime>(graph.tensors.size()),
                .scratch = std::vector<Lifetime>(graph.operators.size()),
                .operators = {}} {}

  AllocationScopes count() {
    if (graph_.operators.empty()) {
      mark(graph_.inputs, 0);
      mark(graph_.outputs, 0);
      return std::move(scopes_);
    }
    scopes_.operators.push_back(0);
    count_in(subgraph(graph_, 0));
    return std::move(scopes_);
  }

 private:
  int here() const { return static_cast<int>(scopes_.operators.size()) - 1; }

  static void extend(Lifetime& lifetime, int first, int last) {
    lifetime.first = lifetime.first < 0 ? first : std::min(lifetime.first, first);
    lifetime.last = std::max(lifetime.last, last);
  }
  void mark(const std::vector<int>& tensors, int scope) {
    for (const int tensor : tensors) {
      if (tensor >= 0) extend(scopes_.tensors[static_cast<std::size_t>(tensor)], scope, scope);
    }
  }

  void count_in(const Subgraph& part) {
    mark(part.inputs, here());
    for (int i = part.first_operator; i < part.first_operator + part.operators; ++i) count_op(i);
    mark(part.outputs, here());
  }

  void count_op(int index) {
    const Operator& op = graph_.operators[static_cast<std::size_t>(index)];
    scopes_.operators.push_back(index);
    const int first = here();
    mark(op.outputs, first);
    for (const int number : subgraphs_run_by(op)) {
      scopes_.operators.push_back(index);
      count_in(subgraph(graph_, number));
    }
    mark(op.inputs, here());
    mark(op.outputs, here());
    if (const auto* a = std::get_if<workloads::WhileAttributes>(&op.attributes)) {
      const Subgraph condition = subgraph(graph_, a->condition_subgraph);
      mark(condition.inputs, first);
      mark(condition.inputs, here());
    }
    extend(scopes_.scratch[static_cast<std::size_t>(index)], first, here());
  }

  const Graph& graph_;
  AllocationScopes scopes_;
};

}  // namespace

AllocationScopes allocation_scopes(const Graph& graph) { return ScopeCount(graph).count(); }

Bytes planned_scratch(const Operator& op, Bytes bytes) {
  constexpr Bytes kGates = 4;
  if (op.kind != workloads::OpKind::kUnidirectionalSequenceLstm) return bytes;
  return kGates * round_up((bytes + kGates - 1) / kGates, kArenaAlignment);
}

}  // namespace boardless::prediction
