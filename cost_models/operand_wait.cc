// The walk's rules on when an instruction may issue: operands, units, pairs.
#include <algorithm>
#include <bit>

#include "cost_models/instruction_kinds.h"
#include "cost_models/pipeline_walk.h"

namespace boardless::cost_models {

using isa::AddressForm;
using isa::Instruction;
using isa::InstructionClass;

OperandRole PipelineWalk::role_of(const Instruction& i, isa::RegisterMask bit) const {
  if ((i.address_reads & bit) != 0) return OperandRole::kAddress;
  if ((i.accumulate_reads & bit) != 0) return OperandRole::kAccumulate;
  if ((i.shifted_reads & bit) != 0) return OperandRole::kShifted;
  return i.is_store() ? OperandRole::kStoreData : OperandRole::kValue;
}

// The first cycle in which `reg` allows `i` to issue.
std::int64_t PipelineWalk::operand_cycle(const Instruction& i, const ClassTiming& timing, int reg,
                                         OperandRole role) const {
  const RegisterTime& time = registers_[static_cast<std::size_t>(reg)];
  if (time.writer != PipelineState::kNoWriter) {
    const auto writer = static_cast<InstructionClass>(time.writer);
    for (const Bypass& bypass : core_.bypasses) {
      if (bypass.from.contains(writer) && bypass.into.contains(i.instruction_class) &&
          (!bypass.operand || *bypass.operand == role)) {
        return time.issued + bypass.latency;
      }
    }
  }
  switch (role) {
    case OperandRole::kAddress:
      return time.ready + core_.address_early;
    case OperandRole::kAccumulate:
      return time.ready - timing.accumulate_late;
    case OperandRole::kShifted:
      return time.ready;
    default:
      if (i.instruction_class == InstructionClass::kBranchIndirect && reg != isa::kFlagsRegister) {
        return time.ready + core_.target_early;
      }
      return time.ready - timing.operand_late;
  }
}

PipelineWalk::Earliest PipelineWalk::operands_ready(const Instruction& i,
                                                    const ClassTiming& timing) const {
  const bool ignores_flags = core_.branches_resolve_late && i.is_branch();
  const std::int64_t ahead = is_fp_arithmetic(i.instruction_class) ? core_.fp_issue_ahead.value : 0;
  Earliest earliest{now_ - 1, StallCause::kOperand};
  for (isa::RegisterMask rest = i.reads; rest != 0; rest &= rest - 1) {
    const int reg = std::countr_zero(rest);
    if (ignores_flags && reg == isa::kFlagsRegister) continue;
    const OperandRole role = role_of(i, isa::register_bit(reg));
    std::int64_t cycle = operand_cycle(i, timing, reg, role);
    if (role == OperandRole::kValue) cycle -= ahead;
    const bool address = role == OperandRole::kAddress;
    if (cycle > earliest.cycle || (address && cycle == earliest.cycle)) {
      earliest = {cycle, address ? StallCause::kAddress : StallCause::kOperand};
    }
  }
  return earliest;
}

// By how much floating-point arithmetic that issues at `cycle` outruns its operands.
std::int64_t PipelineWalk::ahead_of_operands(const Instruction& i, const ClassTiming& timing,
                                             std::int64_t cycle) const {
  if (core_.fp_issue_ahead == 0 || !is_fp_arithmetic(i.instruction_class)) return 0;
  std::int64_t ready = cycle;
  for (isa::RegisterMask rest = i.reads; rest != 0; rest &= rest - 1) {
    const int reg = std::countr_zero(rest);
    if (role_of(i, isa::register_bit(reg)) != OperandRole::kValue) continue;
    ready = std::max(ready, operand_cycle(i, timing, reg, OperandRole::kValue));
  }
  return ready - cycle;
}

std::int64_t PipelineWalk::unit_free(const Instruction& i, bool younger) const {
  std::int64_t free = is_fp(i.instruction_class) ? fp_held_until_ : now_ - 1;
  for (std::size_t b = 0; b < core_.blocks.size(); ++b) {
    const IssueBlock& block = core_.blocks[b];
    if (block.younger_slot_only && !younger) continue;
    if (block.classes.contains(i.instruction_class)) free = std::max(free, blocked_until_[b]);
  }
  return free;
}

bool PipelineWalk::executes_early(const Instruction& i, const ClassTiming& timing,
                                  std::int64_t cycle, bool younger) const {
  if (timing.early_alu == EarlyAlu::kNone) return false;
  if (timing.early_alu == EarlyAlu::kOlderSlot && younger) return false;
  for (isa::RegisterMask rest = i.reads; rest != 0; rest &= rest - 1) {
    if (registers_[static_cast<std::size_t>(std::countr_zero(rest))].ready > cycle) return false;
  }
  return true;
}

// Whether `i` joins the instruction before it.
bool PipelineWalk::may_pair(const Instruction& i, const ClassTiming& timing) {
  if (!core_.pairs || !state_.slot.open) return false;
  const PairRules& pairs = *core_.pairs;
  const InstructionClass older = state_.slot.instruction_class;
  const InstructionClass younger = i.instruction_class;
  if (pairs.narrow_only && !(state_.slot.narrow && i.size == 2)) return false;
  if (!pairs.younger.contains(younger) || pairs.older_only.contains(younger) ||
      pairs.never.contains(younger) || pairs.never.contains(older)) {
    return false;
  }
  for (const ClassSet& set : pairs.one_per_cycle) {
    if (set.contains(older) && set.contains(younger)) return false;
  }
  for (const PairRules::Forbidden& pair : pairs.forbidden) {
    if (pair.older.contains(older) && pair.younger.contains(younger)) return false;
  }
  const std::int64_t cycle = now_ - 1;
  if (operands_ready(i, timing).cycle > cycle || unit_free(i, true) > cycle) return false;
  return banks_differ(i);
}

bool PipelineWalk::banks_differ(const Instruction& i) {
  const std::uint32_t bank_bytes = core_.pairs->load_bank_bytes;
  const OpenSlot& older = state_.slot;
  const bool older_loads = older.instruction_class == InstructionClass::kLoad ||
                           older.instruction_class == InstructionClass::kFpLoad;
  if (bank_bytes == 0 || !older_loads || !is_single_load(i)) return true;
  const bool both_literal = older.form == AddressForm::kLiteral && i.form == AddressForm::kLiteral;
  const bool one_base = older.base == i.address_reads && older.base != 0 &&
                        older.form != AddressForm::kRegister && i.form != AddressForm::kRegister;
  if (both_literal || one_base) {
    const auto bank = static_cast<std::int32_t>(bank_bytes);
    const auto bank_of = [bank](std::int32_t offset) {
      return (offset >= 0 ? offset : offset - bank + 1) / bank;
    };
    return ((bank_of(older.offset) ^ bank_of(access_offset(i))) & 1) != 0;
  }
  state_.bank_turn = !state_.bank_turn;
  return state_.bank_turn;
}

}  // namespace boardless::cost_models
