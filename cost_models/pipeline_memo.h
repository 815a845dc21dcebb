// One pipeline over a run: block costs remembered by (block, entry state), counted as they happen.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "cost_models/block_timer.h"
#include "cost_models/branch_predictor.h"
#include "isa/code_block.h"

namespace boardless::cost_models {

class PipelineMemo {
 public:
  PipelineMemo(const CoreModel& core, std::optional<FetchBuffer> fetch,
               const isa::BlockTable& blocks);

  // The block executes; returns its cycles on this pipeline. `jumped`: it does not follow the block
  // before it in memory.
  std::uint32_t execute(std::uint32_t block, bool jumped) {
    const Arrival arrival = predictor_ ? predictor_->arrive(block, jumped)
                            : jumped   ? Arrival::kTaken
                                       : Arrival::kSequential;
    const std::uint32_t key = state_ * kArrivals + static_cast<std::uint32_t>(arrival);
    Edge& edge = edges_[edge_of(block, key)];
    ++edge.count;
    state_ = edge.exit_state;
    last_edge_ = static_cast<std::uint32_t>(&edge - edges_.data());
    return edge.cycles;
  }

  struct Totals {
    Cycles cycles = 0;
    std::uint64_t instructions = 0;
    StallCounts stalls{};
  };
  // What has executed since the last call.
  Totals take_totals();

  // Of the block executed last: in which of its cycles each instruction issues.
  const std::vector<std::uint32_t>& issue_cycles();

  // Visits what has executed since the last take_totals() as visit(block, entry state, arrival,
  // count, cycles, stalls): one call for each way in which a block was entered.
  template <class Visit>
  void for_each_edge(const Visit& visit) const {
    for (const Edge& edge : edges_) {
      if (edge.count == 0) continue;
      visit(edge.block, states_[edge.key / kArrivals], static_cast<Arrival>(edge.key % kArrivals),
            edge.count, edge.cycles, edge.stalls);
    }
  }
  const BlockTimer& timer() const { return timer_; }

  // The core's numbers that took part in the whole run.
  targets::UsedNumbers used() const;
  const CoreModel& core() const { return core_; }

 private:
  static constexpr std::uint32_t kArrivals = 8;  // a power of two that holds every Arrival
  static_assert(static_cast<std::uint32_t>(Arrival::kCount) <= kArrivals);

  struct Edge {  // one (block, entry state, arrival)
    std::uint64_t count = 0;
    std::uint32_t cycles = 0;
    std::uint32_t exit_state = 0;
    std::uint32_t block = 0;
    std::uint32_t key = 0;
    std::uint32_t next = kNoEdge;  // another edge of the same block
    StallCounts stalls{};
  };
  struct Hot {  // two edges the block took lately
    std::uint32_t keys[2] = {kNoEdge, kNoEdge};
    std::uint32_t edges[2] = {kNoEdge, kNoEdge};
    std::uint32_t first = kNoEdge;  // the block's list of edges
    std::uint32_t oldest = 0;       // which of the two is replaced next
  };
  struct StateHash {
    std::size_t operator()(const PipelineState& state) const;
  };
  static constexpr std::uint32_t kNoEdge = 0xffffffff;

  std::uint32_t edge_of(std::uint32_t block, std::uint32_t key) {
    if (block < hot_.size()) [[likely]] {
      const Hot& hot = hot_[block];
      if (hot.keys[0] == key) return hot.edges[0];
      if (hot.keys[1] == key) return hot.edges[1];
    }
    return find_or_time(block, key);
  }
  std::uint32_t find_or_time(std::uint32_t block, std::uint32_t key);
  std::uint32_t intern(const PipelineState& state);

  const CoreModel& core_;
  BlockTimer timer_;
  const isa::BlockTable& blocks_;
  std::vector<Hot> hot_;  // by block
  std::vector<Edge> edges_;
  std::vector<PipelineState> states_;
  std::unordered_map<PipelineState, std::uint32_t, StateHash> state_index_;
  std::uint32_t state_ = 0;
  std::uint32_t last_edge_ = kNoEdge;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> issues_;  // by edge, as asked for
  std::optional<BranchPredictor> predictor_;
  targets::UsedNumbers walked_;  // in walks
  targets::UsedNumbers predictor_numbers_;
};

}  // namespace boardless::cost_models
