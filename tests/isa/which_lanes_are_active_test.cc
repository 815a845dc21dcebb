// Which lanes do MVE instructions change: in VPT blocks, in loops with tail predication, and when a
// fault comes in between? And what is MVE on a core without it?
#include <gtest/gtest.h>

#include <array>
#include <initializer_list>

#include "isa/arm/missing_feature.h"
#include "tests/isa/core_under_test.h"

namespace boardless::isa::arm {
namespace {

constexpr std::uint32_t kCode = CoreUnderTest::kCode, kData = CoreUnderTest::kData;
constexpr std::uint32_t kFpca = 4;

class WhichLanesAreActive : public testing::Test {
 protected:
  WhichLanesAreActive() {
    state().control |= kFpca;  // inside an FP context, so that VPR and FPSCR are not reset
    for (std::size_t lane = 0; lane < 4; ++lane) {
      state().s[lane] = 0xdddddddd;
      state().s[4 + lane] = 10;
      state().s[8 + lane] = 1;
    }
  }
  State& state() { return core_.state(); }
  std::uint32_t lane(std::size_t q, std::size_t i) { return state().s[4 * q + i]; }
  void run(std::initializer_list<std::uint16_t> halfwords) {
    note_predication(state());
    core_.run(halfwords);
  }
  CoreUnderTest core_{"v8.1-m.main"};
};

TEST_F(WhichLanesAreActive, ThenAndElseOfAVptBlock) {
  state().vpr = 0x00f0;  // P0: the second word
  // vpste; vaddt.i32 q0, q1, q2; vadde.i32 q0, q2, q2
  run({0xfe71, 0x8f4d, 0xef22, 0x0844, 0xef24, 0x0844});
  EXPECT_EQ(state().trap, Trap::kBreakpoint);
  EXPECT_EQ(lane(0, 0), 2U);
  EXPECT_EQ(lane(0, 1), 11U);
  EXPECT_EQ(lane(0, 2), 2U);
  EXPECT_EQ(lane(0, 3), 2U);
  EXPECT_EQ(state().vpr, 0xff0fU);  // "else" inverted P0; the block is over
}

TEST_F(WhichLanesAreActive, BytesOfALaneOnTheirOwn) {
  state().vpr = 0x0005;
  run({0xfe71, 0x0f4d, 0xef22, 0x0844});  // vpst; vaddt.i32 q0, q1, q2
  EXPECT_EQ(lane(0, 0), 0xdd00dd0bU);
  EXPECT_EQ(lane(0, 1), 0xddddddddU);
}

TEST_F(WhichLanesAreActive, AComparisonStartsABlockOfItsOwn) {
  state().s[5] = 3;
  core_.r(3) = 9;
  run({0xfe63, 0x1f63, 0xef22, 0x0844});  // vpt.s32 gt, q1, r3; vaddt.i32 q0, q1, q2
  EXPECT_EQ(lane(0, 0), 11U);
  EXPECT_EQ(lane(0, 1), 0xddddddddU);
  EXPECT_EQ(lane(0, 2), 11U);
  EXPECT_EQ(state().vpr, 0xff0fU);
}

TEST_F(WhichLanesAreActive, AFaultInABlockLeavesVprForItsReturn) {
  state().vpr = 0x000f;
  core_.r(0) = 0x60000000;                                           // nothing is there
  EXPECT_THROW(run({0xfe71, 0x0f4d, 0xed90, 0x1f00}), MemoryFault);  // vpst; vldrwt.u32 q0, [r0]
  EXPECT_EQ(state().pc, kCode + 4);
  EXPECT_EQ(state().vpr, 0x0088000fU);
  EXPECT_EQ(lane(0, 1), 0xddddddddU);
  // From there on, as a handler's return would.
  core_.r(0) = kData;
  core_.set_word(kData, 7);
  core_.set_word(kData + 4, 8);
  core_.run();
  EXPECT_EQ(state().trap, Trap::kBreakpoint);
  EXPECT_EQ(lane(0, 0), 7U);
  EXPECT_EQ(lane(0, 1), 0U);  // loads clear what is inactive
  EXPECT_EQ(state().vpr, 0x000fU);
}

TEST_F(WhichLanesAreActive, ALoopHandlesAsManyElementsAsAsked) {
  for (std::uint32_t i = 0; i < 64; i += 4) core_.set_word(kData + i, 0x03020100 + i * 0x01010101);
  core_.r(0) = kData;
  core_.r(1) = 21;
  core_.r(2) = kData + 0x100;
  // dlstp.8 lr, r1; loop: vldrb.u8 q0, [r0], #16; vstrb.8 q0, [r2], #16; letp lr, loop
  run({0xf001, 0xe001, 0xecb0, 0x1e10, 0xeca2, 0x1e10, 0xf01f, 0xc007});
  EXPECT_EQ(state().trap, Trap::kBreakpoint);
  EXPECT_EQ(core_.word(kData + 0x110), core_.word(kData + 0x10));
  EXPECT_EQ(core_.word(kData + 0x114), 0x14U);
  EXPECT_EQ(core_.word(kData + 0x118), 0U);
  EXPECT_EQ(core_.r(2), kData + 0x120);
  EXPECT_EQ(state().fpscr & kLtpsizeMask, kNoTailPredication);
}

TEST_F(WhichLanesAreActive, InactiveElementsAreNotAccessed) {
  core_.r(0) = kData + 0x2000 - 5;  // the end of memory
  core_.r(1) = 5;
  core_.r(2) = kData;
  run({0xf001, 0xe001, 0xecb0, 0x1e10, 0xeca2, 0x1e10, 0xf01f, 0xc007});
  EXPECT_EQ(state().trap, Trap::kBreakpoint);
}

TEST_F(WhichLanesAreActive, PlainLeIsNoEndOfAPredicatedLoop) {
  core_.r(1) = 21;
  // dlstp.8 lr, r1; vadd.i8 q0, q1, q2; le lr, the vadd
  run({0xf001, 0xe001, 0xef02, 0x0844, 0xf00f, 0xc005});
  EXPECT_EQ(state().trap, Trap::kInvalidState);
  EXPECT_EQ(state().pc, kCode + 8);
}

TEST(WhatIsMveWithoutMve, AnErrorThatNamesInstructionAndFeature) {
  CoreUnderTest core("v8-m.main");
  core.run({0xef02, 0x0844});
  EXPECT_EQ(core.state().trap, Trap::kUndefined);
  constexpr std::array<std::uint8_t, 4> kAdd{0x02, 0xef, 0x44, 0x08}, kLoop{0x01, 0xf0, 0x01, 0xe0},
      kUndefined{0x00, 0xde, 0x00, 0x00};
  EXPECT_EQ(missing_feature(kCode, kAdd),
            "vadd.i8 q0, q1, q2 is an instruction of Helium (MVE), which this core lacks");
  EXPECT_NE(missing_feature(kCode, kLoop), "");
  EXPECT_EQ(missing_feature(kCode, kUndefined), "");
}

}  // namespace
}  // namespace boardless::isa::arm
