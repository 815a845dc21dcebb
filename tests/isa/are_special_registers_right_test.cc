// Do MSR, MRS and CPS change what they should, do exclusives succeed when they should, and is Q
// right where Unicorn's is not? Encodings by clang.
#include <gtest/gtest.h>

#include "tests/isa/core_under_test.h"

namespace boardless::isa {
namespace {

constexpr std::uint32_t kData = CoreUnderTest::kData;

TEST(AreSpecialRegistersRight, ControlChoosesTheStackPointer) {
  CoreUnderTest core("v7-m");
  core.r(13) = kData + 0x100;
  core.r(5) = kData + 0x203;
  core.r(0) = 2;
  // msr psp, r5; msr control, r0; isb; mrs r1, control; mrs r2, msp; mrs r3, psp
  core.run({0xf385, 0x8809, 0xf380, 0x8814, 0xf3bf, 0x8f6f, 0xf3ef, 0x8114, 0xf3ef, 0x8208, 0xf3ef,
            0x8309});
  EXPECT_EQ(core.r(1), 2U);
  EXPECT_EQ(core.r(2), kData + 0x100);
  EXPECT_EQ(core.r(3), kData + 0x200);  // bits 1:0 are zero
  EXPECT_EQ(core.r(13), kData + 0x200);
  EXPECT_EQ(core.state().other_sp, kData + 0x100);
  core.r(0) = 0;
  core.run({0xf380, 0x8814});
  EXPECT_EQ(core.r(13), kData + 0x100);
  EXPECT_EQ(core.state().other_sp, kData + 0x200);
  CoreUnderTest handler("v7-m");
  handler.state().ipsr = 15;
  handler.r(0) = 2;
  const std::uint32_t sp = handler.r(13);
  handler.run({0xf380, 0x8814});  // handlers use MSP whatever is written
  EXPECT_EQ(handler.r(13), sp);
  EXPECT_EQ(handler.state().control, 0U);
}

TEST(AreSpecialRegistersRight, WithoutPrivilegeTheyStay) {
  CoreUnderTest core("v7-m");
  core.state().control = 1;
  core.r(0) = 0xff;
  core.r(5) = kData;
  const std::uint32_t sp = core.r(13);
  // msr control, r0; msr primask, r0; msr basepri, r0; msr msp, r5; cpsid i; mrs r1, control;
  // mrs r2, msp
  core.run({0xf380, 0x8814, 0xf380, 0x8810, 0xf380, 0x8811, 0xf385, 0x8808, 0xb672, 0xf3ef, 0x8114,
            0xf3ef, 0x8208});
  EXPECT_EQ(core.state().control, 1U);
  EXPECT_EQ(core.state().primask, 0U);
  EXPECT_EQ(core.state().basepri, 0U);
  EXPECT_EQ(core.r(13), sp);
  EXPECT_EQ(core.r(1), 1U);
  EXPECT_EQ(core.r(2), 0U);
}

TEST(AreSpecialRegistersRight, BasepriMaxOnlyRaisesThePriority) {
  const auto written = [&](std::uint32_t before, std::uint32_t value) {
    CoreUnderTest fresh("v7-m");
    fresh.state().basepri = before;
    fresh.r(0) = value;
    fresh.run({0xf380, 0x8812, 0xf3ef, 0x8111});  // msr basepri_max, r0; mrs r1, basepri
    return fresh.r(1);
  };
  EXPECT_EQ(written(0, 0x40), 0x40U);
  EXPECT_EQ(written(0x40, 0x20), 0x20U);
  EXPECT_EQ(written(0x40, 0x60), 0x40U);
  EXPECT_EQ(written(0x40, 0), 0x40U);
}

TEST(AreSpecialRegistersRight, CpsSetsAndClearsMasks) {
  CoreUnderTest core("v7-m");
  core.run({0xb672, 0xb671});  // cpsid i; cpsid f
  EXPECT_EQ(core.state().primask, 1U);
  EXPECT_EQ(core.state().faultmask, 1U);
  CoreUnderTest other("v7-m");
  other.state().primask = other.state().faultmask = 1;
  other.run({0xb662, 0xb661});  // cpsie i; cpsie f
  EXPECT_EQ(other.state().primask, 0U);
  EXPECT_EQ(other.state().faultmask, 0U);
  CoreUnderTest hard_fault("v7-m");
  hard_fault.state().ipsr = 3;
  hard_fault.run({0xb671});
  EXPECT_EQ(hard_fault.state().faultmask, 0U);
}

TEST(AreSpecialRegistersRight, StatusAndStackLimits) {
  CoreUnderTest core("v8-m.main");
  core.state().ipsr = 11;
  core.state().set_flags(true, false, true, false);
  core.r(0) = 0x20000017;
  // mrs r1, ipsr; mrs r2, xpsr; msr msplim, r0; mrs r3, msplim
  core.run({0xf3ef, 0x8105, 0xf3ef, 0x8203, 0xf380, 0x880a, 0xf3ef, 0x830a});
  EXPECT_EQ(core.r(1), 11U);
  EXPECT_EQ(core.r(2), 0xa000000bU);
  EXPECT_EQ(core.r(3), 0x20000010U);
}

TEST(AreSpecialRegistersRight, SpBitsThatAreAlwaysZero) {
  CoreUnderTest core("v7-m");
  core.r(0) = kData + 0x103;
  core.run({0x4685, 0xf20d, 0x0d06});  // mov sp, r0; addw sp, sp, #6
  EXPECT_EQ(core.r(13), kData + 0x104);
}

TEST(DoExclusivesSucceed, AfterALoadOfTheSameAddressOnly) {
  const auto strex = [](std::initializer_list<std::uint16_t> halfwords) {
    CoreUnderTest core("v7-m");
    core.r(1) = kData + 0x40;
    core.r(4) = kData + 0x80;
    core.r(3) = 0x12345678;
    core.r(2) = 99;
    core.run(halfwords);
    EXPECT_EQ(core.word(kData + 0x40) == 0x12345678, core.r(2) == 0);
    EXPECT_EQ(core.word(kData + 0x80), 0U);
    EXPECT_FALSE(core.state().exclusive);
    return core.r(2);
  };
  EXPECT_EQ(strex({0xe851, 0x0f00, 0xe841, 0x3200}), 0U);  // ldrex r0, [r1]; strex r2, r3, [r1]
  EXPECT_EQ(strex({0xe841, 0x3200}), 1U);
  EXPECT_EQ(strex({0xe851, 0x0f00, 0xe844, 0x3200}), 1U);                  // strex r2, r3, [r4]
  EXPECT_EQ(strex({0xe851, 0x0f00, 0xf3bf, 0x8f2f, 0xe841, 0x3200}), 1U);  // clrex between
}

// DDI 0403E A7.7, SMLAD: Q tells whether the whole sum fits; that of the products alone may not.
TEST(IsQRight, ForSmladWhoseProductsOverflow) {
  CoreUnderTest core("v7e-m");
  core.r(1) = core.r(2) = 0x80008000;
  core.r(3) = 0xffffffff;
  core.run({0xfb21, 0x3002});  // smlad r0, r1, r2, r3
  EXPECT_EQ(core.r(0), 0x7fffffffU);
  EXPECT_EQ(core.state().q, 0U);
  core.r(3) = 0;
  CoreUnderTest other("v7e-m");
  other.r(1) = other.r(2) = 0x80008000;
  other.run({0xfb21, 0x3002});
  EXPECT_EQ(other.r(0), 0x80000000U);
  EXPECT_EQ(other.state().q, 1U);
}

}  // namespace
}  // namespace boardless::isa
