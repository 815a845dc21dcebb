// Do the instructions that Unicorn lacks, or does otherwise, give what their manuals say? Zb*, Zcb
// and Zcmp against definitions written here bit by bit, and cases computed by hand. Encodings by
// llvm-mc.
#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "tests/isa/riscv_core.h"
#include "tests/isa/riscv_random_sequence.h"

namespace boardless::isa::riscv {
namespace {

constexpr const char* kHazard3 = "rv32imac-zb";

bool bit_of(std::uint32_t value, unsigned index) { return (value >> index & 1) != 0; }

// Builds a word bit by bit.
template <class Bit>
std::uint32_t word_of(Bit bit) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < 32; ++i) {
    if (bit(i)) value |= 1U << i;
  }
  return value;
}

struct Case {
  const char* text;
  std::uint32_t encoding;  // rd a0; rs1 a1, or a0 where the short form has no other; rs2 a2
  std::uint32_t (*expected)(std::uint32_t a, std::uint32_t b);
};

using U = std::uint32_t;
using S = std::int32_t;

const Case kCases[] = {
    {"sh1add", 0x20c5a533, [](U a, U b) { return 2 * a + b; }},
    {"sh2add", 0x20c5c533, [](U a, U b) { return 4 * a + b; }},
    {"sh3add", 0x20c5e533, [](U a, U b) { return 8 * a + b; }},
    {"andn", 0x40c5f533,
     [](U a, U b) { return word_of([&](unsigned i) { return bit_of(a, i) && !bit_of(b, i); }); }},
    {"orn", 0x40c5e533,
     [](U a, U b) { return word_of([&](unsigned i) { return bit_of(a, i) || !bit_of(b, i); }); }},
    {"xnor", 0x40c5c533,
     [](U a, U b) { return word_of([&](unsigned i) { return bit_of(a, i) == bit_of(b, i); }); }},
    {"min", 0x0ac5c533, [](U a, U b) { return S(a) <= S(b) ? a : b; }},
    {"max", 0x0ac5e533, [](U a, U b) { return S(a) >= S(b) ? a : b; }},
    {"minu", 0x0ac5d533, [](U a, U b) { return a <= b ? a : b; }},
    {"maxu", 0x0ac5f533, [](U a, U b) { return a >= b ? a : b; }},
    {"rol", 0x60c59533,
     [](U a, U b) { return word_of([&](unsigned i) { return bit_of(a, (i - b) % 32); }); }},
    {"ror", 0x60c5d533,
     [](U a, U b) { return word_of([&](unsigned i) { return bit_of(a, (i + b) % 32); }); }},
    {"rori 13", 0x60d5d513,
     [](U a, U) { return word_of([&](unsigned i) { return bit_of(a, (i + 13) % 32); }); }},
    {"bclr", 0x48c59533,
     [](U a, U b) { return word_of([&](unsigned i) { return bit_of(a, i) && i != b % 32; }); }},
    {"bext", 0x48c5d533, [](U a, U b) { return U(bit_of(a, b % 32)); }},
    {"binv", 0x68c59533,
     [](U a, U b) { return word_of([&](unsigned i) { return bit_of(a, i) != (i == b % 32); }); }},
    {"bset", 0x28c59533,
     [](U a, U b) { return word_of([&](unsigned i) { return bit_of(a, i) || i == b % 32; }); }},
    {"bclri 13", 0x48d59513, [](U a, U) { return a & 0xffffdfffU; }},
    {"bexti 13", 0x48d5d513, [](U a, U) { return U(bit_of(a, 13)); }},
    {"binvi 13", 0x68d59513, [](U a, U) { return a ^ 0x2000U; }},
    {"bseti 13", 0x28d59513, [](U a, U) { return a | 0x2000U; }},
    {"pack", 0x08c5c533, [](U a, U b) { return a % 0x10000 + b % 0x10000 * 0x10000; }},
    {"packh", 0x08c5f533, [](U a, U b) { return a % 0x100 + b % 0x100 * 0x100; }},
    {"clz", 0x60059513,
     [](U a, U) {
       U count = 0;
       while (count < 32 && !bit_of(a, 31 - count)) ++count;
       return count;
     }},
    {"ctz", 0x60159513,
     [](U a, U) {
       U count = 0;
       while (count < 32 && !bit_of(a, count)) ++count;
       return count;
     }},
    {"cpop", 0x60259513,
     [](U a, U) {
       U count = 0;
       for (unsigned i = 0; i < 32; ++i) count += bit_of(a, i) ? 1 : 0;
       return count;
     }},
    {"sext.b", 0x60459513,
     [](U a, U) { return word_of([&](unsigned i) { return bit_of(a, i < 7 ? i : 7); }); }},
    {"sext.h", 0x60559513,
     [](U a, U) { return word_of([&](unsigned i) { return bit_of(a, i < 15 ? i : 15); }); }},
    {"zext.h", 0x0805c533, [](U a, U) { return a % 0x10000; }},
    {"orc.b", 0x2875d513,
     [](U a, U) { return word_of([&](unsigned i) { return (a >> i / 8 * 8) % 0x100 != 0; }); }},
    {"rev8", 0x6985d513,
     [](U a, U) {
       return word_of([&](unsigned i) { return bit_of(a, (3 - i / 8) * 8 + i % 8); });
     }},
    {"brev8", 0x6875d513,
     [](U a, U) { return word_of([&](unsigned i) { return bit_of(a, i / 8 * 8 + 7 - i % 8); }); }},
    {"zip", 0x08f59513,
     [](U a, U) { return word_of([&](unsigned i) { return bit_of(a, i / 2 + i % 2 * 16); }); }},
    {"unzip", 0x08f5d513,
     [](U a, U) { return word_of([&](unsigned i) { return bit_of(a, i % 16 * 2 + i / 16); }); }},
    {"c.sext.b", 0x9d65, [](U a, U) { return U(S(std::int8_t(a))); }},
    {"c.sext.h", 0x9d6d, [](U a, U) { return U(S(std::int16_t(a))); }},
    {"c.zext.h", 0x9d69, [](U a, U) { return a % 0x10000; }},
    {"c.zext.b", 0x9d61, [](U a, U) { return a % 0x100; }},
    {"c.not", 0x9d75, [](U a, U) { return ~a; }},
    {"c.mul", 0x9d51, [](U a, U b) { return a * b; }},
};

