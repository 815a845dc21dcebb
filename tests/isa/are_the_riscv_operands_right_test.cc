// Does the decoder report class, registers, address form and branch target of known RISC-V
// encodings? Encodings by llvm-mc and the GNU assembler.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "base/error.h"
#include "isa/decoder.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;

constexpr RegisterMask x(int i) { return register_bit(i); }
constexpr RegisterMask f(int i) { return register_bit(kFirstFpRegister + i); }

std::vector<std::uint8_t> bytes_of(std::uint32_t encoding) {
  std::vector<std::uint8_t> bytes;
  for (int i = 0; i < ((encoding & 3) == 3 ? 4 : 2); ++i) {
    bytes.push_back(static_cast<std::uint8_t>(encoding >> 8 * i));
  }
  return bytes;
}

struct Case {
  const char* text;
  const char* variant;
  std::uint32_t encoding;
  InstructionClass instruction_class;
  RegisterMask reads, writes, address_reads;
  int access_bytes = 0, registers = 0;
  bool writes_pc = false;
};

constexpr const char *kC = "rv32imc", *kA = "rv32imac", *kF = "rv32imafc", *kZb = "rv32imac-zb";

const Case kCases[] = {
    {"lw a0, 4(a1)", kC, 0x0045a503, kLoad, x(11), x(10), x(11), 4, 1},
    {"lw zero, 4(a1)", kC, 0x0045a003, kLoad, x(11), {}, x(11), 4, 1},
    {"lb a0, 0(a1)", kC, 0x00058503, kLoad, x(11), x(10), x(11), 1, 1},
    {"sw a0, -4(a1)", kC, 0xfea5ae23, kStore, x(10) | x(11), {}, x(11), 4, 1},
    {"sh a0, 1(a1)", kC, 0x00a590a3, kStore, x(10) | x(11), {}, x(11), 2, 1},
    {"c.lwsp a0, 8(sp)", kC, 0x4522, kLoad, x(2), x(10), x(2), 4, 1},
    {"c.swsp a0, 8(sp)", kC, 0xc42a, kStore, x(2) | x(10), {}, x(2), 4, 1},
    {"c.sw a0, 4(a1)", kC, 0xc1c8, kStore, x(10) | x(11), {}, x(11), 4, 1},
    {"lr.w a0, (a1)", kA, 0x1005a52f, kLoadExclusive, x(11), x(10), x(11), 4, 1},
    {"sc.w a0, a2, (a1)", kA, 0x18c5a52f, kStoreExclusive, x(11) | x(12), x(10), x(11), 4, 1},
    {"amoadd.w a0, a2, (a1)", kA, 0x00c5a52f, kAtomic, x(11) | x(12), x(10), x(11), 4, 1},
    {"c.flw fa0, 8(a1)", kF, 0x6588, kFpLoad, x(11), f(10), x(11), 4, 1},
    {"c.fsw fa0, 8(a1)", kF, 0xe588, kFpStore, x(11) | f(10), {}, x(11), 4, 1},
    {"fmadd.s fa0, fa1, fa2, fa3",
     kF,
     0x68c5f543,
     kFpMultiplyAccumulate,
     f(11) | f(12) | f(13),
     f(10),
     {}},
    {"fcvt.w.s a0, fa1", kF, 0xc0059553, kFpConvert, f(11), x(10), {}},
    {"addi a0, a0, 1", kC, 0x0505, kAlu, x(10), x(10), {}},
    {"c.addi16sp sp, -80", kC, 0x715d, kAlu, x(2), x(2), {}},
    {"slli a0, a0, 1", kC, 0x0506, kShift, x(10), x(10), {}},
    {"lui a5, 0x12345", kC, 0x123457b7, kAlu, {}, x(15), {}},
    {"div a0, a1, a2", kC, 0x02c5c533, kDivide, x(11) | x(12), x(10), {}},
    {"mulhsu a0, a1, a2", kC, 0x02c5a533, kMultiplyHigh, x(11) | x(12), x(10), {}},
    {"csrrw a0, mscratch, a1", kC, 0x34059573, kSystemRegister, x(11), x(10), {}},
    {"fence", kC, 0x0ff0000f, kBarrier, {}, {}, {}},
    {"wfi", kC, 0x10500073, kWait, {}, {}, {}},
    {"ecall", kC, 0x00000073, kException, {}, {}, {}},
    {"beq a0, a1, .+16", kC, 0x00b50863, kBranchConditional, x(10) | x(11), {}, {}, 0, 0, true},
    {"c.beqz a0, .+8", kC, 0xc501, kBranchConditional, x(10), {}, {}, 0, 0, true},
    {"j .+256", kC, 0x1000006f, kBranch, {}, {}, {}, 0, 0, true},
    {"jal ra, .-16", kC, 0xff1ff0ef, kBranchLink, {}, x(1), {}, 0, 0, true},
    {"c.jal .+4", kC, 0x2011, kBranchLink, {}, x(1), {}, 0, 0, true},
    {"ret", kC, 0x8082, kBranchIndirect, x(1), {}, {}, 0, 0, true},
    {"c.jalr a5", kC, 0x9782, kBranchIndirect, x(15), x(1), {}, 0, 0, true},
    {"jalr ra, 4(a5)", kC, 0x004780e7, kBranchIndirect, x(15), x(1), {}, 0, 0, true},
    {"orc.b a0, a1", kZb, 0x2875d513, kBitManipulation, x(11), x(10), {}},
    {"rori a0, a1, 13", kZb, 0x60d5d513, kShift, x(11), x(10), {}},
    {"cm.push {ra, s0-s1}, -32", kZb, 0xb866, kStoreMultiple, x(1) | x(2) | x(8) | x(9), x(2), x(2),
     4, 3},
    {"cm.pop {ra, s0-s1}, 32", kZb, 0xba66, kLoadMultiple, x(2), x(1) | x(2) | x(8) | x(9), x(2), 4,
     3},
    {"cm.popret {ra}, 16", kZb, 0xbe42, kLoadMultiple, x(2), x(1) | x(2), x(2), 4, 1, true},
    {"cm.popretz {ra, s0}, 16", kZb, 0xbc52, kLoadMultiple, x(2), x(1) | x(2) | x(8) | x(10), x(2),
     4, 2, true},
    {"cm.mvsa01 s1, s4", kZb, 0xacb2, kMoveDouble, x(10) | x(11), x(9) | x(20), {}},
    {"cm.mva01s s4, s1", kZb, 0xae66, kMoveDouble, x(9) | x(20), x(10) | x(11), {}},
};

