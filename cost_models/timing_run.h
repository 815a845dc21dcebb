// Watches one functional run and prices it for any number of targets at once: the sink an engine
// reports to.
#pragma once

#include <cstdint>
#include <deque>
#include <exception>
#include <span>
#include <vector>

#include "cost_models/memory_system.h"
#include "cost_models/pipeline_memo.h"
#include "isa/variant.h"

namespace boardless::cost_models {

class TimingRun {
 public:
  struct Windows {
    std::uint32_t code_base = 0;
    std::span<const std::uint8_t> code;
    // Reads from here on are of constants, of the arena, of the stack; below them of code.
    std::uint32_t constants_base = 0, arena_base = 0, stack_base = 0;
  };

  TimingRun(const isa::Variant& variant, const Windows& windows);

  // Attaches a target; returns its index. `core` must outlive the run. Targets with equal cores and
  // memory systems share their simulation.
  std::size_t add_target(const CoreModel& core, const MemorySystemModel& memory);

  // Whether any attached target prices reads of code and constants, or of the arena and stack: only
  // then must the engine report them.
  bool needs_constant_reads() const;
  bool needs_ram_reads() const;

  void on_block(std::uint32_t address, std::uint32_t size);
  void on_read(std::uint32_t address, std::uint32_t) {
    const Window window = address < windows_.constants_base ? Window::kCode
                          : address < windows_.arena_base   ? Window::kConstants
                          : address < windows_.stack_base   ? Window::kArena
                                                            : Window::kStack;
    for (MemorySystem* system : reading_systems_) system->read(window, address, now_);
  }

  struct Cost {
    Cycles cycles = 0;
    std::uint64_t instructions = 0;
    StallCounts stalls{};
  };
  // What has run since the last call, by target index. Rethrows what stopped the pricing
  // (NotModelled).
  std::vector<Cost> take_costs();

  // The pipeline of a target, for what it executed.
  const PipelineMemo& pipeline(std::size_t target) const {
    return pipelines_[targets_[target].pipeline];
  }

 private:
  struct TargetRefs {
    std::size_t pipeline = 0;
    std::size_t memory = 0;
  };

  std::uint32_t find_block(std::uint32_t address, std::uint32_t size);
  void fetch_block(std::uint32_t block, std::uint32_t cycles);

  Windows windows_;
  BlockTable blocks_;
  std::vector<BlockUse> uses_;  // by block
  std::deque<PipelineMemo> pipelines_;
  std::deque<MemorySystem> systems_;
  std::vector<MemorySystem*> caching_systems_, reading_systems_;
  std::vector<std::optional<FetchBuffer>> fetch_buffers_;  // by pipeline
  std::vector<TargetRefs> targets_;
  std::uint64_t now_ = 0;  // blocks executed
  std::uint32_t previous_end_ = 0;
  std::exception_ptr failure_;
};

inline void TimingRun::on_block(std::uint32_t address, std::uint32_t size) {
  std::uint32_t block = blocks_.lookup(address);
  if (block == BlockTable::kNone || blocks_[block].end != address + size) [[unlikely]] {
    block = find_block(address, size);
    if (block == BlockTable::kNone) return;
  }
  const bool jumped = address != previous_end_;
  previous_end_ = address + size;
  uses_[block].executed = ++now_;
  std::uint32_t cycles = 0;
  for (PipelineMemo& pipeline : pipelines_) cycles = pipeline.execute(block, jumped);
  if (uses_[block].to_fetch != 0) fetch_block(block, cycles);
}

}  // namespace boardless::cost_models