TEST(IsTheRiscvResultRight, OfBitManipulation) {
  Core core(kHazard3);
  Random random(20240607);
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    for (int i = 0; i < 40; ++i) {
      const std::uint32_t a = edge_value(random), b = edge_value(random);
      core.x(10) = core.x(11) = a;  // short forms read a0
      core.x(12) = b;
      ASSERT_EQ(core.run({c.encoding}), Trap::kBreakpoint);
      ASSERT_EQ(core.x(10), c.expected(a, b)) << std::hex << a << " " << b;
    }
  }
}

// The examples of the manuals' own pages, so that not only definitions of ours judge.
TEST(IsTheRiscvResultRight, OfBitManipulationByHand) {
  Core core(kHazard3);
  const auto result = [&](std::uint32_t encoding, std::uint32_t a, std::uint32_t b) {
    core.x(11) = a;
    core.x(12) = b;
    EXPECT_EQ(core.run({encoding}), Trap::kBreakpoint);
    return core.x(10);
  };
  EXPECT_EQ(result(0x2875d513, 0x00120080, 0), 0x00ff00ffU);           // orc.b
  EXPECT_EQ(result(0x6875d513, 0x01020480, 0), 0x80402001U);           // brev8
  EXPECT_EQ(result(0x08f59513, 0x0000ffff, 0), 0x55555555U);           // zip
  EXPECT_EQ(result(0x08f5d513, 0xaaaaaaaa, 0), 0xffff0000U);           // unzip
  EXPECT_EQ(result(0x08c5c533, 0x12345678, 0x9abcdef0), 0xdef05678U);  // pack
  EXPECT_EQ(result(0x60c5d533, 0x80000001, 33), 0xc0000000U);          // ror by 33 is by 1
}

