// A graph made ready for kernels: each operator as a kernel name, its parameter struct
// (kernels/abi.h) and its operands. The host evaluator and the simulated kernels run the same
// thing.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workloads/graph/graph.h"
#include "workloads/operators/schedule.h"

namespace boardless::workloads {

// An address the kernel is given: a tensor of the graph, a prepared constant, a resource variable,
// or nothing.
struct Operand {
  enum class Kind { kAbsent, kTensor, kConstant, kVariable };
  Kind kind = Kind::kAbsent;
  int index = -1;  // into Graph::tensors, PreparedModel::constants or PreparedModel::variables
  friend auto operator<=>(const Operand&, const Operand&) = default;
};

// A resource variable: what every VAR_HANDLE of its name stands for.
struct Variable {
  std::string name;                  // "container/shared name"
  std::vector<int> handles;          // the tensors that VAR_HANDLE writes
  std::optional<Tensor> value = {};  // what it holds; none where nothing reads or assigns it
};

struct PreparedOperator {
  int operator_index = 0;            // into Graph::operators
  std::string kernel;                // "conv_2d_s8": the ABI's name without the library
  std::vector<std::uint8_t> params;  // the bytes of the kernel's parameter struct
  std::vector<Operand> operands;     // in the ABI's order

  // The parameter struct; the caller names the struct that belongs to `kernel`.
  template <class Params>
  Params params_as() const;
};

struct PreparedModel {
  // One for each graph operator that has a kernel, in the same order, then the copies that IF and
  // WHILE make.
  std::vector<PreparedOperator> operators;
  std::vector<std::vector<std::uint8_t>> constants;  // per-channel multipliers and shifts, …
  std::vector<Variable> variables;
  std::vector<Step> schedule;  // what an invocation runs
};

// Computes offsets, fixed-point multipliers, padding and clamps from the graph's quantisation.
// Kernels for int8 are named *_s8; the same operators on uint8 tensors are named *_u8 with the same
// parameter structs (the host evaluator has them; the kernel libraries do not).
// Throws NotModelled that names every operator and every type without kernels ("NAME: operators
// LSTM (3), SVDF (1); type float32"), or the first operator that asks for more than its kernel can
// do; InputError when shapes or quantisation contradict an operator's definition.
PreparedModel prepare(const Graph& graph);

}  // namespace boardless::workloads

#include "workloads/operators/prepared_model_inl.h"
