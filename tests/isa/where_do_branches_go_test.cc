// Where does the core continue after each way to write the PC, and what do IT blocks skip?
// Encodings by clang.
#include <gtest/gtest.h>

#include "tests/isa/core_under_test.h"

namespace boardless::isa {
namespace {

using arm::Trap;

constexpr std::uint32_t kCode = CoreUnderTest::kCode;
constexpr std::uint32_t kData = CoreUnderTest::kData;
constexpr std::uint32_t kElsewhere = kCode + 0x100;

class WhereDoBranchesGo : public testing::Test {
 protected:
  WhereDoBranchesGo() : core("v7e-m") {
    core.set_code(kElsewhere, 0xbe2a);  // bkpt #42
  }
  void expect_elsewhere(std::initializer_list<std::uint16_t> halfwords) {
    EXPECT_EQ(core.run(halfwords), sim::Stop::kTrap);
    EXPECT_EQ(core.state().trap, Trap::kBreakpoint);
    EXPECT_EQ(core.state().trap_value, 42U);
    EXPECT_EQ(core.state().pc, kElsewhere);
  }
  CoreUnderTest core;
};

TEST_F(WhereDoBranchesGo, BranchAndLink) {
  expect_elsewhere({0xf000, 0xf87e});  // bl .+0x100
  EXPECT_EQ(core.r(14), kCode + 4 + 1);
}

TEST_F(WhereDoBranchesGo, RegistersWithoutTheThumbBit) {
  core.r(3) = kElsewhere | 1;
  expect_elsewhere({0x4798});  // blx r3
  EXPECT_EQ(core.r(14), kCode + 2 + 1);
  core.r(14) = kElsewhere | 1;
  expect_elsewhere({0x47f0});  // blx lr: the target is read first
  EXPECT_EQ(core.r(14), kCode + 2 + 1);
  core.r(3) = kElsewhere | 1;
  expect_elsewhere({0x4718});  // bx r3
  expect_elsewhere({0x469f});  // mov pc, r3
  core.r(3) = kElsewhere - (kCode + 4);
  expect_elsewhere({0x449f});  // add pc, r3
}

TEST_F(WhereDoBranchesGo, LoadsOfThePc) {
  core.set_word(kData + 8, kElsewhere | 1);
  core.r(1) = kData + 8;
  expect_elsewhere({0xf8d1, 0xf000});  // ldr.w pc, [r1]
  expect_elsewhere({0xf851, 0xfb08});  // ldr pc, [r1], #8
  EXPECT_EQ(core.r(1), kData + 16);
  core.r(13) = kData + 4;
  core.set_word(kData + 4, 77);
  expect_elsewhere({0xbd10});  // pop {r4, pc}
  EXPECT_EQ(core.r(4), 77U);
  EXPECT_EQ(core.r(13), kData + 12);
}

TEST_F(WhereDoBranchesGo, ExceptionReturnsLeaveTheCode) {
  core.r(3) = 0xfffffff9;
  EXPECT_EQ(core.run({0x4718}), sim::Stop::kNoCode);  // bx r3
  EXPECT_EQ(core.state().pc, 0xfffffff8U);
}

TEST_F(WhereDoBranchesGo, TableBranches) {
  // tbb [pc, r0]; the table {2, 3}; movs r1, #1; bkpt; movs r1, #2; bkpt
  const std::initializer_list<std::uint16_t> bytes{0xe8df, 0xf000, 0x0301, 0x2101,
                                                   0xbe00, 0x2102, 0xbe00};
  core.r(0) = 0;
  core.run(bytes);
  EXPECT_EQ(core.r(1), 1U);
  core.r(0) = 1;
  core.run(bytes);
  EXPECT_EQ(core.r(1), 2U);
  // tbh [pc, r0, lsl #1]
  const std::initializer_list<std::uint16_t> halfwords{0xe8df, 0xf010, 0x0002, 0x0004,
                                                       0x2103, 0xbe00, 0x2104, 0xbe00};
  CoreUnderTest other("v7-m");
  other.run(halfwords);
  EXPECT_EQ(other.r(1), 3U);
  other.r(0) = 1;
  other.run(halfwords);
  EXPECT_EQ(other.r(1), 4U);
  // tbb [r1, r0]
  CoreUnderTest third("v7-m");
  third.r(1) = kData;
  third.r(0) = 3;
  third.set_word(kData, 0x01000000);
  third.run({0xe8d1, 0xf000, 0xbe01, 0xbe02});
  EXPECT_EQ(third.state().trap_value, 2U);
}

TEST_F(WhereDoBranchesGo, ThePcAsAnOperand) {
  core.run({0x4678});  // mov r0, pc
  EXPECT_EQ(core.r(0), kCode + 4);
  core.r(0) = 1;
  core.run({0xbf00, 0x4478});  // nop; add r0, pc
  EXPECT_EQ(core.r(0), kCode + 2 + 4 + 1);
}

TEST(WhatDoLiteralsCountFrom, TheAlignedPc) {
  CoreUnderTest core("v7e-m");
  // nop; ldrd r0, r1, [pc, #-0]; ldr.w r2, [pc, #-0]; ldr.w r3, [pc, #-4]; adr.w r4, .-2
  core.run({0xbf00, 0xe95f, 0x0100, 0xf85f, 0x2000, 0xf85f, 0x3004, 0xf2af, 0x0404});
  EXPECT_EQ(core.r(0), 0xf85f0100U);  // at kCode + 4
  EXPECT_EQ(core.r(1), 0xf85f2000U);
  EXPECT_EQ(core.r(2), 0xf85f2000U);  // at kCode + 8
  EXPECT_EQ(core.r(3), 0xf85f2000U);  // at kCode + 12 - 4
  EXPECT_EQ(core.r(4), kCode + 16 - 4);
}

TEST(WhatDoItBlocksSkip, EachInstructionByItsCondition) {
  CoreUnderTest core("v7-m");
  // cmp r0, r0; itete eq; moveq r1, #1; movne r2, #2; moveq r3, #3; movne r4, #4
  core.run({0x4280, 0xbf0b, 0x2101, 0x2202, 0x2303, 0x2404});
  EXPECT_EQ(core.r(1), 1U);
  EXPECT_EQ(core.r(2), 0U);
  EXPECT_EQ(core.r(3), 3U);
  EXPECT_EQ(core.r(4), 0U);
}

TEST(WhatDoItBlocksSkip, TheRestAfterAnInstructionThatEndsItsBlock) {
  for (const bool holds : {false, true}) {
    CoreUnderTest core("v7-m");
    core.r(0) = holds ? 0 : 1;
    // cmp r0, #0; itett eq; dsbeq; movne r2, #2; svceq #1; moveq r4, #4
    core.load({0x2800, 0xbf09, 0xf3bf, 0x8f4f, 0x2202, 0xdf01, 0x2404});
    EXPECT_EQ(core.run(), sim::Stop::kTrap);
    EXPECT_EQ(core.r(2), holds ? 0U : 2U);
    if (holds) {
      EXPECT_EQ(core.state().trap, Trap::kSupervisorCall);
      EXPECT_EQ(core.state().pc, core.end() - 2);
      EXPECT_NE(core.state().it, 0U);  // what an exception would stack
      core.run();
    }
    EXPECT_EQ(core.state().trap, Trap::kBreakpoint);
    EXPECT_EQ(core.state().pc, core.end());
    EXPECT_EQ(core.r(4), holds ? 4U : 0U);
    EXPECT_EQ(core.state().it, 0U);
  }
}

TEST(WhatDoItBlocksSkip, AsItStateSaysOnEntry) {
  CoreUnderTest core("v7-m");
  core.load({0x2101, 0x2202, 0x2303});  // movs r1, #1; movs r2, #2; movs r3, #3
  core.state().set_flags(false, true, false, false);
  core.state().it = 0x14;  // NE, then EQ
  core.run();
  EXPECT_EQ(core.r(1), 0U);
  EXPECT_EQ(core.r(2), 2U);
  EXPECT_EQ(core.r(3), 3U);
  EXPECT_EQ(core.state().it, 0U);
}

}  // namespace
}  // namespace boardless::isa