TEST(IsTheRiscvResultRight, OfShortLoadsAndStores) {
  Core core(kHazard3);
  core.x(11) = Core::kData;
  core.set_word(Core::kData, 0x8182f384);
  EXPECT_EQ(core.run({0x81e8}), Trap::kBreakpoint);  // c.lbu a0, 3(a1)
  EXPECT_EQ(core.x(10), 0x81U);
  core.run({0x85a8});  // c.lhu a0, 2(a1)
  EXPECT_EQ(core.x(10), 0x8182U);
  core.run({0x85e8});  // c.lh a0, 2(a1)
  EXPECT_EQ(core.x(10), 0xffff8182U);
  core.x(10) = 0x12345678;
  core.run({0x89c8});  // c.sb a0, 1(a1)
  EXPECT_EQ(core.word(Core::kData), 0x81827884U);
  core.set_word(Core::kData, 0);
  core.run({0x8da8});  // c.sh a0, 2(a1)
  EXPECT_EQ(core.word(Core::kData), 0x56780000U);
}

// Zc 1.0: the highest register of the list at the highest address, ra at the lowest; the adjustment
// rounded up to 16 bytes.
TEST(IsTheRiscvResultRight, OfPush) {
  Core core(kHazard3);
  const std::uint32_t top = Core::kData + 0x200;
  for (std::size_t i = 1; i < 32; ++i) core.x(i) = 0x1000 + static_cast<std::uint32_t>(i);
  core.x(2) = top;
  EXPECT_EQ(core.run({0xb866}), Trap::kBreakpoint);  // cm.push {ra, s0-s1}, -32
  EXPECT_EQ(core.x(2), top - 32);
  EXPECT_EQ(core.word(top - 4), 0x1009U);   // s1
  EXPECT_EQ(core.word(top - 8), 0x1008U);   // s0
  EXPECT_EQ(core.word(top - 12), 0x1001U);  // ra
  EXPECT_EQ(core.word(top - 16), 0U);

  core.x(2) = top;
  EXPECT_EQ(core.run({0xb8fe}), Trap::kBreakpoint);  // cm.push {ra, s0-s11}, -112
  EXPECT_EQ(core.x(2), top - 112);
  constexpr std::array<std::uint32_t, 13> kSaved{1, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27};
  for (std::uint32_t i = 0; i < kSaved.size(); ++i) {
    EXPECT_EQ(core.word(top - 52 + 4 * i), 0x1000 + kSaved[i]) << i;
  }
}

TEST(IsTheRiscvResultRight, OfPop) {
  Core core(kHazard3);
  const std::uint32_t top = Core::kData + 0x200;
  core.x(2) = top - 32;
  core.set_word(top - 4, 0x91);
  core.set_word(top - 8, 0x81);
  core.set_word(top - 12, 0x11);
  EXPECT_EQ(core.run({0xba66}), Trap::kBreakpoint);  // cm.pop {ra, s0-s1}, 32
  EXPECT_EQ(core.x(2), top);
  EXPECT_EQ(core.x(1), 0x11U);
  EXPECT_EQ(core.x(8), 0x81U);
  EXPECT_EQ(core.x(9), 0x91U);
  EXPECT_EQ(core.state().pc, Core::kCode + 2);

  core.x(2) = top - 16;
  core.x(10) = 5;
  core.set_word(top - 4, Core::kCode + 0x300);
  EXPECT_EQ(core.run({0xbe42}), Trap::kBreakpoint);  // cm.popret {ra}, 16
  EXPECT_EQ(core.state().pc, Core::kCode + 0x300);
  EXPECT_EQ(core.x(10), 5U);
  EXPECT_EQ(core.x(2), top);

  core.x(2) = top - 16;
  core.set_word(top - 4, 0x81);
  core.set_word(top - 8, Core::kCode + 0x400);
  EXPECT_EQ(core.run({0xbc52}), Trap::kBreakpoint);  // cm.popretz {ra, s0}, 16
  EXPECT_EQ(core.state().pc, Core::kCode + 0x400);
  EXPECT_EQ(core.x(10), 0U);
  EXPECT_EQ(core.x(8), 0x81U);
}

