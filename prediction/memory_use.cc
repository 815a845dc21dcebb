// Adds up bytes per memory.
#include "prediction/memory_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "prediction/interpreter_memory.h"

namespace boardless::prediction {
namespace {

// The first and the last of the graph's operators that run while a block is needed. Those of
// subgraphs stand behind the main one's, wherever they run.
std::pair<int, int> operators_of(const ArenaLayout& arena,
                                 const cost_models::ArenaRequest& request) {
  if (arena.run_operators.empty()) return {0, 0};
  const auto [first, last] = std::minmax_element(arena.run_operators.begin() + request.first_op,
                                                 arena.run_operators.begin() + request.last_op + 1);
  return {*first, *last};
}

void fill_arena(const ModelRun& run, Prediction& prediction) {
  for (std::size_t i = 0; i < run.arena.requests.size(); ++i) {
    const cost_models::ArenaRequest& request = run.arena.requests[i];
    const auto [first, last] = operators_of(run.arena, request);
    const bool scratch = std::ranges::find(run.arena.block_of_scratch, static_cast<int>(i)) !=
                         run.arena.block_of_scratch.end();
    prediction.arena.push_back(
        {request.name, run.arena.plan.offsets[i], request.bytes, first, last, scratch});
  }
}

void fill_persistent(const ModelRun& run, Prediction& prediction) {
  if (run.arena.persistent.empty()) return;
  std::vector<PersistentBuffer>& buffers = prediction.persistent.emplace();
  for (const PersistentBlock& block : run.arena.persistent) {
    buffers.push_back({block.name, block.bytes});
  }
  prediction.sram.persistent_bytes.emplace(run.arena.bytes() - run.arena.plan.bytes);
}

std::size_t scratch_buffers(const ModelRun& run) {
  return static_cast<std::size_t>(
      std::ranges::count_if(run.arena.block_of_scratch, [](int block) { return block >= 0; }));
}

std::size_t operator_kinds(const workloads::Graph& graph) {
  std::set<std::pair<workloads::OpKind, std::string>> kinds;
  for (const workloads::Operator& op : graph.operators) kinds.insert({op.kind, op.custom_name});
  return kinds.size();
}

// The arena that an interpreter has to be given, and what of it is free once the model runs.
Bytes fill_tensor_arena(const Workload& workload, const ModelRun& run,
                        const cost_models::Runtime& runtime, Sram& sram) {
  if (!runtime.records) return 0;
  const PlannedArena arena{.bytes = run.arena.plan.bytes,
                           .blocks = run.arena.requests.size(),
                           .scratch = scratch_buffers(run),
                           .variable_bytes = sram.persistent_bytes.value_or(0)};
  const Bytes needed = tensor_arena_bytes(workload.graph, arena, *runtime.records);
  sram.tensor_arena_bytes.emplace(needed);
  return needed - arena.bytes - arena.variable_bytes -
         record_bytes(workload.graph, arena.scratch, *runtime.records);
}

Bytes deepest_stack(const ModelRun& run) {
  Bytes deepest = 0;
  for (const OperatorRun& op : run.operators) deepest = std::max(deepest, op.stack_bytes);
  return deepest;
}

// Total of the named windows that lie in memory `name`, and a line when that is too much.
void check_fit(const targets::Target& target, const std::string& name,
               std::initializer_list<std::tuple<std::string, const char*, Bytes>> windows,
               Prediction& prediction) {
  Bytes needed = 0;
  std::string parts;
  for (const auto& [memory, window, bytes] : windows) {
    if (memory != name || bytes == 0) continue;
    needed += bytes;
    parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", window, bytes);
  }
  const Bytes capacity = target.memory(name).size_bytes;
  if (needed <= capacity) return;
  prediction.fits = false;
  prediction.reasons.push_back(fmt::format("{} needs {} bytes ({}) and has {}: {} too many", name,
                                           needed, parts, capacity, needed - capacity));
}

}  // namespace

Bytes runtime_ram_bytes(const Workload& workload, const ModelRun& run,
                        const cost_models::Runtime& runtime) {
  Bytes bytes = runtime.static_ram_bytes.value() +
                operator_kinds(workload.graph) * runtime.ram_bytes_per_operator_kind.value();
  if (runtime.records) {
    bytes += record_bytes(workload.graph, scratch_buffers(run), *runtime.records);
  }
  return bytes;
}

Bytes runtime_flash_bytes(const Workload& workload, const cost_models::Runtime& runtime) {
  return runtime.code_bytes +
         static_cast<Bytes>(workload.graph.operators.size()) * runtime.code_bytes_per_operator;
}

void fill_memory_use(const Workload& workload, const ModelRun& run, const targets::Target& target,
                     const cost_models::Runtime& runtime, Prediction& prediction) {
  Sram& sram = prediction.sram;
  sram.arena_bytes = run.arena.plan.bytes;
  sram.stack_bytes = deepest_stack(run);
  sram.static_bytes = runtime_ram_bytes(workload, run, runtime);
  Flash& flash = prediction.flash;
  flash.weights_bytes = run.weights_bytes;
  flash.code_bytes = run.code_bytes;
  flash.runtime_bytes = runtime_flash_bytes(workload, runtime);
  if (!runtime.records) flash.runtime_bytes += run.descriptors_bytes;
  if (runtime.model_file_in_flash) {
    flash.weights_bytes =
        std::max(flash.weights_bytes, static_cast<Bytes>(workload.graph.file_bytes));
  }
  fill_persistent(run, prediction);
  const Bytes persistent_bytes = sram.persistent_bytes.value_or(0);
  const Bytes slack = fill_tensor_arena(workload, run, runtime, sram);
  sram.total_bytes = sram.arena_bytes + sram.stack_bytes + sram.static_bytes + persistent_bytes;
  flash.total_bytes = flash.weights_bytes + flash.code_bytes + flash.runtime_bytes;
  sram.capacity_bytes = target.memory(target.placement.arena).size_bytes;
  flash.capacity_bytes = target.memory(target.placement.constants).size_bytes;
  fill_arena(run, prediction);

  const targets::Placement& place = target.placement;
  for (const targets::Memory& memory : target.memories) {
    check_fit(target, memory.name,
              {{place.code, "code", flash.code_bytes + flash.runtime_bytes},
               {place.constants, "weights", flash.weights_bytes},
               {place.arena, "arena", sram.arena_bytes + sram.static_bytes + slack},
               {place.arena, "persistent", persistent_bytes},
               {place.stack, "stack", sram.stack_bytes}},
              prediction);
  }
}

}  // namespace boardless::prediction
