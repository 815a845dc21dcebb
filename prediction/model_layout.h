// Where a prepared model lies in a kernel machine's windows: constants, descriptors, arena.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/units.h"
#include "prediction/arena_layout.h"
#include "prediction/kernel_library.h"
#include "sim/kernel_machine.h"
#include "workloads/graph/graph.h"
#include "workloads/operators/prepared_model.h"

namespace boardless::prediction {

class ModelLayout {
 public:
  // Lays out the constants; their total is known before a machine exists.
  ModelLayout(const workloads::Graph& graph, const workloads::PreparedModel& model);

  Bytes constants_bytes() const { return constants_bytes_; }  // size of the window
  Bytes weights_bytes() const { return weights_bytes_; }      // of what kernels read
  Bytes descriptors_bytes() const {
    return descriptors_bytes_;
  }  // parameter structs, operand lists

  // Fills the constants window.
  void load_constants(sim::KernelMachine& machine) const;
  // Guest address of an operator's parameters.
  std::uint32_t params_address(std::size_t op) const { return params_address_[op]; }

  // Fills the constants window, asks each kernel for its scratch, plans and maps the arena, and
  // returns the calls in execution order.
  std::vector<sim::KernelCall> load(
      sim::KernelMachine& machine, std::span<const KernelChoice> choices,
      cost_models::Planner planner = cost_models::Planner::kGreedyInOrder);

  const ArenaLayout& arena() const { return arena_; }
  // Puts what variables hold before the first invocation where they lie; after load().
  void load_state(sim::KernelMachine& machine) const;
  // Guest address of a tensor that is no constant; after load().
  std::uint32_t tensor_address(int tensor) const;
  // The same of a variable too, and the bytes that lie there.
  std::uint32_t writable_address(const workloads::Operand& operand) const;
  Bytes writable_bytes(const workloads::Operand& operand) const;

 private:
  std::uint32_t reserve(Bytes bytes);
  std::uint32_t operand_address(const workloads::Operand& operand) const;
  void place_state();
  std::uint32_t persistent_address(int block) const;

  const workloads::Graph& graph_;
  const workloads::PreparedModel& model_;
  Bytes constants_bytes_ = 0, weights_bytes_ = 0, descriptors_bytes_ = 0;
  std::vector<std::uint32_t> constant_tensor_address_;  // by tensor; 0: not used by a kernel
  std::vector<std::uint32_t> prepared_address_;         // by prepared constant
  std::vector<std::uint32_t> params_address_, operands_address_;  // by operator
  ArenaLayout arena_;
};

}  // namespace boardless::prediction
