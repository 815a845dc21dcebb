// Is Cortex-M85 timing the measured one? The cycle in which the last instruction issues; 0: it
// pairs with the first. S1: jnk0le/random cortex_m85.md, measured on RA8D1; S2: LLVM
// ARMScheduleM85.td.
#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

const IssueRow kScalarRows[] = {
    // Three ALU stages, S1 "overall".
    {"adds r0,#1; adds r0,#2", 0, "EX1 into EX2"},
    {"adds r0,#1; adds r0,#2; adds r0,#3; adds r0,#4; adds r0,#5", 2, "five in three cycles"},
    {"adds r0,#1; adds r0,#2; adds r0,#3; adds r0,#4; adds r0,#5; adds r0,#6", 3, "no further"},
    {"add.w r0,r1,r2; add.w r3,r4,r5", 0, "two ALUs"},
    {"adds r0,#1; add.w r1,r2,r0", 0, "EX1, then the shifter of EX2"},
    {"adds r0,#1; adds r0,#2; nop.w; add.w r1,r2,r0", 1, "EX2 into the shifter of EX2"},
    {"eors r0,r1; ldr.w r2,[r0]", 2, "a logical one leaves EX2"},
    {"adds r0,#1; ldr.w r2,[r0]", 1, "an addition leaves EX1"},
    {"lsrs r0,r1,#3; ldr.w r2,[r0]", 1, "a shift leaves EX1"},
    {"ubfx r0,r1,#3,#4; ldr.w r2,[r0]", 1, "so does UBFX"},
    {"rev r0,r1; ldr.w r2,[r0]", 1, "and REV, where S2 is wrong"},
    {"uxtb r0,r1; ldr.w r2,[r0]", 2, "slot 0 has EX2 only"},
    {"uxtb.w r0,r1; uxtb.w r2,r3", 1, "never two a cycle"},
    {"add.w r2,r3,r4; uxtb.w r0,r1", 0, "from either slot"},
    {"uadd8 r0,r1,r2; add.w r3,r4,r0", 1, "EX2 into the shifter of EX2"},
    {"uxtab r0,r1,r2; uxtab r0,r0,r3", 1, "an addend at EX2"},
    {"csel r0,r1,r2,eq; add.w r3,r4,#1", 0, "pairs"},
    {"csel r0,r1,r2,eq; adds r0,#1", 1, "CSEL executes in EX3"},
    {"sqrshr r0,r1; adds r0,#1", 1, "S2: as CSEL"},
    // Products.
    {"mul r0,r1,r2; mul r3,r4,r5", 1, "one MAC a cycle"},
    {"mul r0,r1,r2; adds r0,#1", 1, "EX3 into EX3"},
    {"mul r0,r1,r2; mul r3,r0,r4", 2, "latency 2"},
    {"mla r0,r1,r2,r3; mla r0,r4,r5,r0", 1, "accumulators chain"},
    {"smlal r0,r1,r2,r3; smlal r0,r1,r4,r5", 1, "accumulators chain"},
    {"ldr.w r0,[r4]; mla r1,r2,r3,r0", 1, "a load does not feed an accumulator of its cycle"},
    {"mul r0,r1,r2; str.w r3,[r4]", 0, "a product pairs with a store"},
    {"smlal r0,r1,r2,r3; strd r4,r5,[r6]", 1, "but not four operands with STRD"},
    // Loads and stores.
    {"ldr.w r0,[r4]; adds r0,#1", 0, "load to EX3 in the same cycle"},
    {"ldr.w r0,[r4]; nop.w; add.w r1,r2,r0", 1, "into a shifter of EX2 next"},
    {"ldr.w r0,[r4]; ldr.w r1,[r0]", 2, "pointer chase"},
    {"ldrb.w r0,[r4]; adds r0,#1", 1, "bytes: one more"},
    {"ldr.w r0,[r4]; ldr.w r1,[r4,#4]", 0, "two banks"},
    {"ldr.w r0,[r4]; ldr.w r1,[r4,#8]", 1, "one bank"},
    {"ldrd r0,r1,[r4]; add.w r2,r3,#1", 0, "LDRD pairs"},
    {"ldrd r0,r1,[r4]; strd r2,r3,[r5]", 0, "with STRD"},
    {"ldrd r0,r1,[r4]; ldrd r2,r3,[r5]", 1, "not with LDRD"},
    {"ldr.w r0,[r4],#4; ldr.w r1,[r4],#4", 1, "an updated base is ready the next cycle"},
    {"ldr.w r0,[r4]; str.w r0,[r5]", 0, "stored from EX3"},
    {"ldm.w r4,{r0,r1,r2,r3}; add.w r5,r6,r7", 2, "two words a cycle"},
    // A third.
    {"adds r0,#1; adds r1,#2; nop.w", 0, "NOP joins a pair"},
    {"adds r0,#1; adds r1,#2; it eq; addeq r2,r3", 1, "so does IT"},
    {"add.w r0,r1,#1; add.w r2,r3,#1; nop.w", 1, "not beyond 8 bytes of code"},
    // Floating point.
    {"vadd.f32 s0,s1,s2; vadd.f32 s3,s0,s4", 2, "S2"},
    {"vmul.f32 s0,s1,s2; vadd.f32 s3,s0,s4", 3, "S2"},
    {"vfma.f32 s0,s1,s2; vfma.f32 s0,s3,s4", 2, "S2: accumulator"},
    {"vfma.f32 s0,s1,s2; vadd.f32 s3,s0,s4", 4, "S2"},
    {"vadd.f32 s0,s1,s2; vmul.f32 s3,s4,s5", 1, "S1: never two a cycle"},
    {"vadd.f32 s0,s1,s2; add.w r0,r1,#1", 0, "S2: with integers"},
    {"vadd.f32 s0,s1,s2; vldr s3,[r0]", 0, "S1: with loads"},
    {"vdiv.f32 s0,s1,s2; vadd.f32 s3,s0,s4", 14, "S2"},
    {"vdiv.f16 s0,s1,s2; vadd.f16 s3,s0,s4", 8, "S2"},
    {"vadd.f64 d0,d1,d2; vadd.f64 d3,d0,d4", 6, "S2"},
    {"vmul.f64 d0,d1,d2; vadd.f64 d3,d0,d4", 8, "S2"},
    {"vfma.f64 d0,d1,d2; vadd.f64 d3,d0,d4", 14, "S2"},
    {"vadd.f64 d0,d1,d2; add.w r0,r1,#1", 1, "S1: alone"},
    {"vldr s0,[r0]; vadd.f32 s1,s0,s2", 1, "S2"},
    {"vadd.f32 s0,s1,s2; vstr s0,[r0]", 0, "S2: data 2 later"},
    {"vmov r0,r1,d0; adds r0,#1", 1, "S1: 1 into EX3"},
    {"vmov r0,r1,d0; ldr.w r2,[r0]", 3, "S1: 3 into EX1"},
    {"ldr.w r0,[r1]; vmov s0,r0", 1, "S1: not of the same cycle"},
};

