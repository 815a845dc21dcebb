// The pipeline walk: one instruction after another, each cycle charged to one cause.
#include "cost_models/block_timer.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.h"

namespace boardless::cost_models {
namespace {

using isa::AddressForm;
using isa::Instruction;
using isa::InstructionClass;

bool is_single_load(const Instruction& i) {
  return i.instruction_class == InstructionClass::kLoad ||
         i.instruction_class == InstructionClass::kFpLoad;
}
bool is_single_store(const Instruction& i) {
  return i.instruction_class == InstructionClass::kStore ||
         i.instruction_class == InstructionClass::kFpStore;
}
bool is_indexed(const Instruction& i) {
  return i.form == AddressForm::kPreIndexed || i.form == AddressForm::kPostIndexed;
}
bool is_wide_misaligned(const Instruction& i) { return i.size == 4 && i.address % 4 != 0; }

}  // namespace

// One walk over one block. `now_` counts cycles since the block's first.
class BlockTimer::Walk {
 public:
  Walk(const BlockTimer& timer, const PipelineState& entry)
      : core_(timer.core_), fetch_(timer.fetch_), state_(entry) {
    std::ranges::copy(entry.ready, ready_.begin());
  }

  void enter(const Instruction& first, bool jumped) {
    if (jumped && state_.branch_penalty != 0) {
      stall(StallCause::kBranchRefill, state_.branch_penalty);
      if (is_wide_misaligned(first)) {
        stall(StallCause::kFetchAlignment, core_.misaligned_wide_target);
      }
    }
    state_.branch_penalty = 0;
  }

  void step(const Instruction& i) {
    fetch(i);
    if (i.instruction_class == InstructionClass::kIfThen && core_.if_then_folds && state_.narrow) {
      state_.narrow = false;
      return;
    }
    resolve_load(i);
    if (state_.store_pending && i.is_load()) stall(StallCause::kStore, core_.store_to_load);
    state_.store_pending = false;
    wait_for_operands(i);
    issue(i, timing_of(core_, i));
    state_.narrow = i.size == 2;
  }

  BlockCost finish() {
    for (std::size_t reg = 0; reg < ready_.size(); ++reg) {
      const std::int64_t left =
          std::max<std::int64_t>(ready_[reg] - now_, PipelineState::kLongReady);
      check(left < 128, "a result's latency fits the state");
      state_.ready[reg] = static_cast<std::int8_t>(left);
    }
    state_.coming_ready = std::max<std::int32_t>(state_.coming_ready - static_cast<int>(now_), 0);
    cost_.cycles = static_cast<Cycles>(now_);
    cost_.exit = state_;
    return cost_;
  }

 private:
  void stall(StallCause cause, std::uint32_t cycles) {
    now_ += cycles;
    cost_.stalls[static_cast<std::size_t>(cause)] += cycles;
  }

  // Makes the rows holding `i` available.
  void fetch(const Instruction& i) {
    if (!fetch_) return;
    const std::uint32_t row_bytes = fetch_->row_bytes;
    const std::uint32_t last = (i.end() - 1) / row_bytes * row_bytes;
    for (std::uint32_t row = i.address / row_bytes * row_bytes; row <= last; row += row_bytes) {
      fetch_row(row);
    }
  }

  void fetch_row(std::uint32_t row) {
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

  // Whether load `i` goes out in the second cycle of the load before it.
  bool continues_chain(const Instruction& i) const {
    if (core_.misaligned_wide_load_breaks_chain && is_wide_misaligned(i)) return false;
    switch (core_.indexed_load_chain) {
      case IndexedLoadChain::kAny:
        return true;
      case IndexedLoadChain::kDifferentBase:
        return !(is_indexed(i) && (i.address_reads & state_.indexed_base) != 0);
      case IndexedLoadChain::kFirstOnly:
        return !is_indexed(i);
    }
    return false;
  }

  bool hides_load(const Instruction& i) const {
    if (is_single_load(i)) return continues_chain(i);
    if (is_single_store(i)) return core_.store_hides_load && i.form != AddressForm::kRegister;
    return core_.nop_hides_load && i.instruction_class == InstructionClass::kNop;
  }

  void resolve_load(const Instruction& i) {
    if (!state_.load_pending) return;
    state_.load_pending = false;
    if (!hides_load(i)) stall(StallCause::kLoad, 1);
  }

  void wait_for_operands(const Instruction& i) {
    std::int64_t operand = now_;
    std::int64_t address = now_;
    for (isa::RegisterMask rest = i.reads; rest != 0; rest &= rest - 1) {
      const int reg = std::countr_zero(rest);
      const std::int64_t ready = ready_[static_cast<std::size_t>(reg)];
      if ((i.address_reads & isa::register_bit(reg)) != 0) {
        address = std::max<std::int64_t>(address, ready + core_.address_early);
      } else {
        operand = std::max(operand, ready);
      }
    }
    if (address > now_ && address >= operand) {
      stall(StallCause::kAddress, static_cast<std::uint32_t>(address - now_));
    } else if (operand > now_) {
      stall(StallCause::kOperand, static_cast<std::uint32_t>(operand - now_));
    }
  }

  void issue(const Instruction& i, const ClassTiming& timing) {
    std::uint32_t occupancy = timing.cycles + timing.per_register * i.registers;
    const std::int64_t start = now_;
    const std::int64_t result = start + occupancy + timing.result_delay;
    // The second cycle of a single load is charged when the next instruction fails to hide it.
    const bool overlappable = core_.loads_overlap && is_single_load(i);
    if (overlappable) --occupancy;
    stall(StallCause::kIssue, 1);
    if (occupancy > 1) stall(StallCause::kMultiCycle, occupancy - 1);
    if (is_single_store(i) && i.form == AddressForm::kRegister) {
      stall(StallCause::kStore, core_.store_register_offset);
    }
    const isa::RegisterMask base_update = is_indexed(i) ? i.address_reads & i.writes : 0;
    for (isa::RegisterMask rest = i.writes; rest != 0; rest &= rest - 1) {
      const int reg = std::countr_zero(rest);
      // An updated base leaves the address generator, ready for the next address.
      const bool from_agu = (base_update & isa::register_bit(reg)) != 0;
      ready_[static_cast<std::size_t>(reg)] = from_agu ? start : result;
    }
    state_.load_pending = overlappable;
    state_.indexed_base = is_single_load(i) ? base_update : 0;
    state_.store_pending = is_single_store(i);
    if (i.is_load() && i.writes_pc()) {
      state_.branch_penalty = i.instruction_class == InstructionClass::kTableBranch
                                  ? timing.taken_penalty.value
                                  : core_.pc_load_penalty.value;
      state_.load_pending = false;
    } else if (i.is_branch()) {
      state_.branch_penalty = timing.taken_penalty;
    }
  }

  const CoreModel& core_;
  const std::optional<FetchBuffer>& fetch_;
  PipelineState state_;
  BlockCost cost_;
  std::array<std::int64_t, isa::kRegisterCount> ready_{};  // in cycles since the block's first
  std::int64_t now_ = 0;
};

BlockTimer::BlockTimer(const CoreModel& core, std::optional<FetchBuffer> fetch)
    : core_(core), fetch_(fetch) {}

BlockCost BlockTimer::time(std::span<const Instruction> block, const PipelineState& entry,
                           bool jumped) const {
  Walk walk(*this, entry);
  if (!block.empty()) walk.enter(block.front(), jumped);
  for (const Instruction& instruction : block) walk.step(instruction);
  return walk.finish();
}

}  // namespace boardless::cost_models
