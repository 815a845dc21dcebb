// Which instructions trap or fault, where is the PC then, and what has changed? Encodings by clang.
#include <gtest/gtest.h>

#include <optional>

#include "tests/isa/core_under_test.h"

namespace boardless::isa {
namespace {

using arm::Trap;

constexpr std::uint32_t kCode = CoreUnderTest::kCode;
constexpr std::uint32_t kData = CoreUnderTest::kData;

void expect_trap(CoreUnderTest& core, std::initializer_list<std::uint16_t> halfwords, Trap trap,
                 std::uint32_t value, std::uint32_t offset) {
  EXPECT_EQ(core.run(halfwords), sim::Stop::kTrap);
  EXPECT_EQ(core.state().trap, trap);
  EXPECT_EQ(core.state().trap_value, value);
  EXPECT_EQ(core.state().pc, kCode + offset);
}

// The fault of the instruction at kCode + offset.
std::optional<MemoryFault> fault_of(CoreUnderTest& core,
                                    std::initializer_list<std::uint16_t> halfwords,
                                    std::uint32_t offset = 0) {
  try {
    core.run(halfwords);
  } catch (const MemoryFault& fault) {
    EXPECT_EQ(core.state().pc, kCode + offset);
    return fault;
  }
  return std::nullopt;
}

TEST(WhatStopsTheCore, SvcBkptAndUdf) {
  const auto expect = [](std::initializer_list<std::uint16_t> halfwords, Trap trap,
                         std::uint32_t value, std::uint32_t offset) {
    CoreUnderTest core("v7-m");
    expect_trap(core, halfwords, trap, value, offset);
  };
  expect({0xbf00, 0xdf07}, Trap::kSupervisorCall, 7, 4);
  expect({0xbf00, 0xbe03}, Trap::kBreakpoint, 3, 2);
  expect({0xbf00, 0xde09}, Trap::kUndefined, 9, 2);
  expect({0xbf00, 0xdefe}, Trap::kUndefined, 0xfe, 2);
  expect({0xf7f0, 0xa12c}, Trap::kUndefined, 300, 0);
  expect({0xfb21, 0x3002}, Trap::kUndefined, 0, 0);  // smlad, which Armv7-M lacks
}

TEST(WhatStopsTheCore, WaitingButNotWhenAnEventIsPending) {
  CoreUnderTest core("v7-m");
  core.run({0xbf30});  // wfi
  EXPECT_EQ(core.state().trap, Trap::kWaitForInterrupt);
  EXPECT_EQ(core.state().pc, kCode + 2);
  CoreUnderTest other("v7-m");
  other.load({0xbf40, 0xbf20, 0xbf20});  // sev; wfe; wfe
  other.run();
  EXPECT_EQ(other.state().trap, Trap::kWaitForEvent);
  EXPECT_EQ(other.state().pc, kCode + 6);
}

TEST(WhatStopsTheCore, DivisionByZeroWhenItTraps) {
  for (const std::uint16_t first : {std::uint16_t{0xfb91}, std::uint16_t{0xfbb1}}) {
    const std::uint16_t second = 0xf0f2;  // sdiv, udiv r0, r1, r2
    CoreUnderTest core("v7-m");
    core.r(0) = 9;
    core.r(1) = 5;
    core.run({first, second});
    EXPECT_EQ(core.r(0), 0U);
    core.r(0) = 9;
    core.state().traps_divide_by_zero = true;
    expect_trap(core, {first, second}, Trap::kDivideByZero, 0, 0);
    EXPECT_EQ(core.r(0), 9U);
  }
}

TEST(WhatStopsTheCore, DivisionAndLongMultiplicationReportTheirOperands) {
  struct Seen {
    OperandTimed operation{};
    std::uint32_t first = 0, second = 0;
  } seen;
  CoreUnderTest core("v7-m");
  core.state().around.sink = &seen;
  core.state().around.on_operands = [](void* to, OperandTimed operation, std::uint32_t first,
                                       std::uint32_t second) {
    *static_cast<Seen*>(to) = {operation, first, second};
  };
  core.r(1) = 100;
  core.r(2) = 7;
  core.run({0xfbb1, 0xf0f2});  // udiv r0, r1, r2
  EXPECT_EQ(core.r(0), 14U);
  EXPECT_EQ(seen.operation, OperandTimed::kDivideUnsigned);
  EXPECT_EQ(seen.first, 100U);
  EXPECT_EQ(seen.second, 7U);
}

TEST(WhatStopsTheCore, UnalignedAccessesThatAlwaysFault) {
  struct Case {
    const char* text;
    std::uint16_t first, second;
  };
  constexpr Case kCases[] = {
      {"ldrd r0, r2, [r1]", 0xe9d1, 0x0200},   {"ldm r1, {r2, r3}", 0xe891, 0x000c},
      {"stmdb r1!, {r2, r3}", 0xe921, 0x000c}, {"ldrex r0, [r1]", 0xe851, 0x0f00},
      {"strex r2, r3, [r1]", 0xe841, 0x3200},  {"stm r1!, {r2, r3}; nop", 0xc10c, 0xbf00},
  };
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    CoreUnderTest core("v7-m");
    core.r(1) = kData + 0x102;
    const auto fault = fault_of(core, {c.first, c.second});
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->kind, MemoryFault::Kind::kUnaligned);
    EXPECT_EQ(core.r(1), kData + 0x102);
  }
}

