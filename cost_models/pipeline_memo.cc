// The slow path of the memo, and the sums at the end of a stretch.
#include "cost_models/pipeline_memo.h"

namespace boardless::cost_models {

std::size_t PipelineMemo::StateHash::operator()(const PipelineState& state) const {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  const auto mix = [&hash](std::uint64_t value) { hash = (hash ^ value) * 0x100000001b3; };
  const auto mix_registers = [&mix](isa::RegisterMask mask) {
    for (const std::uint64_t word : mask.words()) mix(word);
  };
  for (const PipelineState::Register& reg : state.registers) {
    mix(static_cast<std::uint8_t>(reg.ready) |
        static_cast<std::uint64_t>(static_cast<std::uint8_t>(reg.issued)) << 8 |
        std::uint64_t{reg.writer} << 16);
  }
  for (const std::uint8_t cycles : state.blocked) mix(cycles);
  std::uint64_t pipes = 0;
  for (const std::uint8_t cycles : state.pipes) pipes = pipes << 8 | cycles;
  mix(pipes);
  mix(state.fp_held);
  mix(static_cast<std::uint8_t>(state.flags_issued));
  mix_registers(state.indexed_base);
  mix_registers(state.stored_base);
  mix(state.taken_penalty);
  mix(state.mispredict_penalty);
  mix(state.load_pending * 1U + state.store_pending * 2U + state.store_occupies * 4U +
      state.bank_turn * 8U + state.slot.open * 16U + state.slot.narrow * 32U +
      state.wide_run * 64U + state.at_loop_end * 0x4000U + state.slot.light * 0x8000U +
      state.slot.third_open * 0x10000U + state.slot.bytes * 0x20000U);
  mix(state.loop_end);
  mix(static_cast<std::uint8_t>(state.stored.issued) | std::uint64_t{state.stored.words} << 8 |
      static_cast<std::uint64_t>(static_cast<std::uint32_t>(state.stored.offset)) << 16);
  mix_registers(state.stored.base);
  mix(static_cast<std::uint64_t>(state.slot.instruction_class) << 8 |
      static_cast<std::uint64_t>(state.slot.form));
  mix(static_cast<std::uint32_t>(state.slot.offset));
  mix_registers(state.slot.base);
  mix(state.row);
  mix(state.other_row);
  mix(state.coming_row);
  mix(static_cast<std::uint32_t>(state.coming_ready));
  return hash;
}

PipelineMemo::PipelineMemo(const CoreModel& core, std::optional<FetchBuffer> fetch,
                           const isa::BlockTable& blocks)
    : core_(core), timer_(core, fetch), blocks_(blocks) {
  if (core.prediction) {
    predictor_numbers_ =
        targets::numbers_behind([&] { predictor_.emplace(*core.prediction, blocks); });
  }
  intern(PipelineState{});
}

std::uint32_t PipelineMemo::intern(const PipelineState& state) {
  const auto [found, inserted] =
      state_index_.try_emplace(state, static_cast<std::uint32_t>(states_.size()));
  if (inserted) states_.push_back(state);
  return found->second;
}

std::uint32_t PipelineMemo::find_or_time(std::uint32_t block, std::uint32_t key) {
  if (block >= hot_.size()) hot_.resize(blocks_.size());
  Hot& hot = hot_[block];
  const std::uint32_t way = hot.oldest;
  hot.oldest ^= 1;
  hot.keys[way] = key;
  for (std::uint32_t edge = hot.first; edge != kNoEdge; edge = edges_[edge].next) {
    if (edges_[edge].key == key) {
      return hot.edges[way] = edge;
    }
  }
  const targets::UseRecorder recorder(walked_);
  const BlockCost cost = timer_.time(blocks_[block].instructions, states_[key / kArrivals],
                                     static_cast<Arrival>(key % kArrivals));
  Edge edge;
  edge.cycles = static_cast<std::uint32_t>(cost.cycles);
  edge.exit_state = intern(cost.exit);
  edge.block = block;
  edge.key = key;
  edge.next = hot.first;
  edge.stalls = cost.stalls;
  hot.edges[way] = hot.first = static_cast<std::uint32_t>(edges_.size());
  edges_.push_back(edge);
  return hot.edges[way];
}

const std::vector<std::uint32_t>& PipelineMemo::issue_cycles() {
  const auto [found, inserted] = issues_.try_emplace(last_edge_);
  if (inserted) {
    const Edge& edge = edges_.at(last_edge_);
    for (const InstructionTiming& row :
         timer_.explain(blocks_[edge.block].instructions, states_[edge.key / kArrivals],
                        static_cast<Arrival>(edge.key % kArrivals))) {
      found->second.push_back(static_cast<std::uint32_t>(row.issue));
    }
  }
  return found->second;
}

targets::UsedNumbers PipelineMemo::used() const {
  targets::UsedNumbers used = walked_;
  if (predictor_ && predictor_->has_met_branches()) used.add(predictor_numbers_);
  return used;
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
