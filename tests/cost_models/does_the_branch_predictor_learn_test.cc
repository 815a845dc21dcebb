// Does the branch predictor learn what the core's learns, and forget no later than it?
#include <map>

#include "cost_models/pipeline_memo.h"
#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

// Blocks of one branch each, at the addresses asked for.
class Code {
 public:
  explicit Code(const BranchPredictionModel& model) : predictor_(model, blocks_) {}

  std::uint32_t block(std::uint32_t address, isa::Instruction branch) {
    branch.address = address;
    branch.size = 4;
    branch.writes_pc = true;
    return blocks_.add(address, {branch}).id;
  }
  std::uint32_t conditional(std::uint32_t address, std::uint32_t target) {
    return block(address, {.instruction_class = isa::InstructionClass::kBranchConditional,
                           .branch_target = target});
  }
  Arrival go(std::uint32_t id) {
    const bool jumped = blocks_[id].address != previous_end_;
    previous_end_ = blocks_[id].end;
    return predictor_.arrive(id, jumped);
  }

 private:
  isa::BlockTable blocks_;
  BranchPredictor predictor_;
  std::uint32_t previous_end_ = 0;
};

BranchPredictionModel buffer(std::uint32_t targets, std::uint32_t history, std::uint32_t returns) {
  BranchPredictionModel model;
  model.mispredict_penalty = 3;
  model.target_entries = targets;
  model.history_entries = history;
  model.return_entries = returns;
  model.link_register = 1;
  return model;
}

// LE counts: once the loop has ended, the core foresees its end.
TEST(DoesTheBranchPredictorLearn, ACountedLoopMissesAtItsFirstEndOnly) {
  BranchPredictionModel model = buffer(40, 0, 0);
  for (const bool counted : {false, true}) {
    model.counted_loops = counted;
    Code code(model);
    const std::uint32_t loop = code.block(
        0x100, {.instruction_class = isa::InstructionClass::kLoopEnd, .branch_target = 0x100});
    const std::uint32_t after = code.conditional(0x104, 0x200);
    std::map<Arrival, int> ends;
    for (int run = 0; run < 10; ++run) {
      for (int i = 0; i < 20; ++i) code.go(loop);
      ++ends[code.go(after)];
    }
    EXPECT_EQ(ends[Arrival::kMispredicted], counted ? 1 : 10);
    EXPECT_EQ(ends[Arrival::kSequential], counted ? 9 : 0);
  }
}

TEST(DoesTheBranchPredictorLearn, ALoopMissesOnceAtEachEnd) {
  for (const std::uint32_t history : {0U, 128U}) {
    const BranchPredictionModel model = buffer(40, history, 0);
    Code code(model);
    const std::uint32_t loop = code.conditional(0x100, 0x100);
    const std::uint32_t after = code.conditional(0x104, 0x200);
    std::map<Arrival, int> arrivals;
    for (int run = 0; run < 10; ++run) {
      code.go(loop);
      for (int i = 0; i < 20; ++i) ++arrivals[code.go(loop)];
      ++arrivals[code.go(after)];
    }
    // A two-bit counter that one exit only weakens predicts the next run's first jump.
    EXPECT_EQ(arrivals[Arrival::kMispredictedTaken], 1) << history;
    EXPECT_EQ(arrivals[Arrival::kMispredicted], 10) << history;
    EXPECT_EQ(arrivals[Arrival::kTaken], 199) << history;
  }
}

TEST(DoesTheBranchPredictorLearn, NotTakenIsPredictedFromTheStart) {
  const BranchPredictionModel model = buffer(40, 0, 0);
  Code code(model);
  const std::uint32_t first = code.conditional(0x100, 0x200);
  const std::uint32_t second = code.conditional(0x104, 0x200);
  code.go(first);
  EXPECT_EQ(code.go(second), Arrival::kSequential);
}

