// Is Cortex-M33 timing the measured one? The cycle in which the last instruction issues.
#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

const IssueRow kRows[] = {
    // Integer: issue and latency.
    {"add r0,r1,r2; add r3,r0,r4", 1, "ALU latency 1"},
    {"add.w r0,r1,r2,ror #3; add r3,r0,r4", 2, "S1: shifted operand latency 2"},
    {"add.w r0,r1,r2,lsl #3; add r3,r0,r4", 1, "S2: LSL is free"},
    {"eor r0,r1,#0x1fc0; add r3,r0,r4", 2, "S1: shifted constant latency 2"},
    {"eor r0,r1,#0x1b1b1b1b; add r3,r0,r4", 1, "S1: pattern constant"},
    {"adds.w r0,r1,#0x1fc0; add r3,r4,r5", 2, "S1: flag-setting shifted constant takes 2"},
    {"adds.w r0,r1,#0x1fc0; add r3,r0,r5", 2, "S1: and its result is no later"},
    {"adds.w r0,r1,r2,ror #3; add r3,r4,r5", 1, "S1: flag-setting shifted register takes 1"},
    {"bfi r0,r1,#3,#4; add r3,r0,r4", 1, "S1"},
    {"ubfx r0,r1,#3,#4; add r3,r0,r4", 1, "S2"},
    {"uadd8 r0,r1,r2; add r3,r0,r4", 2, "S1"},
    {"qsub r0,r1,r2; add r3,r0,r4", 2, "S1"},
    {"pkhbt r0,r1,r2; add r3,r0,r4", 2, "S1"},
    {"uxtab r0,r1,r2; add r3,r0,r4", 2, "S1"},
    {"uxtab r0,r1,r2; uxtab r0,r0,r3", 1, "S1: accumulates chain"},
    {"mul r0,r1,r2; add r3,r0,r4", 2, "S1"},
    {"muls r0,r1,r0; add r3,r4,r5", 2, "S1: MULS takes 2"},
    {"mla r0,r1,r2,r3; mla r0,r4,r5,r0", 1, "S1: accumulators chain"},
    {"mla r0,r1,r2,r3; mla r0,r0,r5,r4", 2, "S1: multiplicands do not"},
    {"smlad r0,r1,r2,r3; smlad r0,r4,r5,r0", 1, "S1"},
    {"smlal r0,r1,r2,r3; smlal r0,r1,r4,r5", 1, "S2"},
    {"uxtab r0,r1,r2; mla r0,r4,r5,r0", 1, "S1: from xTA into an accumulator"},
    {"uadd8 r0,r1,r2; mla r0,r4,r5,r0", 2, "S1: not from SIMD"},
    {"mul r0,r1,r2; str r0,[r4]", 1, "S1: stored from the accumulate stage"},
    // Memory.
    {"ldr r0,[r4]; add r1,r0,r2", 2, "S1"},
    {"ldr r0,[r4]; ldr r1,[r0]", 2, "S2: the same for addresses"},
    {"ldr r0,[r4]; mla r1,r2,r3,r0", 1, "S1: into an accumulator"},
    {"ldr r0,[r4]; uxtab r1,r0,r2", 2, "S1: but not xTA's"},
    {"ldr r0,[r4]; str r0,[r5]", 1, "S1"},
    {"ldr r0,[r4]; ldr r1,[r5]; add r2,r3,r3", 2, "loads issue every cycle"},
    {"ldr r0,[r4],#4; ldr r1,[r4],#4", 1, "updated bases forward"},
    {"str r0,[r4]; ldr r1,[r5]", 1, "S2: no store-to-load conflict"},
    {"ldrd r0,r1,[r4]; add r2,r3,r3", 2, "S1"},
    {"ldm r4,{r0-r3}; add r5,r6,r6", 4, "S1: N registers, N cycles"},
    {"push {r4-r8}; add r0,r1,r1", 5, "S1"},
    // Floating point.
    {"vadd.f32 s0,s1,s2; vstr s0,[r0]", 2, "S1"},
    {"vadd.f32 s0,s1,s2; vadd.f32 s3,s4,s5", 1, "S1: pipelined"},
    {"vmul.f32 s0,s1,s2; vadd.f32 s3,s0,s4", 1, "S1: issues a cycle ahead of its operand"},
    {"vmul.f32 s0,s1,s2; vadd.f32 s3,s0,s4; vadd.f32 s5,s6,s7", 3,
     "S1: which holds the next one off"},
    {"vmul.f32 s0,s1,s2; vadd.f32 s3,s0,s4; mov.w r0,r1; mov.w r0,r1; vstr s3,[r2]", 4,
     "S1 listing"},
    {"vfma.f32 s0,s1,s2; vfma.f32 s3,s4,s5", 3, "S1: no FP for two cycles"},
    {"vfma.f32 s0,s1,s2; vldr s3,[r0]", 3, "S1: loads neither"},
    {"vfma.f32 s0,s1,s2; mov.w r0,r1", 1, "S1: integer goes on"},
    {"vfma.f32 s0,s1,s2; mov.w r0,r1; mov.w r0,r1; vfma.f32 s0,s3,s4", 3, "S1: accumulator 3"},
    {"vfma.f32 s0,s1,s2; mov.w r0,r1; mov.w r0,r1; vadd.f32 s30,s30,s31; vfma.f32 s4,s3,s0", 4,
     "S1: multiplicand 4"},
    {"vldr s0,[r0]; vadd.f32 s1,s0,s2", 1, "S1"},
    {"vmov r0,s0; add r1,r0,r2", 2, "S1"},
    {"vmov s0,r0; vadd.f32 s1,s0,s2", 1, "S1"},
    {"mul r0,r1,r2; vmov s0,r0", 1, "S1: takes any ALU's output"},
};

TEST(IsCortexM33TimingTheMeasuredOne, ByInstruction) { expect_issue_cycles("cortex-m33", kRows); }

// Cycles of one iteration and of leaving the loop, S1 "limited dual issue and branching".
TEST(IsCortexM33TimingTheMeasuredOne, ByBranch) {
  TimedCore m33("cortex-m33");
  EXPECT_EQ(m33.iteration("subs r7,#1; bne #-2"), 3U) << "1 + 2 behind its flags";
  EXPECT_EQ(m33.iteration("subs r7,#1; add r0,r1; bne #-4"), 3U) << "1 + 1 + 1";
  EXPECT_EQ(m33.iteration("subs r7,#1; ldmia r6!,{r0-r3}; bne #-4"), 6U) << "1 + 4 + 1";
  EXPECT_EQ(m33.iteration("subs.w r7,r7,#1; bne #-4"), 3U) << "S2: 3 in all with a wide SUBS";
  EXPECT_EQ(m33.time("subs r7,#1; bne #-2").cycles, 1U) << "not taken, it joins the SUBS";
  EXPECT_EQ(m33.time("subs.w r7,r7,#1; bne #-4").cycles, 2U) << "only 16-bit ones pair";
  EXPECT_EQ(m33.time("add r0,r1; nop").cycles, 1U);
  EXPECT_EQ(m33.time("nop; add r0,r1").cycles, 2U) << "arithmetic is never the younger one";
  EXPECT_EQ(m33.time("mov r10,r10; it eq; moveq r2,r3").cycles, 2U);
}

}  // namespace
}  // namespace boardless::cost_models
