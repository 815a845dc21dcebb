// Asks every operator's kernel, and leaves out what somebody else still reads.
#include "prediction/arena_overlaps.h"

#include <algorithm>

#include "prediction/kernel_overlap.h"

namespace boardless::prediction {
namespace {

using cost_models::ArenaOverlap;
using workloads::Operand;
using workloads::PreparedOperator;
using workloads::Step;

bool goes_back(std::span<const Step> schedule) {
  for (std::size_t i = 0; i < schedule.size(); ++i) {
    if (schedule[i].kind == Step::Kind::kJump && schedule[i].target <= static_cast<int>(i)) {
      return true;
    }
  }
  return false;
}

// The request of an operand, or -1.
int block_of(const ArenaLayout& layout, const Operand& operand) {
  if (operand.kind != Operand::Kind::kTensor) return -1;
  return layout.block_of_tensor[static_cast<std::size_t>(operand.index)];
}

class Overlaps {
 public:
  Overlaps(const workloads::Graph& graph, const ArenaLayout& layout)
      : graph_(graph), layout_(layout) {}

  void add(const KernelRun& kernel, int run) {
    const std::vector<Operand>& operands = kernel.op.operands;
    const std::vector<SafeOverlap> safe = safe_overlaps(kernel);
    for (const SafeOverlap& overlap : safe) {
      const Operand& input = operands[overlap.input];
      const int from = block_of(layout_, input), to = block_of(layout_, operands[overlap.output]);
      if (from < 0 || to < 0 || from == to || std::ranges::count(operands, input) != 1) continue;
      const auto in = static_cast<std::size_t>(from), out = static_cast<std::size_t>(to);
      // A result of the model is read when all operators have run.
      const bool is_result = std::ranges::count(graph_.outputs, input.index) > 0;
      if (is_result || layout_.requests[in].last_op != run ||
          layout_.requests[out].first_op != run) {
        continue;
      }
      found_.push_back({in, out, overlap.distance, overlap.step});
    }
  }

  std::vector<ArenaOverlap> take() { return std::move(found_); }

 private:
  const workloads::Graph& graph_;
  const ArenaLayout& layout_;
  std::vector<ArenaOverlap> found_;
};

}  // namespace

std::vector<ArenaOverlap> arena_overlaps(const workloads::Graph& graph,
                                         const workloads::PreparedModel& model,
                                         std::span<const KernelChoice> choices,
                                         std::span<const Bytes> scratch,
                                         const ArenaLayout& layout) {
  Overlaps overlaps(graph, layout);
  if (goes_back(model.schedule)) return {};
  int run = 0;
  for (const Step& step : model.schedule) {
    if (step.kind != Step::Kind::kRun) continue;
    const auto op = static_cast<std::size_t>(step.index);
    overlaps.add({graph, model, model.operators[op], choices[op].function, scratch[op]}, run++);
  }
  return overlaps.take();
}

}  // namespace boardless::prediction
