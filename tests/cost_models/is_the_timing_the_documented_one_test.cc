// Is the timing of pipelines the documented one where no single core's table says it: Cortex-M0+,
// effects that cross blocks, prefetch buffers, what is refused?
#include <random>
#include <set>

#include "base/error.h"
#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

// Arm DDI 0484 3.3.
const IssueRow kM0Plus[] = {
    {"adds r0,r1,r2; adds r3,r0,r5", 1, "1"},
    {"muls r0,r1,r0; adds r3,r0,r3", 1, "fast multiplier"},
    {"ldr r0,[r1]; adds r2,r0,r4", 2, "2, no load-use delay"},
    {"ldr r0,[r4]; ldr r1,[r4,#4]; adds r3,r3,r3", 4, "no pipelining"},
    {"str r1,[r5]; adds r3,r3,r3", 2, "2"},
    {"push {r4,r5,r6}; adds r3,r3,r3", 4, "1 + N"},
};

TEST(IsTheTimingTheDocumentedOne, OnCortexM0Plus) {
  expect_issue_cycles("cortex-m0plus", kM0Plus);
  TimedCore core("cortex-m0plus");
  EXPECT_EQ(core.iteration("subs r0,#1; bne #-2"), 3U);
  EXPECT_EQ(core.time("subs r0,#1; bne #-2").cycles, 2U);
}

// A load at the end of a block still pays its second cycle in the next one.
TEST(IsTheTimingTheDocumentedOne, APendingLoadCrossesBlocks) {
  TimedCore m4("cortex-m4");
  const BlockCost load = m4.time("ldr r1,[r0]");
  EXPECT_EQ(load.cycles, 1U);
  EXPECT_EQ(m4.time("adds r2,r3,r0", load.exit).cycles, 2U);
  EXPECT_EQ(m4.time("ldr r2,[r0,#4]", load.exit).cycles, 1U);
}

// What a block leaves behind - a divide at work, a result on its way, an FP unit that is held -
// costs the next block what it would have cost in one.
TEST(IsTheTimingTheDocumentedOne, ABlockCutInTwoCostsTheSame) {
  const char* const kHalves[][2] = {
      {"vdiv.f32 s0,s1,s2; mov.w r0,r1", "vadd.f32 s3,s4,s5"},
      {"vmul.f32 s0,s1,s2; vadd.f32 s3,s0,s4", "vadd.f32 s5,s6,s7"},
      {"vfma.f32 s0,s1,s2", "vfma.f32 s0,s3,s4"},
      {"uadd8 r0,r1,r2", "mla r0,r4,r5,r0"},
      {"ldr.w r0,[r4]", "mul r1,r0,r2"},
      {"ldr.w r0,[r4]; ldrb.w r1,[r4,#4]", "add.w r2,r1,r0"},
      {"vldr s0,[r0]", "vfma.f32 s0,s1,s2"},
      {"add.w r0,r1,r2", "add.w r3,r0,r5"},
      {"str r1,[r5,r6]", "nop; ldr r0,[r4]"},
  };
  for (const char* name : {"cortex-m4", "cortex-m33", "cortex-m7"}) {
    TimedCore core(name);
    for (const auto& [first, second] : kHalves) {
      const std::string whole = std::string(first) + ";" + second;
      const BlockCost cost = core.time(first);
      EXPECT_EQ(cost.cycles + core.time(second, cost.exit).cycles, core.time(whole).cycles)
          << name << ": " << whole;
    }
  }
}

TEST(IsTheTimingTheDocumentedOne, ABlockOfVectorsCutInTwoCostsTheSame) {
  const char* const kHalves[][2] = {
      {"vldrw.u32 q0,[r0]", "vldrw.u32 q1,[r1]"},
      {"vldrw.u32 q0,[r0]", "add.w r1,r2,#1"},
      {"vadd.i32 q0,q1,q2", "vadd.i32 q3,q4,q5; vmul.i32 q6,q3,q0"},
      {"vmul.i32 q0,q1,q2; vadd.i32 q3,q4,q5", "vmul.i32 q6,q0,q3"},
      {"vadd.i32 q1,q2,q3", "vldrw.u32 q0,[r0,q1]"},
      {"vadd.i32 q1,q2,q3; mov.w r1,r2", "vldrw.u32 q0,[r0,q1]"},
      {"vadd.i32 q1,q2,q3; mov.w r1,r2; mov.w r1,r2; mov.w r1,r2", "vldrw.u32 q0,[r0,q1]"},
      {"vstrw.32 q0,[r0]", "mov.w r1,r2; vldrw.u32 q1,[r0,#16]"},
      {"vstrw.32 q0,[r0]; mov.w r1,r2", "vldrw.u32 q1,[r0,#16]"},
      {"vmovnb.i16 q0,q1", "vstrw.32 q0,[r0]"},
      {"vmladava.s8 r0,q1,q2", "vmladava.s8 r0,q3,q4; add.w r0,r0,#1"},
      {"vmov r0,r1,q0[2],q0[0]", "ldr.w r2,[r0]"},
      {"vldrb.u8 q0,[r0,q1]", "vldrw.u32 q2,[r1]"},
      {"adds r0,#1", "adds r0,#2; adds r0,#3; adds r0,#4"},
      {"adds r0,#1; adds r0,#2", "nop.n; adds r0,#3; add.w r1,r2,r0"},
      {"adds r0,#1", "eors r1,r2"},
  };
  for (const char* name : {"cortex-m55", "cortex-m85"}) {
    TimedCore core(name);
    for (const auto& [first, second] : kHalves) {
      const std::string whole = std::string(first) + ";" + second;
      const BlockCost cost = core.time(first);
      EXPECT_EQ(cost.cycles + core.time(second, cost.exit).cycles, core.time(whole).cycles)
          << name << ": " << whole;
    }
  }
}

