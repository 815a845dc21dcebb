// Is Cortex-M55 timing the documented one? The cycle in which the last instruction issues. S1: LLVM
// ARMScheduleM55.td, written by Arm; S2: Arm, Helium optimization topics #3; S3: SLOTHY.
#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

const IssueRow kScalarRows[] = {
    {"add r0,r1,r2; add.w r3,r0,r4", 1, "S1: DX, latency 1"},
    {"add.w r0,r1,r2,lsl #3; add.w r3,r0,r4", 2, "S1: CX, latency 2"},
    {"ubfx r0,r1,#3,#4; add.w r3,r0,r4", 1, "S3 1, S1 2"},
    {"uxtab r0,r1,r2; add.w r3,r0,r4", 2, "S1"},
    {"uadd8 r0,r1,r2; add.w r3,r0,r4", 2, "S1"},
    {"ssat r0,#8,r1; add.w r3,r0,r4", 2, "S1"},
    {"mul r0,r1,r2; add.w r3,r0,r4", 2, "S1"},
    {"mla r0,r1,r2,r3; mla r0,r4,r5,r0", 2, "S1: no forwarding"},
    {"smlad r0,r1,r2,r3; add.w r4,r5,r6", 1, "S1: pipelined"},
    {"csel r0,r1,r2,eq; add.w r3,r0,r4", 1, "S1"},
    {"asrl r0,r1,#3; add.w r3,r0,r4", 2, "S1"},
    {"sqrshr r0,r1; add.w r3,r0,r4", 2, "S1"},
    {"ldr.w r0,[r4]; add.w r1,r0,r2", 2, "S1"},
    {"ldrb.w r0,[r4]; add.w r1,r0,r2", 2, "S1"},
    {"ldr.w r0,[r4]; ldr.w r1,[r5]", 1, "a load a cycle"},
    {"ldr.w r0,[r4]; str.w r0,[r5]", 1, "data a stage later"},
    {"ldrd r0,r1,[r4]; add.w r2,r3,r5", 1, "64 bits a cycle"},
    {"ldm.w r4,{r0,r1,r2,r3}; add.w r5,r6,r7", 2, "64 bits a cycle"},
    // Pairs of 16-bit instructions.
    {"adds r0,#1; eors r1,r2", 0, "S1: ADD of a constant and any other"},
    {"eors r1,r2; adds r0,#1", 0, "S1: in either order"},
    {"movs r0,#1; ldr r1,[r2]", 0, "S1: MOV"},
    {"uxtb r0,r1; str r2,[r3]", 0, "S1: UXTB"},
    {"eors r0,r1; ands r2,r3", 1, "S1: not two of the others"},
    {"adds r0,r1,r2; eors r3,r4", 1, "S1: nor an ADD of registers"},
    {"adds r0,#1; adds r1,r0,r2", 1, "not when one needs the other"},
    {"add.w r0,r0,#1; eors r1,r2", 1, "S1: 16-bit encodings only"},
    {"eors r1,r2; nop", 0, "S1: NOP"},
    // Floating point.
    {"vadd.f32 s0,s1,s2; vadd.f32 s3,s0,s4", 2, "S1"},
    {"vadd.f32 s0,s1,s2; vadd.f32 s3,s4,s5", 1, "S1: pipelined"},
    {"vmul.f32 s0,s1,s2; vadd.f32 s3,s0,s4", 2, "S1"},
    {"vfma.f32 s0,s1,s2; vfma.f32 s0,s3,s4", 2, "S1"},
    {"vfma.f16 s0,s1,s2; vfma.f16 s0,s3,s4", 2, "S1"},
    {"vdiv.f32 s0,s1,s2; vadd.f32 s3,s0,s4", 16, "S1"},
    {"vdiv.f32 s0,s1,s2; add.w r0,r1,r2", 1, "S1: beside integers"},
    {"vdiv.f16 s0,s1,s2; vadd.f16 s3,s0,s4", 9, "S1"},
    {"vsqrt.f32 s0,s1; vadd.f32 s3,s0,s4", 16, "S1"},
    {"vadd.f64 d0,d1,d2; vmov.f64 d3,d0", 15, "S1"},
    {"vmul.f64 d0,d1,d2; vmov.f64 d3,d0", 21, "S1"},
    {"vfma.f64 d0,d1,d2; vmov.f64 d3,d0", 24, "S1"},
    {"vdiv.f64 d0,d1,d2; vmov.f64 d3,d0", 30, "S1"},
    {"vldr s0,[r0]; vadd.f32 s1,s0,s2", 2, "S1"},
    {"vmov r0,s0; add.w r1,r0,r2", 1, "S1"},
    {"vmov s0,r0; vadd.f32 s1,s0,s2", 2, "S1"},
    {"vldr p0,[r0]; vpst; vaddt.i32 q0,q1,q2", 3, "S1: 2, and VPST's own cycle"},
};

