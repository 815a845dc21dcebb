// Does counting remembered block costs give what walking every block gives?
#include <random>

#include "cost_models/pipeline_memo.h"
#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

// The same of Armv8.1-M: pipes, banks, loop ends.
constexpr const char* kVectorInstructions[] = {
    "vldrw.u32 q0,[r0],#16", "vldrw.u32 q1,[r1]",    "vstrw.32 q0,[r1]",  "vstrw.32 q2,[r0],#16",
    "vmladava.s8 r2,q0,q1",  "vmul.i32 q2,q0,q1",    "vadd.i32 q0,q1,q2", "vldrw.u32 q3,[r0,q2]",
    "vstrb.8 q3,[r0,q2]",    "vmovnb.i16 q1,q2",     "vcmp.s32 gt,q0,q1", "vmov r0,r1,q0[2],q0[0]",
    "vfma.f32 q1,q0,q2",     "vld20.8 {q0,q1},[r0]", "vmaxv.s8 r3,q0",    "add.w r0,r1,r2",
    "ldr.w r3,[r0]",         "adds r1,#8",           "lsrs r2,r1,#3",     "movs r4,#1",
    "csel r0,r1,r2,eq"};

// Instructions whose timing depends on what came before, at random, cut into blocks by branches.
std::string random_block(std::mt19937& random, bool vectors) {
  if (vectors) {
    std::string text;
    for (std::size_t n = random() % 6; n > 0; --n) {
      text += std::string(kVectorInstructions[random() % std::size(kVectorInstructions)]) + ";";
    }
    const char* const kEnds[] = {"bne #20", "le lr,#-40", "bx lr", "letp lr,#-20", "nop"};
    return text + kEnds[random() % std::size(kEnds)];
  }
  const char* const kInstructions[] = {
      "ldr r0,[r1,#4]",    "ldr.w r2,[r3],#4",  "add.w r4,r0,r2,ror #3",
      "str r4,[r5]",       "ldrb r6,[r0]",      "mla r7,r0,r2,r7",
      "smlad r7,r2,r4,r7", "sxtb16 r0,r2",      "adds r1,#8",
      "vldr s0,[r5]",      "vfma.f32 s1,s0,s2", "vadd.f32 s2,s1,s0",
      "vdiv.f32 s3,s1,s2", "push {r0,r1,r2}",   "nop",
      "str r0,[r5,r6]"};
  std::string text;
  for (std::size_t n = random() % 6; n > 0; --n) {
    text += std::string(kInstructions[random() % std::size(kInstructions)]) + ";";
  }
  const char* const kEnds[] = {"bne #20", "b #-40", "bx lr", "bl #60", "nop"};
  return text + kEnds[random() % std::size(kEnds)];
}

TEST(DoesTheMemoEqualThePipeline, OverRandomBlocksInRandomOrder) {
  for (const char* name :
       {"cortex-m3", "cortex-m4", "cortex-m33", "cortex-m7", "cortex-m55", "cortex-m85"}) {
    std::mt19937 random(7);
    const bool no_dsp = std::string(name) == "cortex-m3";
    const bool vectors = std::string(name) == "cortex-m55" || std::string(name) == "cortex-m85";
    TimedCore core(name);
    isa::BlockTable blocks;
    std::uint32_t address = 0x10000;
    while (blocks.size() < 40) {
      const std::string text =
          no_dsp ? "ldr r0,[r1,#4]; str r0,[r5,r6]; bne #20" : random_block(random, vectors);
      const isa::CodeBlock& block = blocks.add(address, core.code(text, address));
      address = block.instructions.back().end() + (random() % 2 == 0 ? 2 : 0);
    }
    PipelineMemo memo(core.core(), std::nullopt, blocks);
    std::optional<BranchPredictor> predictor;
    if (core.core().prediction) predictor.emplace(*core.core().prediction, blocks);
    const BlockTimer timer(core.core(), std::nullopt);
    PipelineState state;
    Cycles expected = 0, returned = 0;
    std::uint64_t instructions = 0;
    std::uint32_t previous_end = 0;
    for (int i = 0; i < 20000; ++i) {
      const auto id = static_cast<std::uint32_t>(random() % blocks.size());
      const bool jumped = blocks[id].address != previous_end;
      previous_end = blocks[id].end;
      returned += memo.execute(id, jumped);
      const Arrival arrival = predictor ? predictor->arrive(id, jumped)
                              : jumped  ? Arrival::kTaken
                                        : Arrival::kSequential;
      const BlockCost cost = timer.time(blocks[id].instructions, state, arrival);
      state = cost.exit;
      expected += cost.cycles;
      instructions += blocks[id].instructions.size();
    }
    const PipelineMemo::Totals totals = memo.take_totals();
    EXPECT_EQ(totals.cycles, expected) << name;
    EXPECT_EQ(returned, expected) << name;
    EXPECT_EQ(totals.instructions, instructions) << name;
    Cycles causes = 0;
    for (const Cycles cycles : totals.stalls) causes += cycles;
    EXPECT_EQ(causes, expected) << name;
    EXPECT_EQ(memo.take_totals().cycles, 0U) << "taking the totals starts a new stretch";
  }
}

}  // namespace
}  // namespace boardless::cost_models
