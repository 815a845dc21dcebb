// When may floating point run: what does an FP instruction do while CPACR denies it, at the start
// of an FP context, and with an address or an FPSCR that it must not have?
#include <gtest/gtest.h>

#include <bit>
#include <initializer_list>

#include "isa/arm/soft_float.h"
#include "tests/isa/core_under_test.h"

namespace boardless::isa::arm {
namespace {

constexpr std::uint32_t kCode = CoreUnderTest::kCode, kData = CoreUnderTest::kData;
constexpr std::uint32_t kFpca = 4;

constexpr std::uint32_t kAdd = 0xee300a20;          // vadd.f32 s0, s0, s1
constexpr std::uint32_t kOne = 0xeeb72a00;          // vmov.f32 s4, #1.0
constexpr std::uint32_t kLoadSingle = 0xed900a00;   // vldr s0, [r0]
constexpr std::uint32_t kLoadDouble = 0xed900b00;   // vldr d0, [r0]
constexpr std::uint32_t kLoadFour = 0xecb00a04;     // vldmia r0!, {s0-s3}
constexpr std::uint32_t kStoreDouble = 0xed800b00;  // vstr d0, [r0]
constexpr std::uint32_t kWriteFpscr = 0xeee10a10;   // vmsr fpscr, r0
constexpr std::uint32_t kIfEqual = 0xbf08;          // it eq
constexpr std::uint32_t kBreakpoint = 0xbe00;

class WhenMayFloatingPointRun : public testing::Test {
 protected:
  // Runs the instructions, the first halfword of each in its upper half.
  State& run(std::initializer_list<std::uint32_t> instructions) {
    std::uint32_t at = kCode;
    const auto put = [&](std::uint32_t halfword) {
      core_.set_code(at, static_cast<std::uint16_t>(halfword));
      at += 2;
    };
    for (const std::uint32_t instruction : instructions) {
      if (instruction > 0xffff) put(instruction >> 16);
      put(instruction & 0xffff);
    }
    put(kBreakpoint);
    state().pc = kCode;
    core_.run();
    return state();
  }
  State& state() { return core_.state(); }

 private:
  CoreUnderTest core_{"v7e-m-dp"};
};

TEST_F(WhenMayFloatingPointRun, NotWhileItIsDenied) {
  state().fp_enabled = false;
  run({kOne, kAdd});
  EXPECT_EQ(state().trap, Trap::kUndefined);
  EXPECT_EQ(state().pc, kCode);
  EXPECT_EQ(state().s[4], 0U);
  EXPECT_EQ(state().control & kFpca, 0U);
}

TEST_F(WhenMayFloatingPointRun, ASkippedInstructionIsNoUseButTheNextIs) {
  state().fp_enabled = false;
  state().set_flags(false, false, false, false);
  run({kIfEqual, kAdd, kOne});
  EXPECT_EQ(state().trap, Trap::kUndefined);
  EXPECT_EQ(state().pc, kCode + 6);

  state().set_flags(false, true, false, false);
  run({kIfEqual, kAdd, kOne});
  EXPECT_EQ(state().pc, kCode + 2);
}

TEST_F(WhenMayFloatingPointRun, TheFirstUseStartsAContextWithTheDefaultModes) {
  state().fpscr = kFpInexact | kFpAlternativeHalf;
  state().fpdscr = kFpFlush | kFpDefaultNan;
  run({kOne});
  EXPECT_EQ(state().trap, Trap::kBreakpoint);
  EXPECT_EQ(state().control & kFpca, kFpca);
  EXPECT_EQ(state().fpscr, kFpFlush | kFpDefaultNan | kFpInexact);
  EXPECT_EQ(state().s[4], std::bit_cast<std::uint32_t>(1.0F));
}

TEST_F(WhenMayFloatingPointRun, AContextKeepsItsModes) {
  state().control = kFpca;
  state().fpscr = kFpAlternativeHalf;
  state().fpdscr = kFpFlush;
  run({kOne});
  EXPECT_EQ(state().fpscr, kFpAlternativeHalf);
}

TEST_F(WhenMayFloatingPointRun, OnlyWithWholeWordsOfMemory) {
  for (const std::uint32_t access : {kLoadSingle, kLoadDouble, kLoadFour, kStoreDouble}) {
    state().r[0] = kData + 4;  // a word suffices for doubles
    EXPECT_NO_THROW(run({access})) << std::hex << access;
    state().r[0] = kData + 2;
    try {
      run({access});
      ADD_FAILURE() << std::hex << access;
    } catch (const MemoryFault& fault) {
      EXPECT_EQ(fault.kind, MemoryFault::Kind::kUnaligned);
      EXPECT_EQ(fault.address, kData + 2);
      EXPECT_EQ(fault.is_store, access == kStoreDouble);
      EXPECT_EQ(state().pc, kCode);
      EXPECT_EQ(state().r[0], kData + 2);
    }
  }
}

// The second word of each is outside the window.
TEST_F(WhenMayFloatingPointRun, AFaultLeavesTheBaseAndADoubleAlone) {
  state().s.fill(0x12345678);
  for (const std::uint32_t access : {kLoadDouble, kLoadFour}) {
    state().r[0] = kData + 0x1ffc;
    EXPECT_THROW(run({access}), MemoryFault);
    EXPECT_EQ(state().r[0], kData + 0x1ffc);
    if (access == kLoadDouble) {
      EXPECT_EQ(state().s[0], 0x12345678U);
    }
  }
}

TEST_F(WhenMayFloatingPointRun, FpscrKeepsOnlyWhatItHas) {
  state().r[0] = ~0U;
  EXPECT_EQ(run({kWriteFpscr}).fpscr, 0xf7c0009fU);
}

}  // namespace
}  // namespace boardless::isa::arm
