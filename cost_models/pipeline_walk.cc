// The walk: entering a block, fetching, waiting, issuing.
#include "cost_models/pipeline_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

#include "base/error.h"
#include "cost_models/instruction_kinds.h"

namespace boardless::cost_models {

using isa::AddressForm;
using isa::Instruction;
using isa::InstructionClass;

PipelineWalk::PipelineWalk(const CoreModel& core, const std::optional<FetchBuffer>& fetch,
                           const PipelineState& entry, std::vector<InstructionTiming>* trace)
    : core_(core), fetch_(fetch), state_(entry), trace_(trace) {
  for (std::size_t reg = 0; reg < registers_.size(); ++reg) {
    const PipelineState::Register& from = entry.registers[reg];
    registers_[reg] = {from.ready, from.issued, from.writer};
  }
  for (std::size_t b = 0; b < blocked_until_.size(); ++b) blocked_until_[b] = entry.blocked[b] - 1;
  for (std::size_t p = 0; p < pipe_free_.size(); ++p) pipe_free_[p] = entry.pipes[p] - 1;
  stored_at_ = entry.stored.issued;
  fp_held_until_ = entry.fp_held - 1;
  flags_issued_ = entry.flags_issued;
}

BlockCost PipelineWalk::run(std::span<const Instruction> block, Arrival arrival) {
  for (const Instruction& instruction : block) {
    if (trace_ != nullptr) trace_->push_back({.address = instruction.address});
    if (&instruction == &block.front()) enter(instruction, arrival);
    step(instruction);
  }
  return finish();
}

void PipelineWalk::stall(StallCause cause, std::uint32_t cycles) {
  if (cycles == 0) return;
  now_ += cycles;
  state_.slot.open = state_.slot.third_open = false;
  cost_.stalls[static_cast<std::size_t>(cause)] += cycles;
  if (trace_ != nullptr) trace_->back().stalls[static_cast<std::size_t>(cause)] += cycles;
}

void PipelineWalk::enter(const Instruction& first, Arrival arrival) {
  switch (arrival) {
    case Arrival::kSequential:
      break;
    case Arrival::kTaken:
      stall(StallCause::kBranchRefill, state_.taken_penalty);
      break;
    case Arrival::kUnknownTarget:
      stall(StallCause::kBranchRefill, core_.prediction->unknown_target_penalty);
      break;
    default:
      stall(StallCause::kMispredict, state_.mispredict_penalty);
  }
  if (arrival != Arrival::kSequential) {
    state_.slot.open = state_.slot.third_open = false;
  } else if (state_.at_loop_end) {
    state_.loop_end = 0;  // the loop is over
  }
  state_.at_loop_end = false;
  if (arrival == Arrival::kTaken || arrival == Arrival::kUnknownTarget ||
      arrival == Arrival::kMispredictedTaken) {
    state_.wide_run = 0;
    if (is_wide_misaligned(first)) {
      stall(StallCause::kFetchAlignment, core_.misaligned_wide_target);
    }
  }
  state_.taken_penalty = state_.mispredict_penalty = 0;
}

void PipelineWalk::step(const Instruction& i) {
  const ClassTiming& timing = timing_of(core_, i);
  if (repeats_loop(i)) return;
  fetch(i);
  count_misaligned(i);
  if (may_be_third(i, timing)) {
    issue(i, timing, Slot::kThird);
    return;
  }
  if (may_pair(i, timing)) {
    issue(i, timing, Slot::kYounger);
    return;
  }
  resolve_memory(i);
  const Earliest operands = operands_ready(i, timing);
  if (operands.cycle > now_) {
    stall(operands.cause, static_cast<std::uint32_t>(operands.cycle - now_));
  }
  const std::int64_t unit = unit_free(i, false);
  if (unit > now_) stall(StallCause::kUnitBusy, static_cast<std::uint32_t>(unit - now_));
  wait_for_bank(i);
  issue(i, timing, Slot::kOlder);
}

// Makes the rows holding `i` available.
void PipelineWalk::fetch(const Instruction& i) {
  if (!fetch_) return;
  const std::uint32_t row_bytes = fetch_->row_bytes;
  const std::uint32_t last = (i.end() - 1) / row_bytes * row_bytes;
  for (std::uint32_t row = i.address / row_bytes * row_bytes; row <= last; row += row_bytes) {
    fetch_row(row);
  }
}

void PipelineWalk::fetch_row(std::uint32_t row) {
  if (row == state_.row || row == state_.other_row) return;
  const auto read = static_cast<std::int32_t>(fetch_->wait_states) + 1;
  if (row == state_.coming_row) {
    if (state_.coming_ready > now_) {
      stall(StallCause::kFlashFetch, static_cast<std::uint32_t>(state_.coming_ready - now_));
    }
  } else {
    stall(StallCause::kFlashFetch, fetch_->wait_states);
  }
  state_.other_row = state_.row;
  state_.row = row;
  if (fetch_->lookahead) {
    state_.coming_row = row + fetch_->row_bytes;
    state_.coming_ready = static_cast<std::int32_t>(now_) + read;
  }
}

// A run of misaligned 32-bit instructions empties the fetch queue by one word, once.
void PipelineWalk::count_misaligned(const Instruction& i) {
  if (core_.misaligned_wide_run == 0) return;
  if (!is_wide_misaligned(i)) {
    state_.wide_run = 0;
  } else if (state_.wide_run < core_.misaligned_wide_run) {
    if (++state_.wide_run == core_.misaligned_wide_run) stall(StallCause::kFetchAlignment, 1);
  }
}

// Whether load `i` goes out in the second cycle of the load before it.
bool PipelineWalk::continues_chain(const Instruction& i) const {
  switch (core_.indexed_load_chain) {
    case IndexedLoadChain::kAny:
      return true;
    case IndexedLoadChain::kDifferentBase:
      return !(is_indexed(i) && (i.address_reads & state_.indexed_base).any());
    case IndexedLoadChain::kFirstOnly:
      return !is_indexed(i);
  }
  return false;
}

bool PipelineWalk::hides_load(const Instruction& i) const {
  if (is_single_load(i)) return continues_chain(i);
  if (is_single_store(i)) {
    if (i.form == AddressForm::kRegister) return false;
    return is_indexed(i) ? core_.indexed_store_hides_load : core_.store_hides_load;
  }
  return core_.nop_hides_load && i.instruction_class == InstructionClass::kNop;
}

// Charges what the load or store before could not hide behind `i`.
void PipelineWalk::resolve_memory(const Instruction& i) {
  if (state_.load_pending && !hides_load(i)) stall(StallCause::kLoad, 1);
  if (state_.store_occupies &&
      !(core_.nop_hides_store && i.instruction_class == InstructionClass::kNop)) {
    stall(StallCause::kStore, core_.store_register_offset);
  }
  if (state_.store_pending && i.is_load()) stall(StallCause::kStore, core_.store_to_load);
  if (is_single_store(i) && is_indexed(i) && (i.address_reads & state_.stored_base).any()) {
    stall(StallCause::kStore, 1);
  }
  state_.load_pending = state_.store_occupies = state_.store_pending = false;
}

void PipelineWalk::issue(const Instruction& i, const ClassTiming& timing, Slot slot) {
  const bool younger = slot != Slot::kOlder;
  std::uint32_t occupancy = timing.occupancy(i);
  // The second cycle of a single load is charged when the next instruction fails to hide it.
  const bool overlappable = core_.loads_overlap && is_single_load(i) && !i.writes_pc;
  if (overlappable) --occupancy;
  const std::int64_t cycle = younger ? now_ - 1 : now_;
  if (trace_ != nullptr) {
    trace_->back().issue = static_cast<Cycles>(cycle);
    trace_->back().paired = younger;
  }
  write_results(i, timing, cycle, younger);
  if (timing.pipes != 0) {
    pipe_free_[static_cast<std::size_t>(free_pipe(timing))] = cycle + timing.pipe_cycles(i);
  }
  remember_store(i, cycle);
  if (!younger) stall(StallCause::kIssue, 1);
  if (occupancy > 1) stall(StallCause::kMultiCycle, occupancy - 1);
  for (std::size_t b = 0; b < core_.blocks.size(); ++b) {
    if (core_.blocks[b].after.contains(i.instruction_class)) {
      blocked_until_[b] = cycle + 1 + core_.blocks[b].cycles;
    }
  }
  if (slot == Slot::kThird) {
    state_.slot.third_open = false;
  } else if (slot == Slot::kYounger) {
    state_.slot.open = false;
  } else {
    state_.load_pending = overlappable;
    state_.store_pending = is_single_store(i);
    state_.store_occupies =
        is_single_store(i) && i.form == AddressForm::kRegister && core_.store_register_offset != 0;
    const isa::RegisterMask none;
    const isa::RegisterMask updated = is_indexed(i) ? i.address_reads & i.writes : none;
    const bool matters = core_.indexed_load_chain == IndexedLoadChain::kDifferentBase;
    state_.indexed_base = matters && is_single_load(i) ? updated : none;
    state_.stored_base = core_.indexed_store_chain_breaks && is_single_store(i) ? updated : none;
    open_slot(i);
  }
  if (younger) state_.slot.bytes = static_cast<std::uint8_t>(state_.slot.bytes + i.size);
  set_branch_penalties(i, timing, cycle);
}

// `i` has issued as the older one: what may join it.
void PipelineWalk::open_slot(const Instruction& i) {
  if (!core_.pairs || core_.pairs->never.contains(i.instruction_class)) return;
  state_.slot = {.open = true, .narrow = i.size == 2, .instruction_class = i.instruction_class};
  state_.slot.light = i.light && core_.pairs->light_with_any;
  if (!core_.pairs->third.empty()) {
    state_.slot.third_open = true;
    state_.slot.bytes = i.size;
  }
  if (core_.pairs->load_bank_bytes != 0 && is_single_load(i)) {
    state_.slot.form = i.form;
    state_.slot.offset = access_offset(i);
    state_.slot.base = i.address_reads;
  }
}

void PipelineWalk::write_results(const Instruction& i, const ClassTiming& timing,
                                 std::int64_t cycle, bool younger) {
  const std::int64_t ahead = ahead_of_operands(i, timing, cycle);
  if (core_.fp_issue_ahead != 0 && is_fp(i.instruction_class)) fp_held_until_ = cycle + 1 + ahead;
  std::int64_t result = cycle + timing.latency(i) + ahead;
  const std::int64_t flags = result;
  const std::int64_t core_result = cycle + timing.core_latency(i);
  result -= stages_early(i, timing, cycle, younger);
  for (const int reg : i.writes) {
    RegisterTime& time = registers_[static_cast<std::size_t>(reg)];
    if (is_indexed(i) && i.address_reads.has(reg)) {
      // An updated base leaves the address generator, ready for the next cycle's address.
      time = {cycle + 1 - static_cast<std::int64_t>(core_.address_early), cycle,
              PipelineState::kNoWriter};
    } else {
      const bool core = timing.core_delay != timing.result_delay && reg < kCoreRegisters;
      time = {reg == isa::kFlagsRegister ? flags
              : core                     ? core_result
                                         : result,
              cycle, static_cast<std::uint8_t>(i.instruction_class)};
    }
    if (reg == isa::kFlagsRegister) flags_issued_ = cycle;
  }
}

void PipelineWalk::set_branch_penalties(const Instruction& i, const ClassTiming& timing,
                                        std::int64_t cycle) {
  if (i.instruction_class == InstructionClass::kLoopEnd && core_.loop_cache) {
    state_.at_loop_end = true;
    state_.loop_end = i.address;
  }
  if (!i.is_branch()) return;
  constexpr int kLinkRegister = 14;
  state_.taken_penalty = timing.taken_penalty;
  if (i.is_load() && i.instruction_class != InstructionClass::kTableBranch) {
    state_.taken_penalty = core_.pc_load_penalty;
  } else if (core_.link_register_forwarded &&
             i.instruction_class == InstructionClass::kBranchIndirect &&
             i.reads.has(kLinkRegister) && registers_[kLinkRegister].ready < cycle) {
    state_.taken_penalty = core_.link_register_penalty;
  }
  const bool reads_flags = core_.branches_resolve_late && i.reads.has(isa::kFlagsRegister);
  if (reads_flags && registers_[isa::kFlagsRegister].ready > cycle) {
    state_.taken_penalty += core_.late_flags_penalty;
  }
  if (core_.prediction) {
    const BranchPredictionModel& prediction = *core_.prediction;
    const bool early = reads_flags && prediction.early_flags_cycles != 0 &&
                       cycle - flags_issued_ >= prediction.early_flags_cycles;
    state_.mispredict_penalty =
        early ? prediction.early_flags_penalty.value() : prediction.mispredict_penalty.value();
    if (timing.mispredict_penalty) state_.mispredict_penalty = *timing.mispredict_penalty;
  }
}

// The register's times for the next block, forgotten where nothing can depend on them any more.
PipelineState::Register PipelineWalk::relative(const RegisterTime& time) const {
  std::int64_t horizon = time.ready;
  if (time.writer != PipelineState::kNoWriter) {
    for (const Bypass& bypass : core_.bypasses) {
      if (bypass.from.contains(static_cast<InstructionClass>(time.writer))) {
        horizon = std::max<std::int64_t>(horizon, time.issued + bypass.latency);
      }
    }
  }
  if (horizon - now_ <= -static_cast<std::int64_t>(core_.ready_horizon)) return {};
  const std::int64_t ready = std::max<std::int64_t>(time.ready - now_, PipelineState::kLongReady);
  const bool bypassed = horizon != time.ready || std::ranges::any_of(core_.bypasses, [&](auto& b) {
                          return b.from.contains(static_cast<InstructionClass>(time.writer));
                        });
  // A core's file may say numbers that sum to more.
  constexpr std::int64_t kMost = std::numeric_limits<std::int8_t>::max();
  if (ready > kMost || now_ - time.issued > kMost) {
    throw NotModelled(
        fmt::format("core '{}': a result that is awaited for {} cycles; at most {} are", core_.name,
                    std::max(ready, now_ - time.issued), kMost));
  }
  if (!bypassed) return {static_cast<std::int8_t>(ready), 0, PipelineState::kNoWriter};
  return {static_cast<std::int8_t>(ready), static_cast<std::int8_t>(time.issued - now_),
          time.writer};
}

BlockCost PipelineWalk::finish() {
  for (std::size_t reg = 0; reg < registers_.size(); ++reg) {
    state_.registers[reg] = relative(registers_[reg]);
  }
  if (!state_.slot.open && !state_.slot.third_open) state_.slot = {};
  const auto left = [this](std::int64_t until) {
    const std::int64_t cycles = std::max<std::int64_t>(until - (now_ - 1), 0);
    check(cycles < 256, "a unit's latency fits the state");
    return static_cast<std::uint8_t>(cycles);
  };
  std::ranges::transform(blocked_until_, state_.blocked.begin(), left);
  std::ranges::transform(pipe_free_, state_.pipes.begin(), left);
  state_.stored.issued = static_cast<std::int8_t>(std::max<std::int64_t>(stored_at_ - now_, -128));
  if (!core_.bank_hazard ||
      state_.stored.issued + static_cast<int>(core_.bank_hazard->distance) < 0) {
    state_.stored = {};
  }
  state_.fp_held = left(fp_held_until_);
  const bool flags_matter = core_.prediction && core_.prediction->early_flags_cycles != 0;
  state_.flags_issued = PipelineState::kFlagsLongAgo;
  if (flags_matter) {
    state_.flags_issued = static_cast<std::int8_t>(
        std::max<std::int64_t>(flags_issued_ - now_, PipelineState::kFlagsLongAgo));
  }
  state_.coming_ready = std::max<std::int32_t>(state_.coming_ready - static_cast<int>(now_), 0);
  cost_.cycles = static_cast<Cycles>(now_);
  cost_.exit = state_;
  return cost_;
}

}  // namespace boardless::cost_models
