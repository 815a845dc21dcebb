// Runs a prepared model on the host with TFLite's integer semantics: the answer every kernel on
// every simulated core must reproduce bit for bit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "workloads/graph/graph.h"
#include "workloads/operators/prepared_model.h"

namespace boardless::workloads {

// How a 32-bit accumulator is rescaled. kDouble (TFLite Micro's default) rounds twice: saturating
// rounding doubling high multiply, then rounding shift. kSingle (TFLite with
// TFLITE_SINGLE_ROUNDING) rounds the 64-bit product once.
enum class Rounding { kDouble, kSingle };

// The bytes of each graph input of one invocation, in order.
using Inputs = std::vector<std::vector<std::uint8_t>>;

struct Evaluation {
  std::vector<std::vector<std::uint8_t>> tensors;  // bytes of every non-constant tensor, by index
  // Output `i` of the graph.
  std::span<const std::uint8_t> output(const Graph& graph, std::size_t i = 0) const {
    return tensors[static_cast<std::size_t>(graph.outputs[i])];
  }
};

// One invocation after another, operator by operator. Variables keep their values.
class ReferenceRun {
 public:
  // All must outlive it. `first` is what the first invocation is known to give: as long as nothing
  // else is adopted, its operators are not run again.
  ReferenceRun(const Graph& graph, const PreparedModel& model,
               Rounding rounding = Rounding::kDouble, const Evaluation* first = nullptr);

  // Begins an invocation. Throws InputError where the inputs' number or sizes are not the graph's.
  void begin(const Inputs& inputs);
  // Runs the next operator; its index into PreparedModel::operators, or none behind the last.
  std::optional<std::size_t> step();
  // The same in two halves: which is next, and its answer. One that follows (Kernel::follows) goes
  // on from what a core wrote to each operand, where that is given.
  std::optional<std::size_t> next();
  void answer(std::size_t index, std::span<const std::uint8_t* const> observed = {});
  // What a tensor that is no constant, or a variable, holds.
  std::span<const std::uint8_t> bytes(const Operand& operand) const;
  // Goes on from what another run has there, whose bytes may differ and be as good.
  void adopt(const Operand& operand, std::span<const std::uint8_t> bytes);
  // What the tensors hold.
  const Evaluation& evaluation() const { return known_ != nullptr ? *known_ : own_; }

 private:
  void allocate();
  std::vector<std::uint8_t>& own(const Operand& operand);
  std::uint8_t* address(const Operand& operand);
  bool is_true(int tensor) const;

  const Graph& graph_;
  const PreparedModel& model_;
  const Rounding rounding_;
  const Evaluation* known_;
  bool has_begun_ = false;
  Evaluation own_;
  std::vector<std::vector<std::uint8_t>> variables_;
  ScheduleWalk walk_;
};

// The operands that an operator writes: the last one, its outputs, and variables, whose state it
// may move on.
std::vector<Operand> written_operands(const Graph& graph, const PreparedOperator& op);

// One invocation. An index in a tensor that is outside what it chooses from is an InputError.
Evaluation evaluate(const Graph& graph, const PreparedModel& model, const Inputs& inputs,
                    Rounding rounding = Rounding::kDouble);

}  // namespace boardless::workloads
