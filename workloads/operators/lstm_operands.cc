// Checks and lists what an LSTM reads and writes.
#include "workloads/operators/lstm_operands.h"

#include <array>
#include <initializer_list>
#include <string_view>

#include "kernels/abi.h"

namespace boardless::workloads {
namespace {

using In = LstmInput;

void require_absent(const OperatorView& view, std::size_t first, std::size_t end,
                    std::string_view what) {
  for (std::size_t i = first; i < end; ++i) {
    if (view.has_input(i)) view.not_modelled("it has {}; supported: none", what);
  }
}

void check_state(const OperatorView& view, std::size_t state, const LstmExtents& extents) {
  if (!view.input(state).is_variable) view.fail("its state {} is no variable tensor", state);
  if (view.input(state).elements() != std::int64_t{extents.batches} * extents.units) {
    view.fail("state {} has {} elements; it needs {} for each of {} batches", state,
              view.input(state).elements(), extents.units, extents.batches);
  }
}

}  // namespace

LstmExtents lstm_extents(const OperatorView& view) {
  const auto& a = view.attributes<LstmAttributes>();
  if (view.op().inputs.size() != In::kCount) {
    view.not_modelled("{} inputs; supported: {}", view.op().inputs.size(), In::kCount);
  }
  if (a.activation != Activation::kTanh) {
    view.not_modelled("activation {} of the cell gate; supported: TANH",
                      static_cast<int>(a.activation));
  }
  const std::vector<std::int32_t>& input = view.input().shape;
  if (!view.has_input(In::kHiddenState) || view.input(In::kHiddenState).shape.size() != 2) {
    view.fail("its hidden state (input {}) must have 2 dimensions", In::kHiddenState);
  }
  return {.time_major = a.time_major ? 1 : 0,
          .batches = input[a.time_major ? 1 : 0],
          .steps = input[a.time_major ? 0 : 1],
          .inputs = input[2],
          .units = view.input(In::kHiddenState).shape[1]};
}

void check_lstm_operands(const OperatorView& view, const LstmExtents& extents,
                         const LstmTypes& types) {
  require_absent(view, In::kPeepholes, In::kBiases, "peephole weights");
  require_absent(view, In::kProjection, In::kHiddenState, "a projection");
  require_absent(view, In::kNormalisation, In::kCount, "layer normalisation");
  const auto check = [&](std::size_t i, std::string_view role, DataType type,
                         std::initializer_list<std::int32_t> shape) {
    if (!view.has_input(i)) view.fail("it has no {} (input {})", role, i);
    view.require_type(view.input(i), role, type);
    if (shape.size() > 0) view.require_shape(view.input(i), role, std::vector(shape));
  };
  const auto [time_major, batches, steps, inputs, units] = extents;
  for (std::size_t gate = 0; gate < BL_LSTM_GATES; ++gate) {
    check(In::kInputWeights + gate, "input weights", types.weights, {units, inputs});
    check(In::kHiddenWeights + gate, "recurrent weights", types.weights, {units, units});
    check(In::kBiases + gate, "bias", types.bias, {units});
  }
  check(In::kHiddenState, "hidden state", view.input().type, {});
  check(In::kCellState, "cell state", types.cell, {});
  for (const std::size_t state : {In::kHiddenState, In::kCellState}) {
    check_state(view, state, extents);
  }
  view.require_shape(view.output(), "output",
                     std::array{view.input().shape[0], view.input().shape[1], units});
}

std::vector<Operand> lstm_operands(const OperatorView& view) {
  std::vector<Operand> operands{view.tensor_operand(0)};
  for (const std::size_t first : {In::kInputWeights, In::kHiddenWeights, In::kBiases}) {
    for (std::size_t gate = 0; gate < BL_LSTM_GATES; ++gate) {
      operands.push_back(view.tensor_operand(first + gate));
    }
  }
  operands.push_back(view.tensor_operand(In::kHiddenState));
  operands.push_back(view.tensor_operand(In::kCellState));
  operands.push_back(view.output_operand());
  return operands;
}

}  // namespace boardless::workloads
