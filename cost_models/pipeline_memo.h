// One pipeline over a run: block costs remembered by (block, entry state), counted as they happen.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "cost_models/block_table.h"
#include "cost_models/block_timer.h"

namespace boardless::cost_models {

class PipelineMemo {
 public:
  PipelineMemo(const CoreModel& core, std::optional<FetchBuffer> fetch, const BlockTable& blocks);

  // The block executes; returns its cycles on this pipeline. `jumped` as in BlockTimer.
  std::uint32_t execute(std::uint32_t block, bool jumped) {
    const std::uint32_t key = state_ * 2 + (jumped ? 1U : 0U);
    if (block >= hot_.size() || hot_[block].key != key) [[unlikely]]
      find_or_time(block, key);
    Edge& edge = edges_[hot_[block].edge];
    ++edge.count;
    state_ = edge.exit_state;
    return edge.cycles;
  }

  struct Totals {
    Cycles cycles = 0;
    std::uint64_t instructions = 0;
    StallCounts stalls{};
  };
  // What has executed since the last call.
  Totals take_totals();

  // Whether an instruction of this class has executed in the whole run.
  bool has_executed(isa::InstructionClass instruction_class) const {
    return executed_[static_cast<std::size_t>(instruction_class)];
  }
  const CoreModel& core() const { return core_; }

 private:
  struct Edge {  // one (block, entry state, jumped)
    std::uint64_t count = 0;
    std::uint32_t cycles = 0;
    std::uint32_t exit_state = 0;
    std::uint32_t block = 0;
    std::uint32_t key = 0;
    std::uint32_t next = kNoEdge;  // another edge of the same block
    StallCounts stalls{};
  };
  struct Hot {  // the edge the block took last
    std::uint32_t key = 0xffffffff;
    std::uint32_t edge = kNoEdge;
    std::uint32_t first = kNoEdge;  // the block's list of edges
  };
  struct StateHash {
    std::size_t operator()(const PipelineState& state) const;
  };
  static constexpr std::uint32_t kNoEdge = 0xffffffff;

  void find_or_time(std::uint32_t block, std::uint32_t key);
  std::uint32_t intern(const PipelineState& state);

  const CoreModel& core_;
  BlockTimer timer_;
  const BlockTable& blocks_;
  std::vector<Hot> hot_;  // by block
  std::vector<Edge> edges_;
  std::vector<PipelineState> states_;
  std::unordered_map<PipelineState, std::uint32_t, StateHash> state_index_;
  std::uint32_t state_ = 0;
  std::array<bool, static_cast<std::size_t>(isa::InstructionClass::kCount)> executed_{};
};

}  // namespace boardless::cost_models
