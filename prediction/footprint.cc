// Adds up bytes per memory.
#include "prediction/footprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <tuple>

#include "prediction/interpreter_memory.h"

namespace boardless::prediction {
namespace {

Bytes deepest_stack(const ModelRun& run) {
  Bytes deepest = 0;
  for (const OperatorRun& op : run.operators) deepest = std::max(deepest, op.stack_bytes);
  return deepest;
}

Bytes sum(std::span<const Footprint> models, Bytes Footprint::* part) {
  Bytes bytes = 0;
  for (const Footprint& model : models) bytes += model.*part;
  return bytes;
}

Bytes largest(std::span<const Footprint> models, Bytes Footprint::* part) {
  Bytes bytes = 0;
  for (const Footprint& model : models) bytes = std::max(bytes, model.*part);
  return bytes;
}

std::size_t operator_kinds(std::span<const Footprint> models) {
  std::set<std::pair<workloads::OpKind, std::string>> kinds;
  for (const Footprint& model : models) kinds.insert(model.kinds.begin(), model.kinds.end());
  return kinds.size();
}

// The smallest arena that an interpreter starts in, which all models share: everything that is
// kept and the largest plan, or what planning one model needs beside what was kept before.
Bytes tensor_arena_bytes(std::span<const Footprint> models, Bytes allocator_bytes) {
  Bytes kept = allocator_bytes, planning = 0;
  for (const Footprint& model : models) {
    planning = std::max(planning, kept + model.planning_bytes);
    kept += model.record_bytes;
  }
  return sum(models, &Footprint::persistent_bytes) +
         std::max(planning, kept + largest(models, &Footprint::arena_bytes));
}

// Total of the named windows that lie in memory `name`, and a line when that is too much.
void check_fit(const targets::Target& target, const std::string& name,
               std::initializer_list<std::tuple<std::string, const char*, Bytes>> windows,
               MemoryUse& use) {
  Bytes needed = 0;
  std::string parts;
  for (const auto& [memory, window, bytes] : windows) {
    if (memory != name || bytes == 0) continue;
    needed += bytes;
    parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", window, bytes);
  }
  const Bytes capacity = target.memory(name).size_bytes;
  if (needed <= capacity) return;
  use.fits = false;
  use.reasons.push_back(fmt::format("{} needs {} bytes ({}) and has {}: {} too many", name, needed,
                                    parts, capacity, needed - capacity));
}

}  // namespace

Footprint footprint_of(const Workload& workload, const ModelRun& run,
                       const cost_models::Runtime& runtime) {
  const workloads::Graph& graph = workload.graph;
  Footprint model;
  model.arena_bytes = run.arena.plan.bytes;
  if (!run.arena.persistent.empty()) {
    model.persistent_bytes = run.arena.bytes() - run.arena.plan.bytes;
  }
  model.stack_bytes = deepest_stack(run);
  model.weights_bytes = run.weights_bytes;
  if (runtime.model_file_in_flash) {
    model.weights_bytes = std::max(model.weights_bytes, static_cast<Bytes>(graph.file_bytes));
  }
  model.operators = graph.operators.size();
  for (const workloads::Operator& op : graph.operators) {
    model.kinds.insert({op.kind, op.custom_name});
  }
  for (const OperatorRun& op : run.operators) model.functions.insert(op.kernel.function);
  if (!runtime.records) {
    model.descriptors_bytes = run.descriptors_bytes;
    return model;
  }
  PlannedArena arena{.activations = run.arena.requests.size()};
  for (std::size_t i = 0; i < run.arena.block_of_scratch.size(); ++i) {
    if (run.arena.block_of_scratch[i] < 0) continue;
    --arena.activations;
    arena.scratch.push_back(workload.prepared.operators[i].operator_index);
  }
  const Bytes allocator = runtime.records->allocator_bytes;
  model.record_bytes = record_bytes(graph, arena.scratch, *runtime.records) - allocator;
  model.planning_bytes = planning_bytes(graph, arena, *runtime.records) - allocator;
  return model;
}

Bytes runtime_ram_bytes(std::span<const Footprint> models, const cost_models::Runtime& runtime) {
  return runtime.static_ram_bytes + models.size() * runtime.ram_bytes_per_model +
         operator_kinds(models) * runtime.ram_bytes_per_operator_kind +
         sum(models, &Footprint::record_bytes) +
         (runtime.records ? runtime.records->allocator_bytes.value() : 0);
}

Bytes runtime_flash_bytes(std::span<const Footprint> models, const cost_models::Runtime& runtime) {
  std::size_t operators = 0;
  for (const Footprint& model : models) operators += model.operators;
  return runtime.code_bytes + operators * runtime.code_bytes_per_operator;
}

MemoryUse memory_use(std::span<const Footprint> models, Bytes code_bytes,
                     const targets::Target& target, const cost_models::Runtime& runtime) {
  MemoryUse use;
  Sram& sram = use.sram;
  sram.arena_bytes = largest(models, &Footprint::arena_bytes);
  sram.stack_bytes = largest(models, &Footprint::stack_bytes);
  sram.static_bytes = runtime_ram_bytes(models, runtime);
  const Bytes persistent = sum(models, &Footprint::persistent_bytes);
  if (persistent > 0) sram.persistent_bytes.emplace(persistent);
  sram.total_bytes = sram.arena_bytes + sram.stack_bytes + sram.static_bytes + persistent;
  sram.capacity_bytes = target.memory(target.placement.arena).size_bytes;
  Flash& flash = use.flash;
  flash.weights_bytes = sum(models, &Footprint::weights_bytes);
  flash.code_bytes = code_bytes;
  flash.runtime_bytes =
      runtime_flash_bytes(models, runtime) + sum(models, &Footprint::descriptors_bytes);
  flash.total_bytes = flash.weights_bytes + flash.code_bytes + flash.runtime_bytes;
  flash.capacity_bytes = target.memory(target.placement.constants).size_bytes;
  Bytes free_when_running = 0;  // of the arena that an interpreter has to be given
  if (runtime.records) {
    const Bytes allocator = runtime.records->allocator_bytes;
    const Bytes needed = tensor_arena_bytes(models, allocator);
    sram.tensor_arena_bytes.emplace(needed);
    free_when_running =
        needed - sram.arena_bytes - persistent - allocator - sum(models, &Footprint::record_bytes);
  }
  const targets::Placement& place = target.placement;
  for (const targets::Memory& memory : target.memories) {
    check_fit(target, memory.name,
              {{place.code, "code", flash.code_bytes + flash.runtime_bytes},
               {place.constants, "weights", flash.weights_bytes},
               {place.arena, "arena", sram.arena_bytes + sram.static_bytes + free_when_running},
               {place.arena, "persistent", persistent},
               {place.stack, "stack", sram.stack_bytes}},
              use);
  }
  return use;
}

}  // namespace boardless::prediction