TEST(WhatStopsTheCore, UnalignedAccessesOnlyWhenTrapped) {
  CoreUnderTest core("v7-m");
  core.set_word(kData + 4, 0x44332211);
  core.r(1) = kData + 5;
  EXPECT_FALSE(fault_of(core, {0x6808}));  // ldr r0, [r1]
  EXPECT_EQ(core.r(0), 0x00443322U);
  EXPECT_FALSE(fault_of(core, {0xbf00, 0x6008}, 2));  // str r0, [r1]
  constexpr std::uint16_t kLdr = 0x6808, kStr = 0x6008, kLdrh = 0x8808;
  for (const std::uint16_t access : {kLdr, kStr, kLdrh}) {
    CoreUnderTest strict("v6-m");
    strict.state().traps_unaligned = true;
    strict.r(1) = kData + 5;
    const auto fault = fault_of(strict, {0xbf00, access}, 2);
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->kind, MemoryFault::Kind::kUnaligned);
    EXPECT_EQ(fault->is_store, access == kStr);
  }
}

TEST(WhatStopsTheCore, AFaultLeavesTheBaseAlone) {
  const std::uint32_t edge = kData + 0x2000;  // the first address that is not mapped
  struct Case {
    const char* text;
    std::uint16_t first, second;
    std::uint32_t base;
  };
  const Case cases[] = {
      {"ldr r0, [r1], #8", 0xf851, 0x0b08, edge},
      {"ldm r1!, {r2, r3}", 0xc90c, 0xbf00, edge - 4},
      {"stmdb r1!, {r2, r3}", 0xe921, 0x000c, edge + 4},
      {"ldrd r0, r2, [r1], #8", 0xe8f1, 0x0202, edge - 4},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    CoreUnderTest core("v7-m");
    core.r(0) = core.r(2) = core.r(3) = 5;
    core.r(1) = c.base;
    const auto fault = fault_of(core, {c.first, c.second});
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->kind, MemoryFault::Kind::kUnmapped);
    EXPECT_EQ(fault->address, edge);
    EXPECT_EQ(core.r(1), c.base);
    EXPECT_EQ(core.r(2), 5U);
  }
}

TEST(WhatStopsTheCore, StoresToReadOnlyMemory) {
  CoreUnderTest core("v7-m");
  core.r(1) = CoreUnderTest::kConstants;
  const auto fault = fault_of(core, {0x6008});  // str r0, [r1]
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, MemoryFault::Kind::kReadOnly);
}

}  // namespace
}  // namespace boardless::isa
