// Attaching targets, first sights of blocks, and the sums.
#include "cost_models/timing_run.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/error.h"

namespace boardless::cost_models {

TimingRun::TimingRun(const isa::BlockTable& blocks) : blocks_(blocks) {}

std::size_t TimingRun::add_target(const CoreModel& core, const MemorySystemModel& memory) {
  check(now_ == 0, "targets are attached before the run starts");
  TargetRefs refs;
  refs.pipeline = static_cast<std::size_t>(
      std::ranges::find_if(pipelines_,
                           [&](const Pipeline& pipeline) {
                             return &pipeline.memo.core() == &core &&
                                    pipeline.fetch_buffer == memory.fetch_buffer;
                           }) -
      pipelines_.begin());
  if (refs.pipeline == pipelines_.size()) {
    Pipeline& pipeline = pipelines_.emplace_back(
        Pipeline{PipelineMemo(core, memory.fetch_buffer, blocks_), memory.fetch_buffer, {}});
    for (std::size_t kind = 0; kind < kUnalignedKinds; ++kind) {
      pipeline.unaligned[kind] = unaligned_cycles(core, kind);
    }
  }
  // What prefetch hides and which accesses collide depends on when they happen: a memory system
  // belongs to one pipeline.
  const PipelineClock& clock = pipelines_[refs.pipeline].clock;
  refs.memory = static_cast<std::size_t>(std::ranges::find_if(systems_,
                                                              [&](const auto* s) {
                                                                return &s->clock() == &clock &&
                                                                       s->model().holds_as(memory);
                                                              }) -
                                         systems_.begin());
  if (refs.memory == systems_.size()) {
    if (sets_.empty() || sets_.back().systems.size() == MemorySystem::kBits) {
      sets_.emplace_back(blocks_);
    }
    SystemSet& set = sets_.back();
    MemorySystem& system =
        owned_systems_.emplace_back(memory, blocks_, set.uses, set.systems.size(), clock);
    set.systems.push_back(&system);
    systems_.push_back(&system);
    const auto waits = [&](auto may_wait) {
      return [&memory, may_wait](std::uint32_t i) { return (memory.*may_wait)(i); };
    };
    add_routes(system, waits(&MemorySystemModel::reads_wait), readers_);
    add_routes(system, waits(&MemorySystemModel::writes_wait), writers_);
  }
  refs.timing = systems_[refs.memory]->add_timing(memory);
  refs.model = memory;
  targets_.push_back(std::move(refs));
  first_clock_ = &pipelines_[targets_.front().pipeline].clock;
  first_memory_ = systems_[targets_.front().memory];
  return targets_.size() - 1;
}

template <class Waits>
void TimingRun::add_routes(MemorySystem& system, const Waits& waits, Routes& routes) {
  for (const Region& region : system.model().regions) {
    if (!waits(region.memory)) continue;
    for (std::uint32_t byte = region.begin >> 24; byte <= region.last >> 24; ++byte) {
      routes[byte].push_back({&system, region.memory, region.begin, region.last - region.begin});
    }
  }
}

// A memory that is configured may come to wait: such a system sees all that is reported.
MemorySystem& TimingRun::memory_system(std::size_t target) {
  MemorySystem& system = *systems_[targets_[target].memory];
  for (Routes* routes : {&readers_, &writers_}) {
    std::size_t had = 0;
    for (std::vector<Route>& there : *routes) {
      had += std::erase_if(there, [&](const Route& route) { return route.system == &system; });
    }
    if (had != 0) add_routes(system, [](std::uint32_t) { return true; }, *routes);
  }
  return system;
}

template <class Waits>
TimingRun::Range TimingRun::waiting(const Waits& waits) const {
  std::uint32_t begin = ~std::uint32_t{0}, last = 0;
  for (const MemorySystem* system : systems_) {
    for (const Region& region : system->model().regions) {
      if (!(system->model().*waits)(region.memory)) continue;
      begin = std::min(begin, region.begin);
      last = std::max(last, region.last);
    }
  }
  if (begin > last) return {};
  return {begin, last == ~std::uint32_t{0} ? last : last + 1};
}

TimingRun::Range TimingRun::waiting_reads() const {
  return waiting(&MemorySystemModel::reads_wait);
}

TimingRun::Range TimingRun::waiting_writes() const {
  return waiting(&MemorySystemModel::writes_wait);
}

// Runs inside the engine's loop, through which nothing may be thrown: a failure is kept for
// take_costs().
bool TimingRun::meet(const isa::CodeBlock& block) {
  if (failure_) return false;
  try {
    for (const isa::Instruction& instruction : block.instructions) {
      for (const Pipeline& pipeline : pipelines_) timing_of(pipeline.memo.core(), instruction);
    }
    for (SystemSet& set : sets_) set.uses.meet(block.id);
    met_ = block.id + 1;
    return true;
  } catch (...) {
    failure_ = std::current_exception();
    return false;
  }
}

void TimingRun::fetch_block(SystemSet& set, std::uint32_t block) {
  // Cleared first: a block larger than a cache replaces its own lines.
  const std::uint64_t waiting = std::exchange(set.uses[block].to_fetch, 0);
  std::uint64_t again = 0;
  for (std::uint64_t bits = waiting; bits != 0; bits &= bits - 1) {
    const auto bit = static_cast<std::size_t>(std::countr_zero(bits));
    if (bit >= set.systems.size()) break;
    if (set.systems[bit]->fetch_block(block, now_)) again |= set.systems[bit]->bit();
  }
  set.uses[block].to_fetch |= again;
}

void TimingRun::price_unaligned(std::uint32_t address, std::uint32_t bytes, bool is_store) {
  const std::size_t kind = unaligned_kind(address, bytes, is_store);
  for (Pipeline& pipeline : pipelines_) {
    pipeline.met_unaligned[kind] = true;
    pipeline.spend(StallCause::kUnaligned, pipeline.unaligned[kind]);
  }
}

targets::UsedNumbers TimingRun::Pipeline::used() const {
  targets::UsedNumbers used = memo.used();
  const CoreModel& core = memo.core();
  const auto executed = [&](isa::OperandTimed operation) {
    return (operations >> static_cast<unsigned>(operation) & 1U) != 0;
  };
  const bool is_signed = executed(isa::OperandTimed::kDivideSigned);
  if (const auto& divide = core.operand_timing.divide) {
    if (is_signed || executed(isa::OperandTimed::kDivideUnsigned)) used.add(divide->numbers);
    if (is_signed) used.add(divide->signed_numbers);
  }
  if (const auto& multiply = core.operand_timing.multiply_long) {
    if (executed(isa::OperandTimed::kMultiplyLong)) used.add(multiply->numbers);
  }
  const targets::UseRecorder recorder(used);
  for (std::size_t kind = 0; kind < kUnalignedKinds; ++kind) {
    if (met_unaligned[kind]) unaligned_cycles(core, kind);
  }
  return used;
}

targets::UsedNumbers TimingRun::used_numbers(std::size_t target) const {
  const TargetRefs& refs = targets_[target];
  targets::UsedNumbers used = pipelines_[refs.pipeline].used();
  used.add(cost_models::used_numbers(refs.model, systems_[refs.memory]->use()));
  return used;
}

std::uint64_t TimingRun::cycles_left(std::size_t index) {
  if (now_ == 0) return 0;
  Pipeline& pipeline = pipelines_[targets_.front().pipeline];
  const std::vector<std::uint32_t>& issues = pipeline.memo.issue_cycles();
  const std::uint64_t whole = pipeline.clock.block_cycles;
  if (index >= issues.size() || issues[index] >= whole) return 0;
  return whole - issues[index];
}

void TimingRun::advance(Cycles cycles, StallCause cause) {
  for (Pipeline& pipeline : pipelines_) pipeline.clock.cycles += cycles;
  advanced_[static_cast<std::size_t>(cause)] += cycles;
}

TimingRun::Cost& TimingRun::Cost::operator+=(const Cost& other) {
  cycles += other.cycles;
  instructions += other.instructions;
  for (std::size_t cause = 0; cause < kStallCauses; ++cause) stalls[cause] += other.stalls[cause];
  return *this;
}

std::vector<TimingRun::Cost> TimingRun::take_costs() {
  if (failure_) std::rethrow_exception(failure_);
  std::vector<PipelineMemo::Totals> pipelines;
  for (Pipeline& pipeline : pipelines_) pipelines.push_back(pipeline.memo.take_totals());
  std::vector<std::vector<StallCounts>> systems;
  for (MemorySystem* system : systems_) {
    std::vector<StallCounts>& stalls = systems.emplace_back();
    for (std::size_t i = 0; i < system->timings(); ++i) stalls.push_back(system->take_stalls(i));
  }
  std::vector<Cost> costs;
  for (const TargetRefs& refs : targets_) {
    const PipelineMemo::Totals& core = pipelines[refs.pipeline];
    const StallCounts& spent = pipelines_[refs.pipeline].spent;
    Cost cost{core.cycles, core.instructions, core.stalls};
    for (std::size_t cause = 0; cause < kStallCauses; ++cause) {
      const Cycles more =
          systems[refs.memory][refs.timing][cause] + advanced_[cause] + spent[cause];
      cost.stalls[cause] += more;
      cost.cycles += more;
    }
    costs.push_back(cost);
  }
  advanced_ = {};
  for (Pipeline& pipeline : pipelines_) pipeline.spent = {};
  return costs;
}

}  // namespace boardless::cost_models
