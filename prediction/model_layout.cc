// Addresses for everything a model needs, and the arena plan.
#include "prediction/model_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "kernels/memory_map.h"

namespace boardless::prediction {
namespace {

using workloads::Operand;

constexpr Bytes kAlignment = 16;  // of every constant, as TFLite aligns its buffers

void store(sim::MemoryWindow& window, std::uint32_t address, std::span<const std::uint8_t> bytes) {
  std::ranges::copy(bytes, window.at(address, bytes.size()).begin());
}

}  // namespace

std::uint32_t ModelLayout::reserve(Bytes bytes) {
  const Bytes offset = (constants_bytes_ + kAlignment - 1) / kAlignment * kAlignment;
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
  const int block = arena_.block_of_tensor[static_cast<std::size_t>(tensor)];
  check(block >= 0, "an activation of a kernel has a place in the arena");
  return kernels::kArenaBase +
         static_cast<std::uint32_t>(arena_.plan.offsets[static_cast<std::size_t>(block)]);
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
  }
  return 0;
}

void ModelLayout::plan_arena(std::span<const Bytes> scratch) {
  const int last_op = static_cast<int>(model_.operators.size()) - 1;
  arena_.block_of_tensor.assign(graph_.tensors.size(), -1);
  arena_.block_of_scratch.assign(model_.operators.size(), -1);
  const auto touch = [&](int tensor, int op) {
    const auto& info = graph_.tensors[static_cast<std::size_t>(tensor)];
    if (info.is_constant()) return;
    int& block = arena_.block_of_tensor[static_cast<std::size_t>(tensor)];
    if (block < 0) {
      block = static_cast<int>(arena_.requests.size());
      arena_.requests.push_back({info.name, static_cast<Bytes>(info.bytes()), op, op});
    }
    auto& request = arena_.requests[static_cast<std::size_t>(block)];
    request.last_op = std::max(request.last_op, op);
  };
  for (const int input : graph_.inputs) touch(input, 0);
  for (int op = 0; op <= last_op; ++op) {
    for (const Operand& operand : model_.operators[static_cast<std::size_t>(op)].operands) {
      if (operand.kind == Operand::Kind::kTensor) touch(operand.index, op);
    }
  }
  for (const int output : graph_.outputs) touch(output, last_op);
  for (int op = 0; op <= last_op; ++op) {
    const Bytes bytes = scratch[static_cast<std::size_t>(op)];
    if (bytes == 0) continue;
    arena_.block_of_scratch[static_cast<std::size_t>(op)] =
        static_cast<int>(arena_.requests.size());
    arena_.requests.push_back({fmt::format("scratch of operator {}", op), bytes, op, op});
  }
  arena_.plan = cost_models::plan_arena(arena_.requests);
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
                                               std::span<const KernelChoice> choices) {
  load_constants(machine);
  std::vector<sim::KernelCall> calls;
  std::vector<Bytes> scratch;
  for (std::size_t i = 0; i < model_.operators.size(); ++i) {
    calls.push_back({choices[i].function, params_address_[i], operands_address_[i], 0});
    scratch.push_back(machine.scratch_bytes(choices[i].function, params_address_[i]));
  }
  plan_arena(scratch);
  machine.map_arena(arena_.plan.bytes);
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
