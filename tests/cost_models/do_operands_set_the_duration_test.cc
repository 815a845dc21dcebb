// Do operands set the duration of divides, long multiplies and unaligned accesses as documented?
#include "base/error.h"
#include "tests/cost_models/timed_code.h"

namespace boardless::cost_models {
namespace {

using isa::OperandTimed;

std::uint32_t divide(const CoreModel& core, OperandTimed kind, std::uint32_t a, std::uint32_t b) {
  return core.timing(isa::InstructionClass::kDivide)->cycles +
         extra_cycles(core.operand_timing, kind, a, b);
}

std::uint32_t extra(const CoreModel& core, std::uint32_t address, std::uint32_t bytes,
                    bool is_store) {
  return address % bytes == 0 ? 0
                              : unaligned_cycles(core, unaligned_kind(address, bytes, is_store));
}

TEST(DoOperandsSetTheDuration, OfDividesOnCortexM) {
  struct Range {
    const char* core;
    std::uint32_t least, most;
  };
  // Arm 100166 3.3.1: 2 to 12; Cortex-M7: 3 to 20.
  for (const auto& [name, least, most] : {Range{"cortex-m3", 2, 12}, Range{"cortex-m4", 2, 12},
                                          Range{"cortex-m33", 2, 12}, Range{"cortex-m7", 3, 20}}) {
    const CoreModel core = bundled_core(name);
    EXPECT_EQ(divide(core, OperandTimed::kDivideUnsigned, 5, 9), least) << name;
    EXPECT_EQ(divide(core, OperandTimed::kDivideUnsigned, 0, 0), least) << name;
    EXPECT_EQ(divide(core, OperandTimed::kDivideSigned, 0x80000000U, 1), most) << name;
    EXPECT_EQ(divide(core, OperandTimed::kDivideSigned, 0x80000000U, 0xffffffffU), most) << name;
    std::uint32_t before = least;
    for (int bits = 1; bits <= 32; ++bits) {
      const std::uint32_t now =
          divide(core, OperandTimed::kDivideUnsigned, 0xffffffffU >> (32 - bits), 1);
      EXPECT_GE(now, before) << name << ", a quotient of " << bits << " bits";
      EXPECT_LE(now, most) << name;
      before = now;
    }
  }
}

TEST(DoOperandsSetTheDuration, OfADivideByItsDivisorsZeros) {  // CV32E40P user manual, pipeline
  DivideTiming divide;
  divide.basis = DivideTiming::Basis::kDivisorZeros;
  divide.minimum = 3;
  divide.start_cycles = 3;
  divide.bits_per_cycle = 1;
  divide.maximum = 35;
  EXPECT_EQ(3 + extra_divide_cycles(divide, false, 7, 0x80000000U), 3U);
  EXPECT_EQ(3 + extra_divide_cycles(divide, false, 7, 1), 34U);
  EXPECT_EQ(3 + extra_divide_cycles(divide, false, 7, 0), 35U);
}

TEST(DoOperandsSetTheDuration, OfLongMultipliesOnCortexM3) {  // Arm 100165 3.3.1: UMULL 3 to 5
  const CoreModel m3 = bundled_core("cortex-m3");
  const auto extra = [&](std::uint32_t a, std::uint32_t b) {
    return extra_cycles(m3.operand_timing, OperandTimed::kMultiplyLong, a, b);
  };
  EXPECT_EQ(extra(7, 9), 0U);
  EXPECT_EQ(extra(0xffffffffU, 0xffff8000U), 0U) << "short negative numbers";
  EXPECT_EQ(extra(0x40000000U, 9), 1U);
  EXPECT_EQ(extra(0x40000000U, 0x7fffffffU), 2U);
  EXPECT_EQ(extra_cycles(bundled_core("cortex-m4").operand_timing, OperandTimed::kMultiplyLong,
                         0x40000000U, 0x7fffffffU),
            0U);
}

TEST(DoOperandsSetTheDuration, OfUnalignedAccesses) {
  const CoreModel m4 = bundled_core("cortex-m4"), m7 = bundled_core("cortex-m7");
  EXPECT_EQ(extra(m4, 0x20000000, 4, false), 0U);
  EXPECT_EQ(extra(m4, 0x20000002, 4, false), 1U);
  EXPECT_EQ(extra(m4, 0x20000001, 4, false), 2U);
  EXPECT_EQ(extra(m4, 0x20000001, 2, true), 1U);
  EXPECT_EQ(extra(m7, 0x20000001, 4, false), 3U);
  EXPECT_EQ(extra(m7, 0x20000001, 4, true), 0U);
  EXPECT_EQ(extra(bundled_core("cortex-m0plus"), 0x20000001, 1, true), 0U);
}

}  // namespace
}  // namespace boardless::cost_models
