// Is Cortex-M3 and Cortex-M4 timing the documented and measured one? Zero wait states; the cycle in
// which the last instruction issues.
#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

// S1: Arm 100166 3.3.1 and 7.2.3; S2: jnk0le cortex_m3m4.md.
const IssueRow kBoth[] = {
    {"adds r0,r1,r2; adds r3,r0,r5", 1, "S1"},
    {"add.w r0,r1,r2,ror #3; adds r3,r0,r5", 1, "S1: shifts inline"},
    {"bfi r0,r1,#3,#4; adds r3,r0,r5", 1, "S1"},
    {"muls r0,r1,r0; adds r3,r0,r5", 1, "S1"},
    {"ldr r0,[r1]; adds r2,r3,r4", 2, "S1"},
    {"ldr r0,[r4]; ldr r1,[r4,#4]; ldr r2,[r4,#8]; adds r3,r3,r3", 4, "S2: loads pipeline"},
    {"ldr r0,[r4]; nop; adds r3,r3,r3", 2, "S2: a load eats a NOP"},
    {"ldr r0,[r4]; str r1,[r5]; adds r3,r3,r3", 2, "S2: a store hides a load's second cycle"},
    {"ldr r0,[r4]; str r0,[r5]; adds r3,r3,r3", 2, "S2: also of the loaded value"},
    {"ldr r0,[r4]; str r1,[r5,r6]; adds r3,r3,r3", 4, "S2: but not with a register offset"},
    {"str r1,[r5]; ldr r0,[r4]", 2, "S2: a load waits for a store"},
    {"str r1,[r5]; ldm r4,{r0,r2}", 2, "S2: so does a load multiple"},
    {"str r1,[r5]; stm r4!,{r0,r2}", 1, "S2: a store multiple does not"},
    {"str r1,[r5]; str r2,[r6]; adds r3,r3,r3", 2, "S2: stores take 1"},
    {"str r1,[r5,r6]; adds r3,r3,r3", 2, "S2: with a register offset 2"},
    {"str r1,[r5,r6]; nop; adds r3,r3,r3", 2, "S2: which eats a NOP"},
    {"str r0,[r4],#4; str r1,[r4],#4", 2, "S2: indexed stores on one base"},
    {"str r0,[r4],#4; str r1,[r5],#4", 1, "S2: and on two"},
    {"adds r4,r4,r5; ldr r0,[r4]", 2, "S2: addresses a cycle early"},
    {"ldr r0,[r0]; ldr r0,[r0]", 3, "S2: addresses a cycle early"},
    {"ldrd r0,r1,[r4]; adds r3,r3,r3", 3, "S1: 1 + N"},
    {"push {r4,r5,r6}; adds r3,r3,r3", 4, "S1: 1 + N"},
    {"cmp r0,r1; it eq; moveq r2,r3", 1, "S1: IT folds behind 16 bits"},
    {"cmp.w r0,r1; it eq; moveq r2,r3", 2, "S1: and not behind 32"},
};

const IssueRow kM4[] = {
    {"mla r0,r1,r2,r3; adds r3,r0,r3", 1, "S1"},
    {"smull r0,r1,r2,r3; adds r3,r0,r3", 1, "S1"},
    {"umlal r0,r1,r2,r3; adds r3,r0,r3", 1, "S1"},
    {"smlad r0,r1,r2,r3; smlad r0,r1,r2,r0", 1, "S1"},
    {"sxtb16 r0,r1; sxtb16 r2,r1,ror #8; smlad r4,r0,r2,r4", 2, "S1"},
    {"ldr r0,[r4],#4; ldr r1,[r5],#4", 1, "S2: indexed loads on two bases chain"},
    {"ldr r0,[r4],#4; ldr r1,[r4],#4", 1, "m0379: and on one base, against S2"},
    {"ldr r0,[r4]; str r1,[r5],#4; adds r3,r3,r3", 2, "S2: an indexed store hides a load"},
    {"vadd.f32 s0,s1,s2; vadd.f32 s3,s4,s5", 1, "S1"},
    {"vadd.f32 s0,s1,s2; vadd.f32 s3,s0,s1", 2, "GCC: latency 2"},
    {"vmla.f32 s0,s1,s2; adds r3,r3,r3", 3, "S1"},
    {"vfma.f32 s0,s1,s2; vfma.f32 s0,s3,s4", 3, "GCC: 3 into an accumulator"},
    {"vfma.f32 s0,s1,s2; vfma.f32 s3,s0,s4", 4, "GCC: 4 otherwise"},
    {"vdiv.f32 s0,s1,s2; adds r3,r3,r3", 1, "GCC: integer goes on"},
    {"vdiv.f32 s0,s1,s2; vadd.f32 s3,s4,s5", 14, "S1: the FPU is busy"},
    {"vdiv.f32 s0,s1,s2; vmov r0,s0", 14, "S1"},
};

