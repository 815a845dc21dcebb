// Writes the schedule of a graph: what a record's `schedule` adds the steps of its operator with.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/error.h"
#include "workloads/graph/graph.h"
#include "workloads/graph/subgraphs.h"
#include "workloads/operators/prepared_model.h"

namespace boardless::workloads {

class Scheduler {
 public:
  // `prepared` has the index of each graph operator's kernel in `model`, -1 of one without.
  Scheduler(const Graph& graph, PreparedModel& model, std::vector<int> prepared)
      : graph_(graph), model_(model), prepared_(std::move(prepared)) {}

  const Operator& op(int index) const { return graph_.operators[static_cast<std::size_t>(index)]; }
  const Tensor& tensor(int index) const { return graph_.tensors[static_cast<std::size_t>(index)]; }
  Subgraph part(int number) const { return subgraph(graph_, number); }

  // For an operator that contradicts its definition.
  template <class... Args>
  [[noreturn]] void fail(int op, fmt::format_string<Args...> message, Args&&... args) const {
    throw InputError(located(op, fmt::format(message, std::forward<Args>(args)...)));
  }

  // The operators of a subgraph, one after the other.
  void run(int number);
  // The kernel of an operator that has one, and its parameters.
  void run_kernel(int op);
  template <class Params>
  Params params_of(int op) const {
    const auto prepared = static_cast<std::size_t>(prepared_[static_cast<std::size_t>(op)]);
    return model_.operators[prepared].template params_as<Params>();
  }
  // What is behind is left out, but for every `period`-th invocation.
  void end_but_every(int op, int period) { add({Step::Kind::kEndUnless, op, period, op}); }

  // Copies tensors to others on behalf of an operator; `what` says which, in messages.
  void copy(int op, const std::vector<int>& from, const std::vector<int>& to,
            std::string_view what);

  int here() const { return static_cast<int>(model_.schedule.size()); }
  // Jumps return their place, for land(): they go to the step that is added next.
  int jump(int op) { return add({Step::Kind::kJump, -1, -1, op}); }
  int jump_unless(int op, int condition);  // throws where that is not one boolean
  int jump_if_done(int op) { return add({Step::Kind::kJumpIfDone, op, -1, op}); }
  void land(int place) { model_.schedule[static_cast<std::size_t>(place)].target = here(); }
  void jump_back(int op, int target) { add({Step::Kind::kJump, -1, target, op}); }

 private:
  int add(const Step& step);
  std::string located(int op, const std::string& message) const;

  const Graph& graph_;
  PreparedModel& model_;
  const std::vector<int> prepared_;
  int nested_ = 0;
  std::map<std::tuple<int, int, int>, int> copies_;  // by operator, from and to
};

}  // namespace boardless::workloads