const IssueRow kVectorRows[] = {
    // Pipes.
    {"vadd.i32 q0,q1,q2; vadd.i32 q3,q4,q5", 2, "S1: one pipe, two beats"},
    {"vadd.i32 q0,q1,q2; vmul.i32 q3,q4,q5", 1, "S1: another pipe overlaps"},
    {"vldrw.u32 q0,[r0]; vadd.i32 q1,q0,q2", 1, "S1: beats are forwarded"},
    {"vldrw.u32 q0,[r0]; vldrw.u32 q1,[r1]", 2, "S1"},
    {"vldrw.u32 q0,[r0]; vstrw.32 q1,[r1]", 2, "S1: loads and stores share a pipe"},
    {"vldrw.u32 q0,[r0]; ldr.w r1,[r2]", 2, "one port"},
    {"vldrw.u32 q0,[r0]; add.w r1,r2,r3", 1, "S1: integers go on"},
    {"vldrw.u32 q0,[r0],#16; vadd.i32 q1,q0,q2", 1, "S1"},
    {"vldrb.s32 q0,[r0]; vadd.i32 q1,q0,q2", 1, "S1: widening loads alike"},
    {"vldrw.u32 q0,[r0]; vadd.i32 q1,q0,q2; vmul.i32 q3,q1,q2; vstrw.32 q3,[r1]", 3,
     "S1: 5 in all"},
    {"vldrw.u32 q0,[r0]; vldrw.u32 q1,[r2]; vadd.i32 q3,q0,q1; vstrw.32 q3,[r1]", 4,
     "S1: 6 in all"},
    {"vpst; vaddt.i32 q0,q1,q2", 1, "S1: VPST takes one cycle"},
    {"vadd.i32 q0,q1,q2; vpst; vaddt.i32 q3,q4,q5", 2, "S1: in the shadow of another pipe"},
    {"vdup.32 q0,r0; vadd.i32 q1,q0,q2", 2, "S1: integer pipe"},
    {"vdup.32 q0,r0; vmul.i32 q1,q0,q2", 1, "S1"},
    {"vadd.i32 q0,q1,q2; vmov q3[2],q3[0],r0,r1", 1, "S1: either pipe"},
    {"vmul.i32 q0,q1,q2; vmov q3[2],q3[0],r0,r1", 1, "S1: either pipe"},
    {"vmov r0,r1,q0[2],q0[0]; add.w r2,r0,r3", 1, "S1"},
    // Latencies into another pipe.
    {"vadd.i32 q0,q1,q2; vmul.i32 q3,q0,q4", 1, "S1: 1"},
    {"vand q0,q1,q2; vmul.i32 q3,q0,q4", 1, "S1: 1"},
    {"vshr.s32 q0,q1,#3; vmul.i32 q3,q0,q4", 1, "S1: 1"},
    {"vrshr.s32 q0,q1,#3; vmul.i32 q3,q0,q4", 2, "S1: 2"},
    {"vqrshl.s32 q0,q1,q2; vmul.i32 q3,q0,q4", 2, "S1: 2"},
    {"vmovnb.i16 q0,q1; vmul.i32 q3,q0,q4", 3, "S1: 3"},
    {"vqrshrnb.s16 q0,q1,#3; vmul.i32 q3,q0,q4", 3, "S1: 3"},
    {"vmul.i32 q0,q1,q2; vadd.i32 q3,q0,q4", 2, "S1: 2"},
    {"vqrdmulh.s32 q0,q1,q2; vadd.i32 q3,q0,q4", 2, "S1: 2"},
    {"vmla.i32 q0,q1,r2; vadd.i32 q3,q0,q4", 2, "S1: 2"},
    {"vadd.f32 q0,q1,q2; vadd.i32 q3,q0,q4", 1, "S1: 1"},
    {"vmul.f32 q0,q1,q2; vadd.i32 q3,q0,q4", 2, "S1: 2"},
    {"vfma.f32 q0,q1,q2; vfma.f32 q0,q3,q4", 2, "S1: 2"},
    {"vfma.f16 q0,q1,q2; vfma.f16 q0,q3,q4", 2, "S1: 2"},
    {"vcvt.f32.s32 q0,q1; vadd.i32 q3,q0,q4", 2, "S1: 2"},
    {"vcmp.i32 eq,q0,q1; vpsel q2,q3,q4", 1, "S1: 1"},
    // Into a store.
    {"vmul.i32 q0,q1,q2; vstrw.32 q0,[r0]", 1, "S1: E3 is forwarded"},
    {"vmovnb.i16 q0,q1; vstrw.32 q0,[r0]", 3, "S1: E4 is not"},
    {"vcvtb.f16.f32 q0,q1; vstrw.32 q0,[r0]", 3, "S1: E4 is not"},
    // Into core registers.
    {"vmladav.s8 r0,q1,q2; add.w r1,r0,r2", 2, "S1: 2"},
    {"vmladava.s8 r0,q1,q2; vmladava.s8 r0,q3,q4", 2, "S1: 2"},
    {"vmlaldava.s16 r0,r1,q1,q2; add.w r2,r0,r3", 2, "S1: 2"},
    {"vaddv.s32 r0,q1; add.w r1,r0,r2", 2, "S1: 2"},
    {"vmaxv.s32 r0,q1; add.w r1,r0,r2", 2, "S1: 2"},
    {"vmaxv.s16 r0,q1; add.w r1,r0,r2", 3, "S1: 3"},
    {"vmaxv.s8 r0,q1; add.w r1,r0,r2", 4, "S1: 4"},
    {"vabav.s8 r0,q1,q2; add.w r1,r0,r2", 3, "S1: 3"},
    {"vmaxnmv.f32 r0,q1; add.w r1,r0,r2", 1, "S1: 1"},
    // Gather and scatter.
    {"vldrw.u32 q0,[r0,q1]; vadd.i32 q2,q0,q3", 2, "S1: 2"},
    {"vldrw.u32 q0,[r0,q1]; vldrw.u32 q2,[r1]", 2, "S1: two cycles for four words"},
    {"vldrb.u8 q0,[r0,q1]; vldrw.u32 q2,[r1]", 8, "sixteen bytes, two a cycle"},
    {"vldrh.u16 q0,[r0,q1]; vldrw.u32 q2,[r1]", 4, "eight halfwords, two a cycle"},
    {"vadd.i32 q1,q2,q3; vldrw.u32 q0,[r0,q1]", 5, "S1: 1, and the index 4 early"},
    {"vstrw.32 q0,[r0,q1]; vldrw.u32 q2,[r1]", 2, "S1"},
    {"vld20.8 {q0,q1},[r0]; vld21.8 {q0,q1},[r0]; vadd.i8 q2,q0,q1", 3, "S1: as other loads"},
    // Carry and shift chains.
    {"vadc.i32 q0,q1,q2; vadc.i32 q3,q4,q5", 2, "S1: 2"},
};