TEST(IsTheRiscvResultRight, OfDoubleMoves) {
  Core core(kHazard3);
  core.x(10) = 1;
  core.x(11) = 2;
  EXPECT_EQ(core.run({0xacb2}), Trap::kBreakpoint);  // cm.mvsa01 s1, s4
  EXPECT_EQ(core.x(9), 1U);
  EXPECT_EQ(core.x(20), 2U);
  EXPECT_EQ(core.run({0xae66}), Trap::kBreakpoint);  // cm.mva01s s4, s1
  EXPECT_EQ(core.x(10), 2U);
  EXPECT_EQ(core.x(11), 1U);
}

// The manual, 11.6: the number wins against any NaN, signalling ones raise invalid, -0 is below +0.
TEST(IsTheRiscvResultRight, OfFloatMinimumAndMaximum) {
  Core core("rv32imafc");
  constexpr std::uint32_t kMin = 0x28c58553, kMax = 0x28c59553;  // fa0, fa1, fa2
  constexpr std::uint32_t kOne = 0x3f800000, kTwo = 0x40000000, kMinusOne = 0xbf800000;
  constexpr std::uint32_t kQuiet = 0xffc12345, kSignalling = 0x7f800001, kNegativeZero = 0x80000000;
  struct {
    std::uint32_t encoding, a, b, result, flags;
  } const cases[] = {
      {kMin, kOne, kTwo, kOne, 0},
      {kMax, kOne, kTwo, kTwo, 0},
      {kMin, kOne, kMinusOne, kMinusOne, 0},
      {kMax, kMinusOne, 0xc0000000, kMinusOne, 0},
      {kMin, 0, kNegativeZero, kNegativeZero, 0},
      {kMin, kNegativeZero, 0, kNegativeZero, 0},
      {kMax, kNegativeZero, 0, 0, 0},
      {kMin, kQuiet, kOne, kOne, 0},
      {kMax, kOne, kQuiet, kOne, 0},
      {kMin, kSignalling, kOne, kOne, 16},
      {kMax, kQuiet, kQuiet, 0x7fc00000, 0},
      {kMax, kQuiet, kSignalling, 0x7fc00000, 16},
  };
  for (const auto& c : cases) {
    core.f(11) = c.a;
    core.f(12) = c.b;
    core.state().fflags = 0;
    EXPECT_EQ(core.run({c.encoding}), Trap::kBreakpoint);
    EXPECT_EQ(core.f(10), c.result) << std::hex << c.a << " " << c.b;
    EXPECT_EQ(core.state().fflags, c.flags) << std::hex << c.a << " " << c.b;
  }
}

// The manual, 11.6: invalid even though the addend is a quiet NaN.
TEST(IsTheRiscvResultRight, OfInfinityTimesZeroPlusNan) {
  Core core("rv32imafc");
  core.f(11) = 0x7f800000;
  core.f(12) = 0x80000000;
  core.f(13) = 0x7fc00001;
  EXPECT_EQ(core.run({0x68c5f543}), Trap::kBreakpoint);  // fmadd.s fa0, fa1, fa2, fa3
  EXPECT_EQ(core.f(10), 0x7fc00000U);
  EXPECT_EQ(core.state().fflags, 16U);
}

TEST(IsTheRiscvResultRight, ADivideTellsItsOperands) {
  struct Sink {
    OperandTimed operation{};
    std::uint32_t first = 0, second = 0;
  } sink;
  Core core("rv32imc");
  core.state().around.sink = &sink;
  core.state().around.on_operands = [](void* to, OperandTimed operation, std::uint32_t first,
                                       std::uint32_t second) {
    *static_cast<Sink*>(to) = {operation, first, second};
  };
  core.x(11) = 100;
  core.x(12) = 7;
  core.run({0x02c5c533});  // div a0, a1, a2
  EXPECT_EQ(core.x(10), 14U);
  EXPECT_EQ(sink.operation, OperandTimed::kDivideSigned);
  EXPECT_EQ(sink.first, 100U);
  EXPECT_EQ(sink.second, 7U);
  core.run({0x02c5d533});  // divu
  EXPECT_EQ(sink.operation, OperandTimed::kDivideUnsigned);
}

}  // namespace
}  // namespace boardless::isa::riscv