const IssueRow kVectorRows[] = {
    // Pipes.
    {"vadd.i32 q0,q1,q2; vadd.i32 q3,q4,q5", 2, "S2: one pipe, two beats"},
    {"vadd.i32 q0,q1,q2; vmul.i32 q3,q4,q5", 1, "S2: another pipe overlaps"},
    {"veor q0,q1,q2; veor q3,q4,q5; veor q6,q7,q7", 2, "S2: group A or B"},
    {"vldrw.u32 q0,[r0]; vldrw.u32 q1,[r1]", 2, "S2"},
    {"vldrw.u32 q0,[r0]; vstrw.32 q1,[r1]", 1, "S2: a pipe of its own"},
    {"vstrw.32 q0,[r0]; vldrw.u32 q1,[r1]", 2, "S1: store to load 2"},
    {"add.w r0,r1,#1; vldrw.u32 q0,[r2]", 0, "S1: a vector load is the younger one"},
    {"vldrw.u32 q0,[r2]; add.w r0,r1,#1", 2, "S1: no scalar beside it nor in its second beat"},
    {"vldrw.u32 q0,[r2]; veor q1,q2,q3; add.w r0,r1,#1", 2, "S1: listing"},
    {"add.w r0,r1,#1; veor q1,q2,q3", 0, "S1: listing"},
    {"veor q1,q2,q3; add.w r0,r1,#1", 0, "S1: listing"},
    {"uxtb.w r0,r1; veor q1,q2,q3", 1, "S1: not with slot 0"},
    {"vcmp.i32 eq,q0,q1; vadd.i32 q2,q3,q4", 1, "S2: group C"},
    {"vpst; vaddt.i32 q0,q1,q2", 1, "S2: group D"},
    // Latencies.
    {"vldrw.u32 q0,[r0]; vadd.i32 q1,q0,q2", 1, "S2: 1"},
    {"vld20.8 {q0,q1},[r0]; vld21.8 {q0,q1},[r0]; vadd.i8 q2,q0,q1", 6, "S1: 4"},
    {"vadd.i32 q0,q1,q2; vmul.i32 q3,q0,q4", 1, "S2: 1"},
    {"vrshr.s32 q0,q1,#3; vmul.i32 q3,q0,q4", 2, "S2: 2"},
    {"vmovnb.i16 q0,q1; vmul.i32 q3,q0,q4", 1, "S2: 1"},
    {"vqmovnb.s16 q0,q1; vmul.i32 q3,q0,q4", 2, "S2: 2"},
    {"vmul.i32 q0,q1,q2; vadd.i32 q3,q0,q4", 2, "S2: 2"},
    {"vqrdmulh.s32 q0,q1,q2; vadd.i32 q3,q0,q4", 2, "S2: 2"},
    {"vadd.f32 q0,q1,q2; vmul.f32 q3,q0,q4", 2, "S2: 2"},
    {"vmul.f32 q0,q1,q2; vadd.f32 q3,q0,q4", 3, "S2: 3"},
    {"vfma.f32 q0,q1,q2; vadd.f32 q3,q0,q4", 4, "S2: 4"},
    {"vfma.f32 q0,q1,q2; vfma.f32 q0,q3,q4", 2, "S2: accumulator 2 later"},
    {"vfma.f16 q0,q1,q2; vfma.f16 q0,q3,q4", 2, "S2: accumulator 2 later"},
    {"vmul.i32 q0,q1,q2; vstrw.32 q0,[r0]", 1, "S2: data 2 later"},
    // From and into core registers.
    {"vmladava.s8 r0,q1,q2; vmladava.s8 r0,q3,q4", 2, "S2: 4, accumulator 2 later"},
    {"vmladav.s8 r0,q1,q2; adds r0,#1", 3, "S2: 4 into EX2, so 3 into EX3"},
    {"vaddva.s32 r0,q1; vaddva.s32 r0,q2", 2, "S2: 4, accumulator 2 later"},
    {"vmaxv.s8 r0,q1; adds r0,#1", 3, "S2: 4"},
    {"vmov r0,r1,q0[2],q0[0]; adds r0,#1", 3, "S1: 3 into EX3"},
    {"vmov r0,r1,q0[2],q0[0]; ldr.w r2,[r0]", 5, "S1: 5 into EX1"},
    {"mov.w r0,#1; vdup.32 q0,r0", 0, "S1: core registers at EX3"},
    {"mul r0,r1,r2; vdup.32 q0,r0", 1, "S1: core registers at EX3"},
    {"vidup.u8 q0,r2,#1; vmul.i32 q1,q0,q2", 2, "S2: 2"},
    {"vidup.u8 q0,r2,#1; ldr.w r3,[r2]", 5, "S2: 4 into EX2"},
    // Gather and scatter.
    {"vldrw.u32 q0,[r0,q1]; add.w r2,r3,#1", 2, "S1: nothing overlaps"},
    {"vldrw.u32 q0,[r0,q1]; veor q2,q3,q4", 2, "S1: nothing overlaps"},
    {"add.w r2,r3,#1; vldrw.u32 q0,[r0,q1]", 1, "S1: nor pairs"},
    {"vldrw.u32 q2,[r1]; vldrw.u32 q0,[r0,q1]", 2, "S1: nor with a load before"},
    {"vldrw.u32 q1,[r1]; vldrw.u32 q0,[r0,q1]", 4, "S1: index from a load 4"},
    {"veor q1,q2,q3; vldrw.u32 q0,[r0,q1]", 3, "S1: index from an ALU 3"},
    {"vstrb.8 q0,[r0,q1]; add.w r2,r3,#1", 8, "S1: 7 more at unit stride"},
};