TEST(AreTheRiscvOperandsRight, OfKnownEncodings) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    Decoder decoder(find_variant(c.variant));
    const std::vector<std::uint8_t> bytes = bytes_of(c.encoding);
    const std::vector<Instruction> decoded = decoder.decode(0x10000, bytes);
    ASSERT_EQ(decoded.size(), 1U);
    const Instruction& i = decoded.front();
    EXPECT_EQ(class_name(i.instruction_class), class_name(c.instruction_class));
    EXPECT_EQ(i.reads, c.reads);
    EXPECT_EQ(i.writes, c.writes);
    EXPECT_EQ(i.address_reads, c.address_reads);
    EXPECT_EQ(i.access_bytes, c.access_bytes);
    EXPECT_EQ(i.registers, c.registers);
    EXPECT_EQ(i.writes_pc, c.writes_pc);
    EXPECT_EQ(i.size, bytes.size());
    EXPECT_EQ(i.form == AddressForm::kNone, c.access_bytes == 0);
  }
}

TEST(AreTheRiscvOperandsRight, BranchTargetsAreAbsolute) {
  Decoder decoder(find_variant("rv32imc"));
  const auto target = [&](std::uint32_t encoding) {
    return decoder.decode(0x1000, bytes_of(encoding))[0].branch_target;
  };
  EXPECT_EQ(target(0x00b50863), 0x1010U);  // beq .+16
  EXPECT_EQ(target(0x1000006f), 0x1100U);  // j .+256
  EXPECT_EQ(target(0xff1ff0ef), 0x0ff0U);  // jal .-16
  EXPECT_EQ(target(0xc501), 0x1008U);      // c.beqz .+8
  EXPECT_EQ(target(0xbffd), 0x0ffeU);      // c.j .-2
  EXPECT_EQ(target(0x2011), 0x1004U);      // c.jal .+4
  EXPECT_EQ(target(0x8082), 0U);           // ret
}

TEST(AreTheRiscvOperandsRight, TextNamesTargets) {
  Decoder decoder(find_variant("rv32imc"));
  EXPECT_EQ(decoder.text(0x1000, bytes_of(0x00b50863)), "beq a0, a1, 0x1010");
  EXPECT_EQ(decoder.text(0x1000, bytes_of(0x00000000)), "unimp");
}

TEST(AreTheRiscvOperandsRight, AnInstructionTheCoreLacksIsRefused) {
  const auto refused = [](const char* variant, std::uint32_t encoding) {
    try {
      Decoder(find_variant(variant)).decode(0x2000, bytes_of(encoding));
    } catch (const NotModelled& error) {
      EXPECT_NE(std::string(error.what()).find("0x00002000"), std::string::npos);
      EXPECT_NE(std::string(error.what()).find(variant), std::string::npos);
      return true;
    }
    return false;
  };
  EXPECT_TRUE(refused(kC, 0x1005a52f));  // lr.w
  EXPECT_FALSE(refused(kA, 0x1005a52f));
  EXPECT_TRUE(refused(kA, 0x60059513));  // clz
  EXPECT_TRUE(refused(kA, 0xb866));      // cm.push
  EXPECT_TRUE(refused(kA, 0x68c5f543));  // fmadd.s
  EXPECT_TRUE(refused(kC, 0x02051513));  // slli by 32: RV64
}

}  // namespace
}  // namespace boardless::isa