TEST(IsCortexM55TimingTheDocumentedOne, OfScalarInstructions) {
  expect_issue_cycles("cortex-m55", kScalarRows);
}

TEST(IsCortexM55TimingTheDocumentedOne, OfVectorInstructions) {
  expect_issue_cycles("cortex-m55", kVectorRows);
}

// S1's two sequences, over and over: pipes stay taken from one to the next.
TEST(IsCortexM55TimingTheDocumentedOne, OverRepetitions) {
  TimedCore m55("cortex-m55");
  const std::string four =
      "vldrw.u32 q0,[r0]; vadd.i32 q1,q0,q2; vmul.i32 q3,q1,q2; vstrw.32 q3,[r0,#8]";
  const BlockCost first = m55.time(four);
  EXPECT_EQ(first.cycles, 4U);
  EXPECT_EQ(m55.time(four, first.exit).cycles, 5U) << "the store's second beat comes first";
}

constexpr char kDot[] =
    "vldrb.u8 q0,[r0],#16; vldrb.u8 q1,[r1],#16; vmladava.s8 r2,q0,q1; le lr,#-16";

TEST(IsCortexM55TimingTheDocumentedOne, AnInt8DotProductTakesFourCyclesForSixteenMacs) {
  EXPECT_EQ(TimedCore("cortex-m55").iteration(kDot), 4U);
  EXPECT_EQ(
      TimedCore("cortex-m55")
          .iteration(
              "vldrb.u8 q0,[r0],#16; vldrb.u8 q1,[r1],#16; vmladava.s8 r2,q0,q1; letp lr,#-16"),
      4U)
      << "tail-predicated";
}

