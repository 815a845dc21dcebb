// Addresses for everything a model needs, and the arena plan.
#include "prediction/model_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/round_up.h"
#include "kernels/memory_map.h"

namespace boardless::prediction {
namespace {

using workloads::Operand;

void store(sim::MemoryWindow& window, std::uint32_t address, std::span<const std::uint8_t> bytes) {
  std::ranges::copy(bytes, window.at(address, bytes.size()).begin());
}

}  // namespace

std::uint32_t ModelLayout::reserve(Bytes bytes) {
  const Bytes offset = round_up(constants_bytes_, kArenaAlignment);
  constants_bytes_ = offset + bytes;
  if (constants_bytes_ > kernels::kConstantsBytes) {
    throw NotModelled(
        fmt::format("{}: more than {} bytes of constants", graph_.name, kernels::kConstantsBytes));
  }
  return kernels::kConstantsBase + static_cast<std::uint32_t>(offset);
}

ModelLayout::ModelLayout(const workloads::Graph& graph, const workloads::PreparedModel& model)
    : graph_(graph), model_(model), constant_tensor_address_(graph.tensors.size()) {
  for (const auto& op : model.operators) {
    for (const Operand& operand : op.operands) {
      if (operand.kind != Operand::Kind::kTensor) continue;
      const auto& tensor = graph.tensors[static_cast<std::size_t>(operand.index)];
      auto& address = constant_tensor_address_[static_cast<std::size_t>(operand.index)];
      if (tensor.is_constant() && address == 0) {
        address = reserve(tensor.data.size());
        weights_bytes_ += tensor.data.size();
      }
    }
  }
  for (const auto& constant : model.constants) {
    prepared_address_.push_back(reserve(constant.size()));
    weights_bytes_ += constant.size();
  }
  for (const auto& op : model.operators) {
    const Bytes operand_bytes = op.operands.size() * sizeof(std::uint32_t);
    params_address_.push_back(reserve(op.params.size()));
    operands_address_.push_back(reserve(operand_bytes));
    descriptors_bytes_ += op.params.size() + operand_bytes;
  }
}

std::uint32_t ModelLayout::tensor_address(int tensor) const {
  const int kept = arena_.persistent_of_tensor[static_cast<std::size_t>(tensor)];
  if (kept >= 0) return persistent_address(kept);
  const int block = arena_.block_of_tensor[static_cast<std::size_t>(tensor)];
  check(block >= 0, "an activation of a kernel has a place in the arena");
  return kernels::kArenaBase +
         static_cast<std::uint32_t>(arena_.plan.offsets[static_cast<std::size_t>(block)]);
}

std::uint32_t ModelLayout::persistent_address(int block) const {
  return kernels::kArenaBase +
         static_cast<std::uint32_t>(arena_.persistent[static_cast<std::size_t>(block)].offset);
}

std::uint32_t ModelLayout::writable_address(const Operand& operand) const {
  return operand.kind == Operand::Kind::kVariable
             ? persistent_address(
                   arena_.persistent_of_variable[static_cast<std::size_t>(operand.index)])
             : tensor_address(operand.index);
}

Bytes ModelLayout::writable_bytes(const Operand& operand) const {
  const auto index = static_cast<std::size_t>(operand.index);
  return static_cast<Bytes>(operand.kind == Operand::Kind::kVariable
                                ? model_.variables[index].value->bytes()
                                : graph_.tensors[index].bytes());
}

std::uint32_t ModelLayout::operand_address(const Operand& operand) const {
  switch (operand.kind) {
    case Operand::Kind::kAbsent:
      return 0;
    case Operand::Kind::kConstant:
      return prepared_address_[static_cast<std::size_t>(operand.index)];
    case Operand::Kind::kTensor: {
      const std::uint32_t constant =
          constant_tensor_address_[static_cast<std::size_t>(operand.index)];
      return constant != 0 ? constant : tensor_address(operand.index);
    }
    case Operand::Kind::kVariable:
      return writable_address(operand);
  }
  return 0;
}

void ModelLayout::place_state() {
  const auto place = [&](const std::string& name, std::int64_t bytes) {
    arena_.persistent.push_back(
        {name, round_up(arena_.bytes(), kArenaAlignment), static_cast<Bytes>(bytes)});
    return static_cast<int>(arena_.persistent.size()) - 1;
  };
  for (const workloads::Tensor& tensor : graph_.tensors) {
    arena_.persistent_of_tensor.push_back(tensor.is_variable ? place(tensor.name, tensor.bytes())
                                                             : -1);
  }
  for (const workloads::Variable& variable : model_.variables) {
    arena_.persistent_of_variable.push_back(
        variable.value ? place(variable.name, variable.value->bytes()) : -1);
  }
}

void ModelLayout::load_state(sim::KernelMachine& machine) const {
  for (std::size_t i = 0; i < graph_.tensors.size(); ++i) {
    const int block = arena_.persistent_of_tensor[i];
    if (block >= 0) {
      store(machine.arena(), persistent_address(block), initial_value(graph_.tensors[i]));
    }
  }
  for (std::size_t i = 0; i < model_.variables.size(); ++i) {
    const int block = arena_.persistent_of_variable[i];
    if (block >= 0) {
      store(machine.arena(), persistent_address(block), initial_value(*model_.variables[i].value));
    }
  }
}

void ModelLayout::load_constants(sim::KernelMachine& machine) const {
  for (std::size_t i = 0; i < graph_.tensors.size(); ++i) {
    if (constant_tensor_address_[i] == 0) continue;
    store(machine.constants(), constant_tensor_address_[i], graph_.tensors[i].data);
  }
  for (std::size_t i = 0; i < model_.constants.size(); ++i) {
    store(machine.constants(), prepared_address_[i], model_.constants[i]);
  }
  for (std::size_t i = 0; i < model_.operators.size(); ++i) {
    store(machine.constants(), params_address_[i], model_.operators[i].params);
  }
}

std::vector<sim::KernelCall> ModelLayout::load(sim::KernelMachine& machine,
                                               std::span<const KernelChoice> choices,
                                               cost_models::Planner planner) {
  load_constants(machine);
  std::vector<sim::KernelCall> calls;
  std::vector<Bytes> scratch;
  for (std::size_t i = 0; i < model_.operators.size(); ++i) {
    calls.push_back({choices[i].function, params_address_[i], operands_address_[i], 0});
    scratch.push_back(machine.scratch_bytes(choices[i].function, params_address_[i]));
  }
  arena_ = plan_model_arena(graph_, model_, choices, scratch, planner);
  place_state();
  machine.map_arena(arena_.bytes());
  for (std::size_t i = 0; i < model_.operators.size(); ++i) {
    std::vector<std::uint32_t> addresses;
    for (const Operand& operand : model_.operators[i].operands) {
      addresses.push_back(operand_address(operand));
    }
    const auto bytes = std::as_bytes(std::span(addresses));
    store(machine.constants(), operands_address_[i],
          {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    const int block = arena_.block_of_scratch[i];
    if (block >= 0) {
      calls[i].scratch =
          kernels::kArenaBase +
          static_cast<std::uint32_t>(arena_.plan.offsets[static_cast<std::size_t>(block)]);
    }
  }
  return calls;
}

}  // namespace boardless::prediction
