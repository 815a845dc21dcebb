// Adds steps, within what a schedule may be long.
#include "workloads/operators/scheduler.h"

#include "workloads/graph/graph_checks.h"
#include "workloads/operators/copying.h"
#include "workloads/operators/operator_record.h"

namespace boardless::workloads {
namespace {

// Subgraphs are written out at each place that runs them: a small file could ask for any number.
constexpr int kMostSteps = 1 << 16;
// Subgraphs that run one another.
constexpr int kMostNested = 100;

}  // namespace

std::string Scheduler::located(int op, const std::string& message) const {
  const std::string source = graph_.name.empty() ? "" : graph_.name + ": ";
  return fmt::format("{}{}: {}", source, operator_label(graph_, op), message);
}

int Scheduler::add(const Step& step) {
  if (here() == kMostSteps) {
    throw NotModelled(
        located(step.operator_index,
                fmt::format("subgraphs run one another in more than {} steps", kMostSteps)));
  }
  model_.schedule.push_back(step);
  return here() - 1;
}

void Scheduler::run(int number) {
  const Subgraph part = subgraph(graph_, number);
  if (nested_ == kMostNested) {
    throw NotModelled(fmt::format("{}: subgraph {} is the {}th that run one another; supported: {}",
                                  graph_.name, number, nested_ + 1, kMostNested));
  }
  ++nested_;
  for (int i = part.first_operator; i < part.first_operator + part.operators; ++i) {
    const OperatorRecord* record = find_operator(op(i));
    if (record->schedule != nullptr) {
      record->schedule(*this, i);
    } else {
      run_kernel(i);
    }
  }
  --nested_;
}

void Scheduler::run_kernel(int op) {
  add({Step::Kind::kRun, prepared_[static_cast<std::size_t>(op)], -1, op});
}

void Scheduler::copy(int op, const std::vector<int>& from, const std::vector<int>& to,
                     std::string_view what) {
  if (from.size() != to.size()) {
    fail(op, "{}: {} tensors and {}", what, from.size(), to.size());
  }
  for (std::size_t i = 0; i < from.size(); ++i) {
    const Tensor& source = tensor(from[i]);
    const Tensor& target = tensor(to[i]);
    if (source.type != target.type || source.bytes() != target.bytes()) {
      fail(op, "{} {}: {} {} and {} {}", what, i, data_type_name(source.type), shape_text(source),
           data_type_name(target.type), shape_text(target));
    }
    // Handles are known when the model is prepared.
    if (from[i] == to[i] || source.type == DataType::kResource) continue;
    if (source.bytes() == 0) {
      throw NotModelled(located(op, fmt::format("{} {}: {} {} has no size", what, i,
                                                data_type_name(source.type), shape_text(source))));
    }
    const auto [found, is_new] =
        copies_.emplace(std::tuple(op, from[i], to[i]), static_cast<int>(model_.operators.size()));
    if (is_new) {
      model_.operators.push_back(copy_of(op, {Operand::Kind::kTensor, from[i]},
                                         {Operand::Kind::kTensor, to[i]}, source.bytes()));
    }
    add({Step::Kind::kRun, found->second, -1, op});
  }
}

int Scheduler::jump_unless(int op, int condition) {
  const Tensor& read = tensor(condition);
  if (read.type != DataType::kBool || read.elements() != 1) {
    fail(op, "its condition is {} {}; its definition gives one bool", data_type_name(read.type),
         shape_text(read));
  }
  return add({Step::Kind::kJumpUnless, condition, -1, op});
}

}  // namespace boardless::workloads
