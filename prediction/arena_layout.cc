// Collects requests and hands them to the planner that was asked for.
#include "prediction/arena_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cost_models/overlapped_planner.h"
#include "prediction/allocation_scopes.h"
#include "prediction/arena_overlaps.h"

namespace boardless::prediction {
namespace {

using cost_models::ArenaRequest;
using workloads::Graph;
using workloads::Operand;
using workloads::PreparedModel;
using workloads::Step;
using workloads::Tensor;

std::string scratch_name(int operator_index) {
  return fmt::format("scratch of operator {}", operator_index);
}

ArenaLayout empty_layout(const Graph& graph, const PreparedModel& model) {
  ArenaLayout layout;
  layout.block_of_tensor.assign(graph.tensors.size(), -1);
  layout.block_of_scratch.assign(model.operators.size(), -1);
  return layout;
}

// Extends the block's lifetime, or makes the block, in the order in which they are touched.
void extend(ArenaLayout& layout, int& block, const std::string& name, Bytes bytes, int run) {
  if (block < 0) {
    block = static_cast<int>(layout.requests.size());
    layout.requests.push_back({name, bytes, run, run});
  }
  ArenaRequest& request = layout.requests[static_cast<std::size_t>(block)];
  request.last_op = std::max(request.last_op, run);
}

// What the kernels touch, over the runs of the schedule.
ArenaLayout requests_by_runs(const Graph& graph, const PreparedModel& model,
                             std::span<const Bytes> scratch) {
  ArenaLayout layout = empty_layout(graph, model);
  const auto touch = [&](int index, int run) {
    const Tensor& tensor = graph.tensors[static_cast<std::size_t>(index)];
    if (tensor.is_constant() || tensor.is_variable) return;
    extend(layout, layout.block_of_tensor[static_cast<std::size_t>(index)], tensor.name,
           static_cast<Bytes>(tensor.bytes()), run);
  };
  for (const int input : graph.inputs) touch(input, 0);
  for (const Step& step : model.schedule) {
    const int runs = static_cast<int>(layout.run_operators.size());
    if (step.kind == Step::Kind::kJumpUnless) touch(step.index, std::max(runs - 1, 0));
    if (step.kind != Step::Kind::kRun) continue;
    layout.run_operators.push_back(step.operator_index);
    for (const Operand& operand : model.operators[static_cast<std::size_t>(step.index)].operands) {
      if (operand.kind == Operand::Kind::kTensor) touch(operand.index, runs);
    }
  }
  const int last = std::max(static_cast<int>(layout.run_operators.size()) - 1, 0);
  for (const int output : graph.outputs) touch(output, last);
  int run = 0;
  for (const Step& step : model.schedule) {
    if (step.kind != Step::Kind::kRun) continue;
    const auto op = static_cast<std::size_t>(step.index);
    if (scratch[op] > 0) {
      extend(layout, layout.block_of_scratch[op], scratch_name(step.operator_index), scratch[op],
             run);
    }
    ++run;
  }
  return layout;
}

// All tensors that TFLite Micro plans, in their order, over its allocation scopes.
ArenaLayout requests_by_scopes(const Graph& graph, const PreparedModel& model,
                               std::span<const Bytes> scratch) {
  ArenaLayout layout = empty_layout(graph, model);
  AllocationScopes scopes = allocation_scopes(graph);
  layout.run_operators = std::move(scopes.operators);
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    const Tensor& tensor = graph.tensors[i];
    if (tensor.is_constant() || tensor.is_variable) continue;
    layout.block_of_tensor[i] = static_cast<int>(layout.requests.size());
    const Lifetime lifetime = scopes.tensors[i];
    layout.requests.push_back(
        {tensor.name, static_cast<Bytes>(tensor.bytes()), lifetime.first, lifetime.last});
  }
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    if (scratch[i] == 0) continue;
    const int op = model.operators[i].operator_index;
    const Lifetime lifetime = scopes.scratch[static_cast<std::size_t>(op)];
    layout.block_of_scratch[i] = static_cast<int>(layout.requests.size());
    const Bytes bytes = planned_scratch(graph.operators[static_cast<std::size_t>(op)], scratch[i]);
    layout.requests.push_back({scratch_name(op), bytes, lifetime.first, lifetime.last});
  }
  return layout;
}

}  // namespace

Bytes ArenaLayout::bytes() const {
  return persistent.empty() ? plan.bytes : persistent.back().offset + persistent.back().bytes;
}

ArenaLayout plan_model_arena(const Graph& graph, const PreparedModel& model,
                             std::span<const KernelChoice> choices, std::span<const Bytes> scratch,
                             cost_models::Planner planner) {
  if (planner == cost_models::Planner::kGreedyBySize) {
    ArenaLayout layout = requests_by_scopes(graph, model, scratch);
    layout.plan =
        cost_models::plan_arena(layout.requests, kArenaAlignment, cost_models::Ties::kLaterFirst);
    return layout;
  }
  ArenaLayout layout = requests_by_runs(graph, model, scratch);
  layout.plan = planner == cost_models::Planner::kOverlapped
                    ? cost_models::plan_overlapped(
                          layout.requests, arena_overlaps(graph, model, choices, scratch, layout),
                          kArenaAlignment)
                    : cost_models::plan_arena(layout.requests, kArenaAlignment);
  return layout;
}

}  // namespace boardless::prediction
