// Is Cortex-M7 timing the measured one? The cycle in which the last instruction issues; 0: it pairs
// with the first.
#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

const IssueRow kRows[] = {
    // Pairs, S1 "overall" and "operand2".
    {"add.w r0,r1,r2; add.w r3,r4,r5", 0, "two ALUs"},
    {"add.w r0,r1,r2; add.w r3,r4,r5; add.w r6,r7,r8; add.w r9,r10,r11", 1, "two ALUs"},
    {"add.w r0,r1,r2; add.w r3,r0,r5", 0, "early ALU to late ALU in the same cycle"},
    {"movw r0,#1; movt r0,#2", 0, "MOVW and MOVT with mutual dependency"},
    {"add.w r0,r1,r2,ror #3; add.w r3,r4,r5,ror #3", 1, "two shifted operands cannot pair"},
    {"add.w r0,r1,r2,ror #3; eor.w r3,r4,#0x1fc0", 1, "nor one and a shifted constant"},
    {"add.w r0,r1,r2,ror #3; lsr.w r3,r4,#12", 0, "a shift can"},
    {"lsr.w r0,r1,#3; lsl.w r2,r3,#4", 0, "two shifts pair"},
    {"eor.w r0,r1,#0x1b1b1b1b; eor.w r3,r4,r5,ror #3", 0, "a constant pattern pairs"},
    {"uxtb.w r0,r1; uxtb.w r2,r3", 1, "bit field and DSP never two a cycle"},
    {"uxtb.w r0,r1; uadd8 r2,r3,r4", 1, "bit field and DSP never two a cycle"},
    {"uxtb.w r0,r1; add.w r2,r3,r4", 0, "they pair from the older slot"},
    {"add.w r2,r3,r4; uxtb.w r0,r1", 1, "not from the younger"},
    {"bfi r0,r1,#3,#4; add.w r2,r3,r4,ror #3", 1, "BFI uses the shifter"},
    {"smlabb r0,r1,r2,r3; uxtb.w r4,r5", 1, "S1: pairs; the extension must be older"},
    {"uxtb.w r4,r5; smlabb r0,r1,r2,r3", 0, "S1: SMLAxy with DSP"},
    {"mla r0,r1,r2,r3; add.w r4,r5,r6,ror #3", 0, "S1: MAC with a shifted operand"},
    {"mul r0,r1,r2; mul r3,r4,r5", 1, "one MAC a cycle"},
    {"mul r0,r1,r2; str.w r3,[r4]", 1, "a MAC does not pair with a store"},
    {"str.w r0,[r4]; str.w r1,[r5]", 1, "one store a cycle"},
    {"str.w r0,[r4]; ldr.w r1,[r5]", 0, "a store pairs with a load"},
    {"ldr.w r0,[r4]; ldr.w r1,[r4,#4]", 0, "loads from two banks"},
    {"ldr.w r0,[r4]; ldr.w r1,[r4,#8]", 1, "and from one"},
    {"ldr.w r0,[r4,#4]; ldr.w r1,[r4,#12]", 1, "and from one"},
    {"ldrd r0,r1,[r4]; add.w r2,r3,r5", 1, "LDRD never pairs"},
    {"ldm r4,{r0-r3}; add.w r5,r6,r7", 2, "half a cycle a register"},
    {"ldm r4,{r0-r2}; add.w r5,r6,r7", 2, "rounded up"},
    // Latencies.
    {"add.w r0,r1,r2; ldr.w r3,[r0]", 1, "early ALU to the address generator"},
    {"eor.w r0,r1,r2; ldr.w r3,[r0]", 2, "late ALU to the address generator"},
    {"add.w r0,r1,r2; eor.w r3,r4,r0,ror #22", 1, "early ALU to a shifted operand"},
    {"uxtb.w r0,r1; ldr.w r3,[r2,r0]", 2, "a bit field as index: one more"},
    {"uxtb.w r0,r1; uxtb.w r2,r0", 1, "otherwise 1"},
    {"eor.w r0,r1,r2; ubfx r3,r0,#3,#4", 2, "UBFX takes its source early"},
    {"eor.w r0,r1,r2; pkhbt r3,r4,r0,lsl #3", 2, "so do packed registers"},
    {"mul r0,r1,r2; add.w r3,r0,r4", 2, "products: one more"},
    {"mla r0,r1,r2,r3; mla r0,r4,r5,r0", 1, "accumulators chain"},
    {"mla r0,r1,r2,r3; mla r0,r0,r5,r4", 2, "multiplicands do not"},
    {"eor.w r3,r4,r5; mla r0,r1,r2,r3", 0, "an accumulator takes a late ALU's result of its cycle"},
    {"ldr.w r0,[r4]; add.w r1,r0,r2", 1, "load to late ALU"},
    {"ldr.w r0,[r4]; ldr.w r1,[r0]", 2, "load to address"},
    {"ldr.w r0,[r4]; add.w r1,r2,r0,ror #3", 2, "load to shifter"},
    {"ldr.w r0,[r4]; add.w r1,r0,r2,ror #3", 2, "beside a shifted operand too"},
    {"ldr.w r0,[r4]; mul r1,r0,r2", 2, "load to multiplier"},
    {"ldrb.w r0,[r4]; add.w r1,r0,r2", 2, "bytes: one more"},
    {"ldrb.w r0,[r4]; ldr.w r1,[r2,r0]", 3, "bytes: one more"},
    {"ldrb.w r0,[r4]; mla r1,r2,r3,r0", 1, "an accumulator takes a byte of the cycle before"},
    {"ldr.w r0,[r4]; str.w r0,[r5]", 0, "stored in the same cycle"},
    {"ldr.w r0,[r4],#4; ldr.w r1,[r4],#4", 1, "an updated base is ready the next cycle"},
    // Floating point.
    {"vadd.f32 s0,s1,s2; vmul.f32 s3,s4,s5", 1, "one arithmetic a cycle"},
    {"vadd.f32 s0,s1,s2; add.w r0,r1,r2", 0, "pairs with integer"},
    {"vadd.f32 s0,s1,s2; vadd.f32 s3,s0,s4", 3, "latency 3"},
    {"vadd.f32 s0,s1,s2; vstr s0,[r0]", 1, "1 into a store"},
    {"vadd.f32 s0,s1,s2; vfma.f32 s0,s3,s4", 3, "3 into an accumulator"},
    {"vfma.f32 s0,s1,s2; vfma.f32 s3,s4,s5", 1, "pipelined every cycle"},
    {"vfma.f32 s0,s1,s2; vfma.f32 s0,s3,s4", 3, "accumulator 3"},
    {"vfma.f32 s0,s1,s2; vfma.f32 s3,s0,s4", 5, "multiplicand 5"},
    {"vfma.f32 s0,s1,s2; vmul.f32 s3,s0,s4", 5, "VMUL operand 5"},
    {"vfma.f32 s0,s1,s2; vadd.f32 s3,s4,s5", 4, "VADD waits three cycles"},
    {"vfma.f32 s0,s1,s2; vstr s0,[r0]", 3, "3 into a store"},
    {"vfma.f32 s0,s1,s2; vldr s3,[r0]", 1, "loads from the older slot only"},
    {"vldr s0,[r0]; vldr s1,[r0,#4]", 0, "loads pair"},
    {"vldr s0,[r0]; vadd.f32 s1,s0,s2", 1, "latency 1"},
    {"vldr s0,[r0]; vfma.f32 s0,s1,s2", 3, "3 into an accumulator"},
    {"vdiv.f32 s0,s1,s2; vadd.f32 s3,s4,s5", 16, "locks the pipeline"},
    {"vsqrt.f32 s0,s1; vadd.f32 s3,s4,s5", 14, "locks the pipeline"},
    {"vmov r0,s0; add.w r1,r0,r2", 1, "VMOV to the core: 1 into the late ALU"},
    {"vadd.f32 s0,s1,s2; vmov r0,s0", 3, "FP ALU to VMOV 3"},
    {"vldr s0,[r1]; vmov r0,s0", 2, "load to VMOV 2"},
    {"vfma.f32 s0,s1,s2; vmov r0,s0", 5, "VFMA to VMOV 5"},
    {"vmov s0,r0; vadd.f32 s1,s0,s2", 3, "VMOV from the core 3"},
};