TEST(DoesTheBranchPredictorLearn, TheBufferForgetsTheOldest) {
  const BranchPredictionModel model = buffer(2, 0, 0);
  Code code(model);
  std::vector<std::uint32_t> jumps;
  for (std::uint32_t i = 0; i < 3; ++i) {
    jumps.push_back(
        code.block(0x100 + i * 0x100, {.instruction_class = isa::InstructionClass::kBranch,
                                       .branch_target = 0x100 + (i + 1) % 3 * 0x100}));
  }
  code.go(jumps[0]);
  for (int i = 1; i < 10; ++i) {
    EXPECT_EQ(code.go(jumps[static_cast<std::size_t>(i) % 3]), Arrival::kUnknownTarget);
  }
  Code fits(model);
  jumps.clear();
  for (std::uint32_t i = 0; i < 2; ++i) {
    jumps.push_back(fits.block(
        0x100 + i * 0x100,
        {.instruction_class = isa::InstructionClass::kBranch, .branch_target = 0x200 - i * 0x100}));
  }
  for (int i = 0; i < 4; ++i) fits.go(jumps[static_cast<std::size_t>(i) % 2]);
  EXPECT_EQ(fits.go(jumps[0]), Arrival::kTaken);
}

TEST(DoesTheBranchPredictorLearn, AReturnStackKnowsTheCaller) {
  const isa::Instruction call{.instruction_class = isa::InstructionClass::kBranchLink,
                              .branch_target = 0x1000};
  const isa::Instruction ret{.instruction_class = isa::InstructionClass::kBranchIndirect,
                             .reads = isa::register_bit(1)};
  for (const bool stack : {false, true}) {
    const BranchPredictionModel model = buffer(40, 0, stack ? 2 : 0);
    Code code(model);
    const std::uint32_t one = code.block(0x100, call), two = code.block(0x200, call);
    const std::uint32_t back_one = code.conditional(0x104, 0x200);
    const std::uint32_t back_two = code.conditional(0x204, 0x100);
    const std::uint32_t function = code.block(0x1000, ret);
    Arrival from_one = Arrival::kSequential, from_two = Arrival::kSequential;
    for (int i = 0; i < 4; ++i) {
      code.go(one), code.go(function);
      from_one = code.go(back_one);
      code.go(two), code.go(function);
      from_two = code.go(back_two);
    }
    const Arrival expected = stack ? Arrival::kTaken : Arrival::kMispredictedTaken;
    EXPECT_EQ(from_one, expected);
    EXPECT_EQ(from_two, expected);
  }
}

// Hazard3 remembers the last taken backward branch alone.
TEST(DoesTheBranchPredictorLearn, OneBackwardBranch) {
  BranchPredictionModel model;
  model.kind = BranchPredictionModel::Kind::kLastTakenBackward;
  Code code(model);
  const std::uint32_t inner = code.conditional(0x104, 0x104);
  const std::uint32_t outer = code.conditional(0x108, 0x104);
  code.go(inner);
  EXPECT_EQ(code.go(inner), Arrival::kMispredictedTaken);
  EXPECT_EQ(code.go(inner), Arrival::kTaken);
  EXPECT_EQ(code.go(outer), Arrival::kMispredicted) << "the loop ends";
  EXPECT_EQ(code.go(inner), Arrival::kMispredictedTaken) << "the outer one was not remembered";
  EXPECT_EQ(code.go(inner), Arrival::kMispredictedTaken) << "now it was, in the inner's place";
  EXPECT_EQ(code.go(inner), Arrival::kTaken);
}

// In a nest the memo prices exits: 9 inner iterations predicted, 1 miss each end but the first.
TEST(DoesTheBranchPredictorLearn, AndTheMemoPaysForItsMisses) {
  TimedCore m7("cortex-m7");
  isa::BlockTable blocks;
  const std::uint32_t loop = blocks.add(0x1000, m7.code("subs.w r7,r7,#1; bne.w #-8")).id;
  const std::uint32_t after = blocks.add(0x1008, m7.code("b.w #-12", 0x1008)).id;
  PipelineMemo memo(m7.core(), std::nullopt, blocks);
  std::vector<Cycles> runs;
  for (int run = 0; run < 5; ++run) {
    Cycles cycles = 0;
    for (int i = 0; i < 10; ++i) cycles += memo.execute(loop, i > 0 || run > 0);
    cycles += memo.execute(after, false);
    runs.push_back(cycles);
  }
  EXPECT_EQ(runs[0], 10U + 8U + 8U + 1U) << "the first jump and the exit are not foreseen";
  EXPECT_EQ(runs[2], 10U + 8U + 1U) << "later only the exit";
  EXPECT_EQ(runs[4], runs[2]);
}

}  // namespace
}  // namespace boardless::cost_models