const IssueRow kM3[] = {
    {"mla r0,r1,r2,r3; adds r3,r3,r3", 2, "S1"},
    {"smull r0,r1,r2,r3; adds r3,r3,r3", 3, "S1: the least of 3 to 5"},
    {"umlal r0,r1,r2,r3; adds r3,r3,r3", 4, "S1: the least of 4 to 7"},
    {"ldr r0,[r4],#4; ldr r1,[r4],#4", 2, "S2: indexed loads never chain"},
    {"ldr r0,[r4],#4; ldr r1,[r5],#4", 2, "S2: indexed loads never chain"},
    {"ldr r0,[r4],#4; ldr r1,[r5]", 1, "S2: but the first"},
    {"ldr r0,[r4]; str r1,[r5],#4; adds r3,r3,r3", 3, "S2: nor do indexed stores behind a load"},
};

TEST(IsCortexM3AndM4TimingTheDocumentedOne, OnBoth) {
  expect_issue_cycles("cortex-m4", kBoth);
  expect_issue_cycles("cortex-m3", kBoth);
}
TEST(IsCortexM3AndM4TimingTheDocumentedOne, OnM4) { expect_issue_cycles("cortex-m4", kM4); }
TEST(IsCortexM3AndM4TimingTheDocumentedOne, OnM3) { expect_issue_cycles("cortex-m3", kM3); }

// Refills: 1 + P.
TEST(IsCortexM3AndM4TimingTheDocumentedOne, ByBranch) {
  for (const char* name : {"cortex-m3", "cortex-m4"}) {
    TimedCore core(name);
    const auto refill = [&](const std::string& text) {
      return core.time("nop", core.time(text).exit, Arrival::kTaken).cycles - 1;
    };
    EXPECT_EQ(refill("b #100"), 1U) << "target goes out at decode";
    EXPECT_EQ(refill("subs r0,#1; bne #100"), 1U) << "conditional ones too";
    EXPECT_EQ(refill("bl #100"), 1U);
    EXPECT_EQ(refill("nop; bx lr"), 1U) << "and LR";
    EXPECT_EQ(refill("mov lr,r0; bx lr"), 2U) << "unless it is just being written";
    EXPECT_EQ(refill("bx r0"), 2U) << "at execute";
    EXPECT_EQ(refill("cbz r0,#20"), 2U) << "at execute";
    EXPECT_EQ(refill("pop {r4,pc}"), 3U) << "with the loaded data";
    EXPECT_EQ(refill("ldr pc,[r0]"), 3U) << "with the loaded data";
    const std::string table = "tbb [r0,r1]";
    EXPECT_EQ(core.time(table).cycles + refill(table), 6U) << "two to load, one to add, three";
    EXPECT_EQ(core.iteration("subs r0,#1; bne #-2"), 3U) << "the delay loop everyone uses";
    const BlockCost branch = core.time("b #100");
    EXPECT_EQ(core.time("mla r0,r1,r2,r3", branch.exit, Arrival::kTaken, 0x2002).cycles,
              core.time("mla r0,r1,r2,r3", branch.exit, Arrival::kTaken, 0x2000).cycles + 1)
        << "a 32-bit target across a word";
  }
}

// Three 32-bit instructions in a row off word boundaries cost a cycle, longer runs no more.
TEST(IsCortexM3AndM4TimingTheDocumentedOne, MisalignedRunsCostACycle) {
  TimedCore m4("cortex-m4");
  const std::string wide = "mla r0,r1,r2,r3; mla r4,r5,r6,r7";
  const auto extra = [&](const std::string& text) {
    return m4.time(text, {}, Arrival::kSequential, 0x1002).cycles -
           m4.time(text, {}, Arrival::kSequential, 0x1000).cycles;
  };
  EXPECT_EQ(extra(wide), 0U);
  EXPECT_EQ(extra(wide + "; mla r8,r9,r10,r11"), 1U);
  EXPECT_EQ(extra(wide + ";" + wide + ";" + wide), 1U);
}

}  // namespace
}  // namespace boardless::cost_models