TEST(IsCortexM85TimingTheMeasuredOne, OfScalarInstructions) {
  expect_issue_cycles("cortex-m85", kScalarRows);
}

TEST(IsCortexM85TimingTheMeasuredOne, OfVectorInstructions) {
  expect_issue_cycles("cortex-m85", kVectorRows);
}

// LE joins the product; the loads' pipe is what binds.
TEST(IsCortexM85TimingTheMeasuredOne, AnInt8DotProductTakesFourCyclesForSixteenMacs) {
  const std::string dot =
      "vldrb.u8 q0,[r0],#16; vldrb.u8 q1,[r1],#16; vmladava.s8 r2,q0,q1; le lr,#-16";
  EXPECT_EQ(TimedCore("cortex-m85").iteration(dot), 4U);
}

TEST(IsCortexM85TimingTheMeasuredOne, ByBranch) {
  TimedCore m85("cortex-m85");
  const std::string loop = "subs r7,#1; bne #-6";
  EXPECT_EQ(m85.iteration(loop), 1U) << "predicted";
  EXPECT_EQ(m85.iteration(loop, Arrival::kMispredictedTaken), 7U) << "6 with flags just made";
  const std::string early = "subs r7,#1; nop.w; nop.w; nop.w; nop.w; nop.w; nop.w; bne #-34";
  const Cycles predicted = m85.iteration(early);
  EXPECT_EQ(m85.iteration(early, Arrival::kMispredictedTaken), predicted + 4U)
      << "4 with early flags";
}

}  // namespace
}  // namespace boardless::cost_models