TEST(IsCortexM7TimingTheMeasuredOne, ByInstruction) { expect_issue_cycles("cortex-m7", kRows); }

TEST(IsCortexM7TimingTheMeasuredOne, ByBranch) {
  TimedCore m7("cortex-m7");
  const std::string loop = "subs.w r7,r7,#1; bne.w #-4";
  EXPECT_EQ(m7.iteration(loop), 1U) << "predicted, in a pair";
  EXPECT_EQ(m7.iteration(loop, Arrival::kMispredictedTaken), 9U) << "8 with flags just made";
  const std::string early = "subs.w r7,r7,#1; nop.w; nop.w; nop.w; nop.w; nop.w; nop.w; bne.w #-28";
  EXPECT_EQ(m7.iteration(early, Arrival::kMispredictedTaken), 4U + 6U) << "6 with early flags";
  // Not taken, the branch in the older slot pairs with what follows.
  const BlockCost before = m7.time("add.w r0,r1,r2; nop.w; bne.w #-4");
  EXPECT_EQ(before.cycles, 2U);
  EXPECT_EQ(m7.time("add.w r0,r1,r2", before.exit).cycles, 0U);
  EXPECT_EQ(m7.time("add.w r0,r1,r2", before.exit, Arrival::kTaken).cycles, 1U);
  EXPECT_EQ(m7.time("add.w r0,r1,r2", before.exit, Arrival::kMispredicted).cycles, 7U)
      << "its flags were made long ago";
}

// Two loads whose bases differ: half of the pairs are taken to collide.
TEST(IsCortexM7TimingTheMeasuredOne, UnknownBanksCollideEverySecondTime) {
  TimedCore m7("cortex-m7");
  const std::string text = "ldr.w r0,[r4]; ldr.w r1,[r5]";
  const BlockCost first = m7.time(text);
  const BlockCost second = m7.time(text, first.exit, Arrival::kTaken);
  EXPECT_EQ(first.cycles + second.cycles, 3U);
}

}  // namespace
}  // namespace boardless::cost_models
