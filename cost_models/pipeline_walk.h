// One walk of a pipeline over one block: each instruction issues as early as the rules allow, and
// each cycle is charged to one cause. The only place where blocks are priced.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cost_models/block_timer.h"

namespace boardless::cost_models {

class PipelineWalk {
 public:
  // `trace`, unless null, receives one row for each instruction.
  PipelineWalk(const CoreModel& core, const std::optional<FetchBuffer>& fetch,
               const PipelineState& entry, std::vector<InstructionTiming>* trace);

  BlockCost run(std::span<const isa::Instruction> block, Arrival arrival);

 private:
  // Where in its cycle an instruction issues.
  enum class Slot { kOlder, kYounger, kThird };
  struct RegisterTime {
    std::int64_t ready = 0;   // when an ordinary consumer may issue
    std::int64_t issued = 0;  // when its writer did
    std::uint8_t writer = PipelineState::kNoWriter;
  };
  // The first cycle in which an instruction's operands allow it to issue, and what it would wait
  // for.
  struct Earliest {
    std::int64_t cycle = 0;
    StallCause cause = StallCause::kOperand;
  };

  void stall(StallCause cause, std::uint32_t cycles);
  void enter(const isa::Instruction& first, Arrival arrival);
  void step(const isa::Instruction& instruction);

  void fetch(const isa::Instruction& instruction);
  void fetch_row(std::uint32_t row);
  void count_misaligned(const isa::Instruction& instruction);

  bool continues_chain(const isa::Instruction& instruction) const;
  bool hides_load(const isa::Instruction& instruction) const;
  void resolve_memory(const isa::Instruction& instruction);

  OperandRole role_of(const isa::Instruction& instruction, int reg) const;
  std::int64_t operand_cycle(const isa::Instruction& instruction, const ClassTiming& timing,
                             int reg, OperandRole role) const;
  Earliest operands_ready(const isa::Instruction& instruction, const ClassTiming& timing) const;
  std::int64_t unit_free(const isa::Instruction& instruction, bool younger) const;
  std::int64_t ahead_of_operands(const isa::Instruction& instruction, const ClassTiming& timing,
                                 std::int64_t cycle) const;

  bool repeats_loop(const isa::Instruction& instruction);
  int free_pipe(const ClassTiming& timing) const;
  void wait_for_bank(const isa::Instruction& instruction);
  bool meets_store(const isa::Instruction& instruction);
  void remember_store(const isa::Instruction& instruction, std::int64_t cycle);

  bool may_be_third(const isa::Instruction& instruction, const ClassTiming& timing) const;
  bool may_pair(const isa::Instruction& instruction, const ClassTiming& timing);
  bool banks_differ(const isa::Instruction& instruction);

  void issue(const isa::Instruction& instruction, const ClassTiming& timing, Slot slot);
  void open_slot(const isa::Instruction& instruction);
  void write_results(const isa::Instruction& instruction, const ClassTiming& timing,
                     std::int64_t cycle, bool younger);
  void set_branch_penalties(const isa::Instruction& instruction, const ClassTiming& timing,
                            std::int64_t cycle);
  std::int64_t stages_early(const isa::Instruction& instruction, const ClassTiming& timing,
                            std::int64_t cycle, bool younger) const;
  BlockCost finish();
  PipelineState::Register relative(const RegisterTime& time) const;

  const CoreModel& core_;
  const std::optional<FetchBuffer>& fetch_;
  PipelineState state_;
  BlockCost cost_;
  std::vector<InstructionTiming>* trace_;
  // Times count from the block's first cycle. `now_` is the next cycle in which nothing has issued.
  std::int64_t now_ = 0;
  std::array<RegisterTime, isa::kRegisterCount> registers_;
  std::array<std::int64_t, CoreModel::kMaxIssueBlocks> blocked_until_{};
  std::array<std::int64_t, CoreModel::kMaxPipes> pipe_free_{};
  std::int64_t stored_at_ = 0;  // when state_.stored issued
  std::int64_t fp_held_until_ = 0;
  std::int64_t flags_issued_ = 0;
};

}  // namespace boardless::cost_models
