// Watches one functional run and prices it for any number of targets at once: the sink an engine
// reports to.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <exception>
#include <vector>

#include "cost_models/memory_system.h"
#include "cost_models/pipeline_memo.h"
#include "isa/code_block.h"
#include "isa/memory_port.h"

namespace boardless::cost_models {

class TimingRun {
 public:
  // `blocks` is the engine's; it must outlive the run.
  explicit TimingRun(const isa::BlockTable& blocks);

  // Attaches a target; returns its index. `core` must outlive the run. Targets with equal cores
  // share a pipeline; of these, those whose memories hold the same share what they hold, and those
  // with equal memories all of their simulation.
  std::size_t add_target(const CoreModel& core, const MemorySystemModel& memory);

  // The smallest range of addresses whose loads, or stores, may wait on some attached target: only
  // then must the engine report them. Empty when begin == end.
  struct Range {
    std::uint32_t begin = 0, end = 0;
  };
  Range waiting_reads() const;
  Range waiting_writes() const;

  void on_block(const isa::CodeBlock& block);
  void on_read(std::uint32_t address, std::uint32_t bytes) {
    for (const Route& route : readers_[address >> 24]) {
      if (address - route.begin <= route.above) route.system->read(route.memory, address, now_);
    }
    if ((address & (bytes - 1)) != 0) [[unlikely]]
      price_unaligned(address, bytes, false);
  }
  void on_write(std::uint32_t address, std::uint32_t bytes) {
    for (const Route& route : writers_[address >> 24]) {
      if (address - route.begin <= route.above) route.system->write(route.memory, address, now_);
    }
    if ((address & (bytes - 1)) != 0) [[unlikely]]
      price_unaligned(address, bytes, true);
  }
  void on_operands(isa::OperandTimed operation, std::uint32_t first, std::uint32_t second) {
    for (Pipeline& pipeline : pipelines_) {
      pipeline.operations |= 1U << static_cast<unsigned>(operation);
      pipeline.spend(StallCause::kMultiCycle,
                     extra_cycles(pipeline.memo.core().operand_timing, operation, first, second));
    }
  }

  // Cycles that have passed on target 0 since the run began: what its cycle counter and timers see.
  std::uint64_t now() const {
    return first_clock_ == nullptr ? 0 : first_clock_->cycles + waited();
  }
  // Of the cycles that now() counts, those after instruction `index` of the block reported last
  // issued on target 0.
  std::uint64_t cycles_left(std::size_t index);
  std::uint64_t now(std::size_t target) const {
    const TargetRefs& refs = targets_[target];
    return pipelines_[refs.pipeline].clock.cycles + systems_[refs.memory]->waited(refs.timing);
  }
  // Of the cycles that now() counts, those that target 0 waited for its memories; and by cause,
  // since the last take_costs().
  Cycles waited() const { return first_memory_->waited(); }
  const StallCounts& waits() const { return first_memory_->stalls(); }
  // Time passes on every target without an instruction: exception entry and exit, sleep.
  void advance(Cycles cycles, StallCause cause);

  struct Cost {
    Cycles cycles = 0;
    std::uint64_t instructions = 0;
    StallCounts stalls{};
    Cost& operator+=(const Cost& other);
  };
  // What has run since the last call, by target index. Rethrows what stopped the pricing
  // (NotModelled).
  std::vector<Cost> take_costs();

  // The pipeline of a target, for what it executed.
  const PipelineMemo& pipeline(std::size_t target) const {
    return pipelines_[targets_[target].pipeline].memo;
  }
  // The numbers of a target and its core that took part in its cycles so far.
  targets::UsedNumbers used_numbers(std::size_t target) const;
  // The memories of a target, for firmware that configures them. Shared by targets whose memories
  // hold the same, which cannot be configured.
  MemorySystem& memory_system(std::size_t target);

 private:
  struct Pipeline {
    PipelineMemo memo;
    std::optional<FetchBuffer> fetch_buffer;
    PipelineClock clock;
    StallCounts spent{};  // by operands and alignment, since the last take_costs()
    // What unaligned accesses cost, by kind, and which kinds there were; which operations, by bit.
    std::array<std::uint32_t, kUnalignedKinds> unaligned{};
    std::array<bool, kUnalignedKinds> met_unaligned{};
    std::uint32_t operations = 0;
    targets::UsedNumbers used() const;
    void spend(StallCause cause, std::uint32_t cycles) {
      clock.cycles += cycles;
      spent[static_cast<std::size_t>(cause)] += cycles;
    }
  };
  // A load, or store, at `begin` or up to `above` bytes above it may wait for a system's memory.
  struct Route {
    MemorySystem* system = nullptr;
    std::uint32_t memory = 0;
    std::uint32_t begin = 0, above = 0;
  };
  using Routes = std::array<std::vector<Route>, 256>;  // by the address's first byte
  struct TargetRefs {
    std::size_t pipeline = 0;
    std::size_t memory = 0;   // in systems_,
    std::size_t timing = 0;   // and there
    MemorySystemModel model;  // the target's own: systems are shared by targets of other sources
  };

  // As many memory systems as have a bit of their own in BlockUse::to_fetch.
  struct SystemSet {
    explicit SystemSet(const isa::BlockTable& blocks) : uses(blocks) {}
    BlockUses uses;
    std::vector<MemorySystem*> systems;
  };

  // First sight of a block: false when it cannot be priced.
  bool meet(const isa::CodeBlock& block);
  void fetch_block(SystemSet& set, std::uint32_t block);
  void price_unaligned(std::uint32_t address, std::uint32_t bytes, bool is_store);
  template <class Waits>
  Range waiting(const Waits& waits) const;
  template <class Waits>
  static void add_routes(MemorySystem& system, const Waits& waits, Routes& routes);

  const isa::BlockTable& blocks_;
  std::size_t met_ = 0;  // blocks
  std::deque<Pipeline> pipelines_;
  std::deque<SystemSet> sets_;
  std::vector<MemorySystem*> systems_;  // of all sets
  std::deque<MemorySystem> owned_systems_;
  Routes readers_, writers_;
  std::vector<TargetRefs> targets_;
  const PipelineClock* first_clock_ = nullptr;  // of target 0
  MemorySystem* first_memory_ = nullptr;        // whose first timing is target 0's
  std::uint64_t now_ = 0;                       // blocks executed
  std::uint32_t previous_end_ = 0;
  StallCounts advanced_{};  // since the last take_costs()
  std::exception_ptr failure_;
};

inline void TimingRun::on_block(const isa::CodeBlock& block) {
  if (block.id >= met_ && !meet(block)) [[unlikely]]
    return;
  const bool jumped = block.address != previous_end_;
  previous_end_ = block.end;
  ++now_;
  for (Pipeline& pipeline : pipelines_) {
    const std::uint32_t cycles = pipeline.memo.execute(block.id, jumped);
    pipeline.clock.cycles += cycles;
    pipeline.clock.block_cycles = cycles;
  }
  for (SystemSet& set : sets_) {
    BlockUse& use = set.uses[block.id];
    use.executed = now_;
    if (use.to_fetch != 0) fetch_block(set, block.id);
  }
}

}  // namespace boardless::cost_models
