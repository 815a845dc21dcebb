// Attaching targets, first sights of blocks, and the sums.
#include "cost_models/timing_run.h"

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace boardless::cost_models {

TimingRun::TimingRun(const isa::Variant& variant, const Windows& windows)
    : windows_(windows), blocks_(variant, windows.code_base, windows.code) {}

std::size_t TimingRun::add_target(const CoreModel& core, const MemorySystemModel& memory) {
  check(now_ == 0, "targets are attached before the run starts");
  TargetRefs refs;
  refs.pipeline = pipelines_.size();
  for (std::size_t i = 0; i < pipelines_.size(); ++i) {
    if (&pipelines_[i].core() == &core && fetch_buffers_[i] == memory.fetch_buffer) {
      refs.pipeline = i;
    }
  }
  if (refs.pipeline == pipelines_.size()) {
    pipelines_.emplace_back(core, memory.fetch_buffer, blocks_);
    fetch_buffers_.push_back(memory.fetch_buffer);
  }
  refs.memory = static_cast<std::size_t>(
      std::ranges::find_if(systems_, [&](const auto& s) { return s.model() == memory; }) -
      systems_.begin());
  if (refs.memory == systems_.size()) {
    MemorySystem& system = systems_.emplace_back(memory, blocks_, uses_, refs.memory);
    if (system.caches_code()) caching_systems_.push_back(&system);
    if (std::ranges::any_of(memory.data, &ReadPathModel::wait_states)) {
      reading_systems_.push_back(&system);
    }
  }
  targets_.push_back(refs);
  return targets_.size() - 1;
}

bool TimingRun::needs_constant_reads() const {
  return std::ranges::any_of(reading_systems_, [](const MemorySystem* system) {
    return system->model().waits(Window::kCode) || system->model().waits(Window::kConstants);
  });
}

bool TimingRun::needs_ram_reads() const {
  return std::ranges::any_of(reading_systems_, [](const MemorySystem* system) {
    return system->model().waits(Window::kArena) || system->model().waits(Window::kStack);
  });
}

// Runs inside the engine's callback, through which nothing may be thrown: a failure is kept for
// take_costs().
std::uint32_t TimingRun::find_block(std::uint32_t address, std::uint32_t size) {
  if (failure_) return BlockTable::kNone;
  try {
    const std::uint32_t block = blocks_.find_or_add(address, size);
    uses_.resize(blocks_.size());
    for (const isa::Instruction& instruction : blocks_[block].instructions) {
      for (const PipelineMemo& pipeline : pipelines_) timing_of(pipeline.core(), instruction);
    }
    return block;
  } catch (...) {
    failure_ = std::current_exception();
    return BlockTable::kNone;
  }
}

void TimingRun::fetch_block(std::uint32_t block, std::uint32_t cycles) {
  // Cleared first: a block larger than a cache replaces its own lines.
  const std::uint64_t waiting = std::exchange(uses_[block].to_fetch, 0);
  for (MemorySystem* system : caching_systems_) {
    if ((waiting & system->bit()) != 0) system->fetch_block(block, cycles, now_);
  }
}

std::vector<TimingRun::Cost> TimingRun::take_costs() {
  if (failure_) std::rethrow_exception(failure_);
  std::vector<PipelineMemo::Totals> pipelines;
  for (PipelineMemo& pipeline : pipelines_) pipelines.push_back(pipeline.take_totals());
  std::vector<MemorySystem::Totals> systems;
  for (MemorySystem& system : systems_) systems.push_back(system.take_totals());
  std::vector<Cost> costs;
  for (const TargetRefs& refs : targets_) {
    const PipelineMemo::Totals& core = pipelines[refs.pipeline];
    const MemorySystem::Totals& memory = systems[refs.memory];
    Cost cost{core.cycles + memory.fetch + memory.data, core.instructions, core.stalls};
    cost.stalls[static_cast<std::size_t>(StallCause::kFlashFetch)] += memory.fetch;
    cost.stalls[static_cast<std::size_t>(StallCause::kFlashData)] += memory.data;
    costs.push_back(cost);
  }
  return costs;
}

}  // namespace boardless::cost_models
