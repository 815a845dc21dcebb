// The walk's rules on when an instruction may issue: operands, units, pairs.
#include <algorithm>

#include "cost_models/instruction_kinds.h"
#include "cost_models/pipeline_walk.h"

namespace boardless::cost_models {

using isa::AddressForm;
using isa::Instruction;
using isa::InstructionClass;

OperandRole PipelineWalk::role_of(const Instruction& i, int reg) const {
  if (i.address_reads.has(reg)) return OperandRole::kAddress;
  if (i.accumulate_reads.has(reg)) return OperandRole::kAccumulate;
  if (i.shifted_reads.has(reg)) return OperandRole::kShifted;
  if (i.operand2_reads.has(reg) && core_.operand2_passes_shifter) return OperandRole::kShifted;
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
      return time.ready + (reg >= isa::kFirstFpRegister ? timing.index_early : core_.address_early);
    case OperandRole::kAccumulate:
      return time.ready - timing.accumulate_late;
    case OperandRole::kShifted:  // in the stage before the ALU that it goes to
      return time.ready - (std::max<std::int64_t>(timing.operand_late, 1) - 1);
    default:
      if (timing.core_late != timing.operand_late && reg < kCoreRegisters) {
        return time.ready - timing.core_late;
      }
      if (i.instruction_class == InstructionClass::kBranchIndirect && reg != isa::kFlagsRegister) {
        return time.ready + core_.target_early;
      }
      return time.ready - timing.operand_late;
  }
}

PipelineWalk::Earliest PipelineWalk::operands_ready(const Instruction& i,
                                                    const ClassTiming& timing) const {
  const bool ignores_flags = core_.branches_resolve_late && i.is_branch();
  const std::int64_t ahead =
      is_fp_arithmetic(i.instruction_class) ? core_.fp_issue_ahead.value() : 0;
  Earliest earliest{now_ - 1, StallCause::kOperand};
  for (const int reg : i.reads) {
    if (ignores_flags && reg == isa::kFlagsRegister) continue;
    const OperandRole role = role_of(i, reg);
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
  for (const int reg : i.reads) {
    if (role_of(i, reg) != OperandRole::kValue) continue;
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
  if (const ClassTiming& timing = timing_of(core_, i); timing.pipes != 0) {
    free = std::max(free, pipe_free_[static_cast<std::size_t>(free_pipe(timing))]);
  }
  return free;
}

// How many stages before the last one that could take it `i` executes.
std::int64_t PipelineWalk::stages_early(const Instruction& i, const ClassTiming& timing,
                                        std::int64_t cycle, bool younger) const {
  if (timing.early_alu == EarlyAlu::kNone) return 0;
  if (timing.early_alu == EarlyAlu::kOlderSlot && younger) return 0;
  std::int64_t stages = timing.early_stages;
  for (const int reg : i.reads) {
    std::int64_t ready = registers_[static_cast<std::size_t>(reg)].ready;
    if (role_of(i, reg) == OperandRole::kShifted) {
      ready = std::max(ready, cycle) + 1;  // the shifter comes before the ALU
    }
    stages = std::min(stages, timing.operand_late - (ready - cycle));
  }
  return std::max<std::int64_t>(stages, 0);
}

bool PipelineWalk::may_be_third(const Instruction& i, const ClassTiming& timing) const {
  if (!core_.pairs || !state_.slot.third_open) return false;
  const PairRules& pairs = *core_.pairs;
  if (!pairs.third.contains(i.instruction_class)) return false;
  if (state_.slot.bytes + i.size > pairs.third_within_bytes) return false;
  const std::int64_t cycle = now_ - 1;
  return operands_ready(i, timing).cycle <= cycle && unit_free(i, true) <= cycle;
}

// Whether `i` joins the instruction before it.
bool PipelineWalk::may_pair(const Instruction& i, const ClassTiming& timing) {
  if (!core_.pairs || !state_.slot.open) return false;
  const PairRules& pairs = *core_.pairs;
  const InstructionClass older = state_.slot.instruction_class;
  const InstructionClass younger = i.instruction_class;
  if (pairs.narrow_only && !(state_.slot.narrow && i.size == 2)) return false;
  const bool light = pairs.light_with_any && (state_.slot.light || i.light);
  const bool light_older = pairs.light_with_any && pairs.younger.contains(older);
  if (!light && !light_older && !pairs.younger.contains(younger)) return false;
  if (pairs.older_only.contains(younger) || pairs.never.contains(younger) ||
      pairs.never.contains(older)) {
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
  const bool one_base = older.base == i.address_reads && older.base.any() &&
                        older.form != AddressForm::kRegister && i.form != AddressForm::kRegister;
  if (both_literal || one_base) {
    const auto bank = static_cast<std::int32_t>(bank_bytes);
    const auto bank_of = [bank](std::int32_t offset) {
      return (offset >= 0 ? offset : offset - bank + 1) / bank;
    };
    const auto banks = static_cast<std::int32_t>(std::max(core_.pairs->load_banks.value(), 2U));
    return (bank_of(older.offset) - bank_of(access_offset(i))) % banks != 0;
  }
  state_.bank_turn = !state_.bank_turn;
  return state_.bank_turn;
}

}  // namespace boardless::cost_models
