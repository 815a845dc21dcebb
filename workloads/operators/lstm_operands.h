// The operands of UNIDIRECTIONAL_SEQUENCE_LSTM, whatever its types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "workloads/operators/operator_view.h"

namespace boardless::workloads {

// Inputs: data, a weight of the input for each gate (input, forget, cell, output), one of the
// hidden state for each, three of peepholes, a bias for each gate, two of a projection, hidden and
// cell state, four of a normalisation.
struct LstmInput {
  static constexpr std::size_t kInputWeights = 1;
  static constexpr std::size_t kHiddenWeights = 5;
  static constexpr std::size_t kPeepholes = 9;
  static constexpr std::size_t kBiases = 12;
  static constexpr std::size_t kProjection = 16;
  static constexpr std::size_t kHiddenState = 18;
  static constexpr std::size_t kCellState = 19;
  static constexpr std::size_t kNormalisation = 20;
  static constexpr std::size_t kCount = 24;
};

// As the kernels' parameters have them.
struct LstmExtents {
  std::int32_t time_major;
  std::int32_t batches, steps, inputs, units;
};

// Beside that of the data, which the hidden state and the output have too.
struct LstmTypes {
  DataType weights, bias, cell;
};

// Throws where the operator has not the rank, the number of inputs or the function of its cell gate
// that the kernels have.
LstmExtents lstm_extents(const OperatorView& view);
// Throws where an operand is missing, of another type or shape, or one that the kernels have not.
void check_lstm_operands(const OperatorView& view, const LstmExtents& extents,
                         const LstmTypes& types);
// In the kernels' order: input, weights of the input, of the hidden state, biases, hidden state,
// cell state, output.
std::vector<Operand> lstm_operands(const OperatorView& view);

}  // namespace boardless::workloads
