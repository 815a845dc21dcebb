// The slow path of the memo, and the sums at the end of a stretch.
#include "cost_models/pipeline_memo.h"

namespace boardless::cost_models {

std::size_t PipelineMemo::StateHash::operator()(const PipelineState& state) const {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  const auto mix = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3; };
  for (const std::int8_t ready : state.ready) mix(static_cast<std::uint8_t>(ready));
  mix(state.indexed_base);
  mix(state.branch_penalty * 8U + state.load_pending * 4U + state.store_pending * 2U +
      state.narrow);
  mix(state.row);
  mix(state.other_row);
  mix(state.coming_row);
  mix(static_cast<std::uint32_t>(state.coming_ready));
  return hash;
}

PipelineMemo::PipelineMemo(const CoreModel& core, std::optional<FetchBuffer> fetch,
                           const BlockTable& blocks)
    : core_(core), timer_(core, fetch), blocks_(blocks) {
  intern(PipelineState{});
}

std::uint32_t PipelineMemo::intern(const PipelineState& state) {
  const auto [found, inserted] =
      state_index_.try_emplace(state, static_cast<std::uint32_t>(states_.size()));
  if (inserted) states_.push_back(state);
  return found->second;
}

void PipelineMemo::find_or_time(std::uint32_t block, std::uint32_t key) {
  if (block >= hot_.size()) hot_.resize(blocks_.size());
  Hot& hot = hot_[block];
  hot.key = key;
  for (std::uint32_t edge = hot.first; edge != kNoEdge; edge = edges_[edge].next) {
    if (edges_[edge].key == key) {
      hot.edge = edge;
      return;
    }
  }
  const BlockCost cost = timer_.time(blocks_[block].instructions, states_[key / 2], key % 2 != 0);
  Edge edge;
  edge.cycles = static_cast<std::uint32_t>(cost.cycles);
  edge.exit_state = intern(cost.exit);
  edge.block = block;
  edge.key = key;
  edge.next = hot.first;
  edge.stalls = cost.stalls;
  hot.edge = hot.first = static_cast<std::uint32_t>(edges_.size());
  edges_.push_back(edge);
  for (const isa::Instruction& instruction : blocks_[block].instructions) {
    executed_[static_cast<std::size_t>(instruction.instruction_class)] = true;
  }
}

PipelineMemo::Totals PipelineMemo::take_totals() {
  Totals totals;
  for (Edge& edge : edges_) {
    if (edge.count == 0) continue;
    totals.cycles += edge.count * edge.cycles;
    totals.instructions += edge.count * blocks_[edge.block].instructions.size();
    for (std::size_t cause = 0; cause < kStallCauses; ++cause) {
      totals.stalls[cause] += edge.count * edge.stalls[cause];
    }
    edge.count = 0;
  }
  return totals;
}

}  // namespace boardless::cost_models
