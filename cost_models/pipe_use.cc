// The walk's rules on vector pipes, memory banks behind stores, and remembered loop ends.
#include <algorithm>

#include "cost_models/instruction_kinds.h"
#include "cost_models/pipeline_walk.h"

namespace boardless::cost_models {

using isa::AddressForm;
using isa::Instruction;
using isa::InstructionClass;

// The end of a loop that the core remembers: it goes back without having executed LE.
bool PipelineWalk::repeats_loop(const Instruction& i) {
  if (!core_.loop_cache || i.instruction_class != InstructionClass::kLoopEnd) return false;
  state_.at_loop_end = true;
  if (state_.loop_end != i.address) return false;
  if (trace_ != nullptr)
    trace_->back().issue = static_cast<Cycles>(std::max<std::int64_t>(now_, 0));
  state_.taken_penalty = state_.mispredict_penalty = 0;
  constexpr std::size_t kLinkRegister = 14;
  registers_[kLinkRegister] = {now_, now_, PipelineState::kNoWriter};
  return true;
}

// Of the pipes that can take the class, the one that is free first.
int PipelineWalk::free_pipe(const ClassTiming& timing) const {
  int best = -1;
  for (int p = 0; p < static_cast<int>(pipe_free_.size()); ++p) {
    if ((timing.pipes >> p & 1) == 0) continue;
    if (best < 0 ||
        pipe_free_[static_cast<std::size_t>(p)] < pipe_free_[static_cast<std::size_t>(best)]) {
      best = p;
    }
  }
  return best;
}

namespace {

std::uint8_t words_of(const Instruction& i) {
  return static_cast<std::uint8_t>(std::max(i.registers * i.access_bytes / 4, 1));
}

}  // namespace

void PipelineWalk::remember_store(const Instruction& i, std::int64_t cycle) {
  if (!core_.bank_hazard || !core_.bank_hazard->stores.contains(i.instruction_class)) return;
  stored_at_ = cycle;
  const bool known = i.form == AddressForm::kImmediate;
  state_.stored = {.words = words_of(i),
                   .offset = known ? i.address_offset : 0,
                   .base = known ? i.address_reads : isa::RegisterMask{}};
}

// Whether the first words of the load lie in the banks of the store's first words.
bool PipelineWalk::meets_store(const Instruction& i) {
  const BankHazard& hazard = *core_.bank_hazard;
  const RecentStore& store = state_.stored;
  if (store.base.none() || i.form != AddressForm::kImmediate || i.address_reads != store.base) {
    state_.bank_turn = !state_.bank_turn;
    return state_.bank_turn;
  }
  constexpr std::int32_t kWordsACycle = 2;
  const auto banks = static_cast<std::int32_t>(hazard.banks.value());
  const auto bytes = static_cast<std::int32_t>(hazard.bank_bytes.value());
  const auto bank_of = [&](std::int32_t offset, std::int32_t word) {
    return ((offset / bytes + word) % banks + banks) % banks;
  };
  for (std::int32_t s = 0; s < std::min<std::int32_t>(store.words, kWordsACycle); ++s) {
    for (std::int32_t l = 0; l < std::min<std::int32_t>(words_of(i), kWordsACycle); ++l) {
      if (bank_of(store.offset, s) == bank_of(i.address_offset, l)) return true;
    }
  }
  return false;
}

void PipelineWalk::wait_for_bank(const Instruction& i) {
  if (!core_.bank_hazard || state_.stored.words == 0) return;
  const BankHazard& hazard = *core_.bank_hazard;
  if (now_ - stored_at_ != hazard.distance || !hazard.loads.contains(i.instruction_class)) return;
  if (meets_store(i)) stall(StallCause::kBusConflict, hazard.cycles);
}

}  // namespace boardless::cost_models