// The first LE is executed and jumps; later ones are remembered; a loop that has ended is not.
TEST(IsCortexM55TimingTheDocumentedOne, ALoopEndIsRemembered) {
  TimedCore m55("cortex-m55");
  const BlockCost first = m55.time(kDot);
  EXPECT_EQ(first.cycles, 5U) << "LE itself";
  const BlockCost second = m55.time(kDot, first.exit, Arrival::kTaken);
  EXPECT_EQ(second.cycles, 2U + 4U) << "refill, then an iteration without LE";
  const BlockCost third = m55.time(kDot, second.exit, Arrival::kTaken);
  EXPECT_EQ(third.cycles, 4U);
  const BlockCost left = m55.time("add.w r3,r4,r5", third.exit, Arrival::kSequential);
  EXPECT_EQ(left.cycles, 1U) << "leaving costs nothing";
  EXPECT_EQ(m55.time(kDot, left.exit).cycles, 5U) << "entered again, it executes LE again";
  // A loop within takes the place.
  const BlockCost inner =
      m55.time("add.w r3,r4,r5; le lr,#-8", second.exit, Arrival::kSequential, 0x2000);
  const BlockCost outer = m55.time(kDot, inner.exit, Arrival::kTaken);
  EXPECT_EQ(outer.stalls[static_cast<std::size_t>(StallCause::kIssue)], 4U);
}

TEST(IsCortexM55TimingTheDocumentedOne, ByBranch) {
  TimedCore m55("cortex-m55");
  EXPECT_EQ(m55.iteration("subs r7,#1; bne #-6"), 4U) << "1, 2 and 1 for flags just made";
  EXPECT_EQ(m55.time("eors r7,r6; bne #-6").cycles, 1U) << "not taken, it pairs";
}

// A load two cycles behind a VSTR, S2.
TEST(IsCortexM55TimingTheDocumentedOne, ALoadMeetsTheBankOfAStore) {
  TimedCore m55("cortex-m55");
  EXPECT_EQ(m55.last_issue("vstrw.32 q0,[r0]; vldrw.u32 q1,[r0,#16]"), 3U) << "the same banks";
  EXPECT_EQ(m55.last_issue("vstrw.32 q0,[r0]; vldrw.u32 q1,[r0,#8]"), 2U) << "the other two";
  EXPECT_EQ(m55.last_issue("vstrw.32 q0,[r0]; mov.w r1,r2; mov.w r1,r2; vldrw.u32 q1,[r0,#16]"), 3U)
      << "three cycles behind";
  const std::string copy = "vldrw.u32 q0,[r0],#16; vstrw.32 q0,[r1],#16; le lr,#-12";
  BlockCost cost = m55.time(copy);
  for (int i = 0; i < 4; ++i) cost = m55.time(copy, cost.exit, Arrival::kTaken);
  const BlockCost next = m55.time(copy, cost.exit, Arrival::kTaken);
  EXPECT_EQ(cost.cycles + next.cycles, 9U) << "where the banks are not known, every second time";
}

}  // namespace
}  // namespace boardless::cost_models
