// Do Helium's floating point and half precision give what the manual's pseudocode gives, worked out
// by hand where NaNs, denormals, predicates and exceptions meet (DDI 0553 C2.4)? Encodings by
// llvm-mc.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstring>
#include <optional>

#include "isa/arm/soft_float.h"
#include "tests/isa/core_under_test.h"

namespace boardless::isa {
namespace {

using arm::kFpFlushHalf;
using arm::kFpInexact;
using arm::kFpInputDenormal;
using arm::kFpInvalid;
using arm::kFpUnderflow;

using Floats = std::array<float, 4>;
using Words = std::array<std::uint32_t, 4>;
using Halves = std::array<std::uint16_t, 8>;

constexpr std::uint32_t kQuiet = 0x7fc00123, kSignalling = 0x7f800456, kDefault = 0x7fc00000;

Words singles(const Floats& floats) { return std::bit_cast<Words>(floats); }
Words halves(const Halves& values) { return std::bit_cast<Words>(values); }

constexpr Words kBefore{0x55555555, 0x55555555, 0x55555555, 0x55555555};

struct Case {
  std::array<std::uint16_t, 2> code;  // of an instruction on Q0, Q1, Q2 and R2
  Words q1 = {}, q2 = {}, q0 = kBefore;
  std::uint32_t r2 = 0;
  std::uint32_t fpscr = 0;
  std::optional<std::uint32_t> p0 = {};  // in a VPT block of one, with this predicate
};

struct Result {
  Words q0;
  std::uint32_t r2, p0;
  std::uint32_t raised;  // exceptions, and every other bit of FPSCR that changed
};

Result run(const Case& c) {
  CoreUnderTest core("v8.1-m.main");
  arm::State& state = core.state();
  state.control |= 4;  // FPCA: no new context, whose VPR would be 0
  std::memcpy(&state.s[0], c.q0.data(), 16);
  std::memcpy(&state.s[4], c.q1.data(), 16);
  std::memcpy(&state.s[8], c.q2.data(), 16);
  state.r[2] = c.r2;
  state.fpscr |= c.fpscr;
  const std::uint32_t before = state.fpscr;
  if (c.p0) {
    state.vpr = *c.p0;
    core.run({0xfe71, 0x0f4d, c.code[0], c.code[1]});  // vpst
  } else {
    core.run({c.code[0], c.code[1]});
  }
  EXPECT_EQ(state.trap, arm::Trap::kBreakpoint);
  EXPECT_EQ(state.pc, core.end());
  Result result{{}, state.r[2], state.vpr & 0xffff, state.fpscr ^ before};
  std::memcpy(result.q0.data(), &state.s[0], 16);
  return result;
}

// The first lane's sum is inexact, the second's operand is a signalling NaN, the third's is
// denormal: only lanes whose first byte is active raise, only active bytes change.
TEST(IsTheHeliumFloatRight, RaisesExceptionsOfActiveLanes) {
  Case add{.code = {0xef02, 0x0d44}};  // vadd.f32 q0, q1, q2
  add.q1 = {std::bit_cast<std::uint32_t>(1.0F), kSignalling, 0x00000001, kQuiet};
  add.q2 = singles({0x1p-30F, 1.0F, 2.0F, 1.0F});
  Result result = run(add);
  EXPECT_EQ(result.q0, (Words{std::bit_cast<std::uint32_t>(1.0F), kDefault,
                              std::bit_cast<std::uint32_t>(2.0F), kDefault}));
  EXPECT_EQ(result.raised, kFpInexact | kFpInvalid | kFpInputDenormal);
  add.p0 = 0xf00e;
  result = run(add);
  EXPECT_EQ(result.q0, (Words{0x3f800055, kBefore[1], kBefore[2], kDefault}));
  EXPECT_EQ(result.raised, 0U);
  add.p0 = 0x0100;
  EXPECT_EQ(run(add).raised, kFpInputDenormal);
}

// FPSCR's rounding, FZ and DN play no part, FZ16 does.
TEST(IsTheHeliumFloatRight, FollowsTheStandardModes) {
  Case single{.code = {0xff02, 0x0d54}};  // vmul.f32 q0, q1, q2
  single.q1 = singles({1.0F, 3.0F, 0x1p-100F, 1.0F});
  single.q2 = singles({0x1p-127F, 1.0F + 0x1p-23F, 0x1p-40F, 0.0F});
  single.fpscr = 0x00400000;  // rounds up
  const Result by_single = run(single);
  EXPECT_EQ(by_single.q0, singles({0.0F, 3.0F + 0x1p-21F, 0.0F, 0.0F}));
  EXPECT_EQ(by_single.raised, kFpInexact | kFpUnderflow | kFpInputDenormal);
  Case half{.code = {0xef12, 0x0d44}};  // vadd.f16 q0, q1, q2
  half.q1 = halves({0x0001, 0x0001, 0x0001, 0x0001, 0x3c00, 0x3c00, 0x3c00, 0x3c00});
  half.q2 = halves({0x0001, 0x0400, 0, 0x0001, 0x3c00, 0xbc00, 0, 0x4000});
  Result by_half = run(half);
  EXPECT_EQ(by_half.q0, halves({0x0002, 0x0401, 0x0001, 0x0002, 0x4000, 0, 0x3c00, 0x4200}));
  EXPECT_EQ(by_half.raised, 0U);
  half.fpscr = kFpFlushHalf;
  by_half = run(half);
  EXPECT_EQ(by_half.q0, halves({0, 0x0400, 0, 0, 0x4000, 0, 0x3c00, 0x4200}));
  EXPECT_EQ(by_half.raised, 0U);  // input denormals of half precision are no exception
}

TEST(IsTheHeliumFloatRight, ReducesWithSignallingNansQuiet) {
  Case most{.code = {0xeeee, 0x2f02}};  // vmaxnmv.f32 r2, q1
  most.q1 = {std::bit_cast<std::uint32_t>(-5.0F), kSignalling, kQuiet,
             std::bit_cast<std::uint32_t>(-7.0F)};
  most.r2 = kSignalling;
  Result result = run(most);
  EXPECT_EQ(result.r2, std::bit_cast<std::uint32_t>(-5.0F));
  EXPECT_EQ(result.raised, kFpInvalid);
  most.p0 = 0;
  result = run(most);
  EXPECT_EQ(result.r2, kSignalling);
  EXPECT_EQ(result.raised, 0U);
  Case least{.code = {0xfeec, 0x2f82}};  // vminnmav.f16 r2, q1: R2 keeps its sign
  least.q1 = halves({0xbc00, 0x4000, 0xc000, 0x7e00, 0xb800, 0x4000, 0x4000, 0x4000});
  least.r2 = 0xffff4400;
  EXPECT_EQ(run(least).r2, 0x3800U);
  least.r2 = 0xabcdb800;
  EXPECT_EQ(run(least).r2, 0xb800U);
}

// Each half alone decides whether VCVTT.F32.F16's exceptions count.
TEST(IsTheHeliumFloatRight, ConvertsHalvesOfLanes) {
  Case widen{.code = {0xfe3f, 0x1e03}};  // vcvtt.f32.f16 q0, q1
  widen.q1 = {0x3c00c000, 0x00010000, 0x7c010000, 0xfc007c01};
  Result result = run(widen);
  EXPECT_EQ(result.q0, (Words{std::bit_cast<std::uint32_t>(1.0F),
                              std::bit_cast<std::uint32_t>(0x1p-24F), kDefault, 0xff800000}));
  EXPECT_EQ(result.raised, kFpInvalid);
  widen.p0 = 0xfbff;  // not the third lane's byte 2
  EXPECT_EQ(run(widen).raised, 0U);
  Case narrow{.code = {0xee3f, 0x0e03}};  // vcvtb.f16.f32 q0, q1
  narrow.q1 = singles({1.0F, -65520.0F, 0x1p-25F, 0x1p-24F});
  result = run(narrow);
  EXPECT_EQ(result.q0, (Words{0x55553c00, 0x5555fc00, 0x55550000, 0x55550001}));
  EXPECT_EQ(result.raised, kFpInexact | kFpUnderflow | arm::kFpOverflow);
}

// NE, LT and LE are the opposites of EQ, GE and GT: they hold on NaNs, and every NaN is invalid.
TEST(IsTheHeliumFloatRight, ComparesNansAsOpposites) {
  Case less{.code = {0xee33, 0x1f84}};  // vcmp.f32 lt, q1, q2
  less.q1 = {kQuiet, std::bit_cast<std::uint32_t>(1.0F), 0x80000000, 0x00000001};
  less.q2 = singles({1.0F, 2.0F, 0.0F, 0.0F});
  Result result = run(less);
  EXPECT_EQ(result.p0, 0x00ffU);
  EXPECT_EQ(result.raised, kFpInvalid | kFpInputDenormal);
  Case greater_or_equal = less;
  greater_or_equal.code = {0xee33, 0x1f04};
  EXPECT_EQ(run(greater_or_equal).p0, 0xff00U);
  less.p0 = 0xff30;
  result = run(less);
  EXPECT_EQ(result.p0, 0x0030U);
  EXPECT_EQ(result.raised, kFpInputDenormal);
}

TEST(IsTheHeliumFloatRight, AddsAfterMultiplying) {
  Case c{.code = {0xee33, 0x1e42}};  // vfmas.f32 q0, q1, r2: Q0 * Q1 + R2
  c.q0 = singles({1.0F, 2.0F, 3.0F, 4.0F});
  c.q1 = singles({10.0F, 20.0F, 30.0F, 40.0F});
  c.r2 = std::bit_cast<std::uint32_t>(0.5F);
  EXPECT_EQ(run(c).q0, singles({10.5F, 40.5F, 90.5F, 160.5F}));
  c.code = {0xee33, 0x0e42};  // vfma.f32 q0, q1, r2: Q0 + Q1 * R2
  EXPECT_EQ(run(c).q0, singles({6.0F, 12.0F, 18.0F, 24.0F}));
}

TEST(IsTheHeliumFloatRight, TurnsComplexNumbers) {
  Case c{.code = {0xfc92, 0x0844}};  // vcadd.f32 q0, q1, q2, #90
  c.q0 = singles({100.0F, 200.0F, 300.0F, 400.0F});
  c.q1 = singles({1.0F, 2.0F, 3.0F, 4.0F});
  c.q2 = singles({10.0F, 20.0F, 30.0F, 40.0F});
  EXPECT_EQ(run(c).q0, singles({-19.0F, 12.0F, -37.0F, 34.0F}));
  c.code = {0xfd92, 0x0844};  // vcadd.f32 q0, q1, q2, #270
  EXPECT_EQ(run(c).q0, singles({21.0F, -8.0F, 43.0F, -26.0F}));
  c.code = {0xfc32, 0x0844};  // vcmla.f32 q0, q1, q2, #0
  EXPECT_EQ(run(c).q0, singles({110.0F, 220.0F, 390.0F, 520.0F}));
  c.code = {0xfcb2, 0x0844};  // vcmla.f32 q0, q1, q2, #90
  EXPECT_EQ(run(c).q0, singles({60.0F, 220.0F, 140.0F, 520.0F}));
  c.code = {0xfe32, 0x1e04};  // vcmul.f32 q0, q1, q2, #180
  EXPECT_EQ(run(c).q0, singles({-10.0F, -20.0F, -90.0F, -120.0F}));
  c.code = {0xfe32, 0x1e05};  // vcmul.f32 q0, q1, q2, #270
  EXPECT_EQ(run(c).q0, singles({40.0F, -20.0F, 160.0F, -120.0F}));
}

TEST(IsTheHeliumFloatRight, ConvertsAndRounds) {
  Case c{.code = {0xffb7, 0x0742}};  // vcvt.s16.f16 q0, q1
  c.q1 = halves({0x3e00, 0xbe00, 0x7bff, 0xfbff, 0x7c00, 0x7e00, 0x7800, 0xf800});
  Result result = run(c);
  EXPECT_EQ(result.q0, halves({1, 0xffff, 0x7fff, 0x8000, 0x7fff, 0, 0x7fff, 0x8000}));
  EXPECT_EQ(result.raised, kFpInexact | kFpInvalid);
  c.code = {0xefbc, 0x0e52};  // vcvt.f32.s32 q0, q1, #4
  c.q1 = {24, 0xffffffff, 0x7fffffff, 0};
  result = run(c);
  EXPECT_EQ(result.q0, singles({1.5F, -0.0625F, 134217728.0F, 0.0F}));
  EXPECT_EQ(result.raised, kFpInexact);
  c.code = {0xffba, 0x0442};  // vrintn.f32 q0, q1
  c.q1 = singles({2.5F, -3.5F, -0.25F, 0x1p40F});
  result = run(c);
  EXPECT_EQ(result.q0, singles({2.0F, -4.0F, -0.0F, 0x1p40F}));
  EXPECT_EQ(result.raised, 0U);
  c.code = {0xffba, 0x04c2};  // vrintx.f32 q0, q1
  EXPECT_EQ(run(c).raised, kFpInexact);
}

// --- Half precision in S registers ---

class HalfCore : public CoreUnderTest {
 public:
  HalfCore() : CoreUnderTest("v8.1-m.main") {
    state().s[0] = 0xaaaabbbb;
    state().s[1] = 0x12343e00;
    state().s[2] = 0xffff3c00;
  }
};

// Results are extended by zeros; fixed-point numbers by their sign.
TEST(IsTheHeliumFloatRight, ClearsTheUpperHalf) {
  HalfCore core;
  core.run({0xee30, 0x0981});  // vadd.f16 s0, s1, s2
  EXPECT_EQ(core.state().s[0], 0x4100U);
  core.run({0xeebf, 0x0908});  // vmov.f16 s0, #-1.5
  EXPECT_EQ(core.state().s[0], 0xbe00U);
  core.run({0xeebe, 0x0946});  // vcvt.s16.f16 s0, s0, #4
  EXPECT_EQ(core.state().s[0], 0xffffffe8U);
  core.r(0) = 0x98765432;
  core.run({0xee00, 0x0910});  // vmov.f16 s0, r0
  EXPECT_EQ(core.state().s[0], 0x5432U);
  core.run({0xee10, 0x0990});  // vmov.f16 r0, s1
  EXPECT_EQ(core.r(0), 0x3e00U);
}

TEST(IsTheHeliumFloatRight, MovesHalves) {
  HalfCore core;
  core.run({0xfeb0, 0x0ae0});  // vins.f16 s0, s1
  EXPECT_EQ(core.state().s[0], 0x3e00bbbbU);
  core.run({0xfeb0, 0x0a60});  // vmovx.f16 s0, s1
  EXPECT_EQ(core.state().s[0], 0x1234U);
}

TEST(IsTheHeliumFloatRight, LoadsAndStoresHalves) {
  HalfCore core;
  core.set_word(CoreUnderTest::kData, 0x77778888);
  core.r(1) = CoreUnderTest::kData;
  core.run({0xed91, 0x0901});  // vldr.16 s0, [r1, #2]
  EXPECT_EQ(core.state().s[0], 0x7777U);
  core.r(1) = CoreUnderTest::kData + 2;
  core.run({0xed41, 0x0901});  // vstr.16 s1, [r1, #-2]
  EXPECT_EQ(core.word(CoreUnderTest::kData), 0x77773e00U);
  core.run({0xed9f, 0x0902, 0, 0, 0xabcd});  // vldr.16 s0, [pc, #4]
  EXPECT_EQ(core.state().s[0], 0xabcdU);
  core.r(1) = CoreUnderTest::kData + 1;
  core.load({0xed91, 0x0901});
  core.state().pc = CoreUnderTest::kCode;
  try {
    core.run();
    ADD_FAILURE() << "an odd address faults";
  } catch (const MemoryFault& fault) {
    EXPECT_EQ(fault.kind, MemoryFault::Kind::kUnaligned);
    EXPECT_EQ(fault.address, CoreUnderTest::kData + 3);
    EXPECT_EQ(core.state().pc, CoreUnderTest::kCode);
  }
}

}  // namespace
}  // namespace boardless::isa