// What the decoder of Armv8.1-M knows has a price on both cores.
TEST(IsTheTimingTheDocumentedOne, NoInstructionOfArmv81MIsWithoutAPrice) {
  isa::Decoder decoder(isa::find_variant("v8.1-m.main"));
  const CoreModel cores[] = {bundled_core("cortex-m55"), bundled_core("cortex-m85")};
  std::mt19937 random(7);
  std::set<isa::InstructionClass> met;
  for (int i = 0; i < 200000; ++i) {
    const auto bits = static_cast<std::uint32_t>(random());
    const std::uint32_t first = 0xe800 + (bits >> 16) % 0x1800;
    const std::uint8_t bytes[] = {
        static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(first >> 8),
        static_cast<std::uint8_t>(bits), static_cast<std::uint8_t>(bits >> 8)};
    for (const isa::Instruction& instruction : decoder.decode_prefix(0x1000, bytes)) {
      met.insert(instruction.instruction_class);
      for (const CoreModel& core : cores) {
        ASSERT_TRUE(core.timing(instruction.instruction_class))
            << core.name << ": " << isa::class_name(instruction.instruction_class);
      }
    }
  }
  EXPECT_GT(met.size(), 80U) << "classes";
}

TEST(IsTheTimingTheDocumentedOne, ATraceSumsToThePrice) {
  const std::string text =
      "ldr.w r0,[r4],#4; ldr.w r1,[r5],#4; sxtb16 r2,r0; sxtb16 r3,r1; smlad r6,r2,r3,r6; "
      "sxtb16 r0,r0,ror #8; sxtb16 r1,r1,ror #8; smlad r6,r0,r1,r6; subs r7,#1; bne #-34";
  for (const char* name : {"cortex-m4", "cortex-m33", "cortex-m7"}) {
    TimedCore core(name);
    Cycles sum = 0;
    for (const InstructionTiming& row : core.explain(text)) sum += row.cycles();
    EXPECT_EQ(sum, core.time(text).cycles) << name;
  }
}

TEST(IsTheTimingTheDocumentedOne, AnInstructionClassWithoutTimingIsRefused) {
  const CoreModel core = bundled_core("cortex-m0plus");
  isa::Decoder decoder(isa::find_variant("v7-m"));
  const auto code = decoder.decode(0, assemble(isa::find_variant("v7-m"), "udiv r0,r1,r2"));
  EXPECT_THROW(BlockTimer(core, std::nullopt).time(code, {}, Arrival::kSequential), NotModelled);
}

// STM32F1-like: 64-bit rows, 2 wait states. Four 16-bit instructions a row: the next row is asked
// for when the first issues, comes after 3 cycles, so the core never waits; 32-bit ones wait a
// cycle a row.
TEST(IsTheTimingTheDocumentedOne, APrefetchBufferHidesWhatTheCoreLeavesItTimeFor) {
  const CoreModel model = bundled_core("cortex-m3");
  const BlockTimer timer(model, FetchBuffer{8, 2, true});
  isa::Decoder decoder(isa::find_variant("v7-m"));
  std::vector<std::uint8_t> narrow, wide;
  for (int i = 0; i < 16; ++i) narrow.insert(narrow.end(), {0x88, 0x18});
  for (int i = 0; i < 8; ++i) wide.insert(wide.end(), {0x01, 0xeb, 0x02, 0x00});
  const auto fetch = static_cast<std::size_t>(StallCause::kFlashFetch);
  EXPECT_EQ(timer.time(decoder.decode(0, narrow), {}, Arrival::kSequential).stalls[fetch], 2U);
  EXPECT_EQ(timer.time(decoder.decode(0, wide), {}, Arrival::kSequential).stalls[fetch], 2U + 3U);
  const BlockTimer plain(model, FetchBuffer{8, 2, false});
  EXPECT_EQ(plain.time(decoder.decode(0, narrow), {}, Arrival::kSequential).stalls[fetch], 4U * 2U);
}

}  // namespace
}  // namespace boardless::cost_models
