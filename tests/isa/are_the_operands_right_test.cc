// Does the decoder report class, registers, address form and branch target of known encodings?
// Encodings by the GNU assembler.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "isa/decoder.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;

constexpr RegisterMask r(int i) { return register_bit(i); }
constexpr RegisterMask s(int i) { return register_bit(kFirstFpRegister + i); }
constexpr RegisterMask kFlags = register_bit(kFlagsRegister);

struct Case {
  const char* text;
  std::vector<std::uint8_t> bytes;
  InstructionClass instruction_class;
  AddressForm form;
  RegisterMask reads, writes, address_reads;
  int registers;
};

const Case kCases[] = {
    {"ldr r0,[r1,#4]", {0x48, 0x68}, kLoad, AddressForm::kImmediate, r(1), r(0), r(1), 1},
    {"ldr r0,[r1],#4",
     {0x51, 0xf8, 0x04, 0x0b},
     kLoad,
     AddressForm::kPostIndexed,
     r(1),
     r(0) | r(1),
     r(1),
     1},
    {"ldr r0,[r1,r2]",
     {0x88, 0x58},
     kLoad,
     AddressForm::kRegister,
     r(1) | r(2),
     r(0),
     r(1) | r(2),
     1},
    {"ldr r0,[pc,#8]", {0x02, 0x48}, kLoad, AddressForm::kLiteral, {}, r(0), {}, 1},
    {"str r0,[r1,#4]", {0x48, 0x60}, kStore, AddressForm::kImmediate, r(0) | r(1), {}, r(1), 1},
    {"str r3,[r1,r2]",
     {0x8b, 0x50},
     kStore,
     AddressForm::kRegister,
     r(1) | r(2) | r(3),
     {},
     r(1) | r(2),
     1},
    {"strb r4,[r5],#1",
     {0x05, 0xf8, 0x01, 0x4b},
     kStore,
     AddressForm::kPostIndexed,
     r(4) | r(5),
     r(5),
     r(5),
     1},
    {"ldrd r2,r3,[r4,#8]",
     {0xd4, 0xe9, 0x02, 0x23},
     kLoadDual,
     AddressForm::kImmediate,
     r(4),
     r(2) | r(3),
     r(4),
     2},
    {"strd r2,r3,[r4],#8",
     {0xe4, 0xe8, 0x02, 0x23},
     kStoreDual,
     AddressForm::kPostIndexed,
     r(2) | r(3) | r(4),
     r(4),
     r(4),
     2},
    {"push {r4,r5,lr}",
     {0x30, 0xb5},
     kStoreMultiple,
     AddressForm::kPostIndexed,
     r(4) | r(5) | r(14) | r(13),
     r(13),
     r(13),
     3},
    {"pop {r4,r5,pc}",
     {0x30, 0xbd},
     kLoadMultiple,
     AddressForm::kPostIndexed,
     r(13),
     r(4) | r(5) | r(13) | r(15),
     r(13),
     3},
    {"stmia r0!,{r1,r2}",
     {0x06, 0xc0},
     kStoreMultiple,
     AddressForm::kPostIndexed,
     r(0) | r(1) | r(2),
     r(0),
     r(0),
     2},
    {"adds r0,r1,r2", {0x88, 0x18}, kAlu, AddressForm::kNone, r(1) | r(2), r(0) | kFlags, {}, 0},
    {"add.w r0,r1,r2,lsl #3",
     {0x01, 0xeb, 0xc2, 0x00},
     kAluLeftShiftedOperand,
     AddressForm::kNone,
     r(1) | r(2),
     r(0),
     {},
     0},
    {"smlad r0,r1,r2,r3",
     {0x21, 0xfb, 0x02, 0x30},
     kDspMultiplyAccumulate,
     AddressForm::kNone,
     r(1) | r(2) | r(3),
     r(0),
     {},
     0},
    {"smlal r0,r1,r2,r3",
     {0xc2, 0xfb, 0x03, 0x01},
     kMultiplyAccumulateLong,
     AddressForm::kNone,
     r(0) | r(1) | r(2) | r(3),
     r(0) | r(1),
     {},
     0},
    {"udiv r0,r1,r2",
     {0xb1, 0xfb, 0xf2, 0xf0},
     kDivide,
     AddressForm::kNone,
     r(1) | r(2),
     r(0),
     {},
     0},
    {"bx lr", {0x70, 0x47}, kBranchIndirect, AddressForm::kNone, r(14), r(15), {}, 0},
    {"mov pc,r3", {0x9f, 0x46}, kBranchIndirect, AddressForm::kNone, r(3), r(15), {}, 0},
    {"tbb [r0,r1]",
     {0xd0, 0xe8, 0x01, 0xf0},
     kTableBranch,
     AddressForm::kRegister,
     r(0) | r(1),
     r(15),
     r(0) | r(1),
     1},
    {"vldr s1,[r2,#4]",
     {0xd2, 0xed, 0x01, 0x0a},
     kFpLoad,
     AddressForm::kImmediate,
     r(2),
     s(1),
     r(2),
     1},
    {"vmla.f32 s0,s1,s2",
     {0x00, 0xee, 0x81, 0x0a},
     kFpMultiplyAccumulate,
     AddressForm::kNone,
     s(0) | s(1) | s(2),
     s(0),
     {},
     0},
    {"vldmia r0!,{s4-s7}",
     {0xb0, 0xec, 0x04, 0x2a},
     kFpLoadMultiple,
     AddressForm::kPostIndexed,
     r(0),
     r(0) | s(4) | s(5) | s(6) | s(7),
     r(0),
     4},
    {"cmp r0,r1", {0x88, 0x42}, kAlu, AddressForm::kNone, r(0) | r(1), kFlags, {}, 0},
};

TEST(AreTheOperandsRight, OfKnownEncodings) {
  Decoder decoder(find_variant("v7e-m-fp"));
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    const std::vector<Instruction> decoded = decoder.decode(0x10000, c.bytes);
    ASSERT_EQ(decoded.size(), 1U);
    const Instruction& i = decoded.front();
    EXPECT_EQ(class_name(i.instruction_class), class_name(c.instruction_class));
    EXPECT_EQ(i.form, c.form);
    EXPECT_EQ(i.reads, c.reads);
    EXPECT_EQ(i.writes, c.writes);
    EXPECT_EQ(i.address_reads, c.address_reads);
    EXPECT_EQ(i.registers, c.registers);
    EXPECT_EQ(i.size, c.bytes.size());
  }
}

TEST(AreTheOperandsRight, BranchTargetsAreAbsolute) {
  Decoder decoder(find_variant("v7-m"));
  // beq.n .-4; bl .+0x100; cbz r0, .+8
  EXPECT_EQ(decoder.decode(0x1000, std::vector<std::uint8_t>{0xfc, 0xd0})[0].branch_target,
            0x0ffcU);
  EXPECT_EQ(
      decoder.decode(0x1000, std::vector<std::uint8_t>{0x00, 0xf0, 0x7e, 0xf8})[0].branch_target,
      0x1100U);
  EXPECT_EQ(decoder.decode(0x1000, std::vector<std::uint8_t>{0x10, 0xb1})[0].branch_target,
            0x1008U);
}

TEST(AreTheOperandsRight, AnItBlockPredicatesWhatFollows) {
  Decoder decoder(find_variant("v7-m"));
  // it eq; addeq r0, r1; adds r0, r1
  const auto decoded =
      decoder.decode(0, std::vector<std::uint8_t>{0x08, 0xbf, 0x08, 0x44, 0x40, 0x18});
  ASSERT_EQ(decoded.size(), 3U);
  EXPECT_EQ(decoded[0].instruction_class, kIfThen);
  EXPECT_TRUE(decoded[1].predicated);
  EXPECT_TRUE(decoded[1].reads.has(kFlagsRegister));
  EXPECT_FALSE(decoded[2].predicated);
}

TEST(AreTheOperandsRight, AnInstructionTheCoreLacksIsRefused) {
  const std::vector<std::uint8_t> smlad{0x21, 0xfb, 0x02, 0x30};
  EXPECT_NO_THROW(Decoder(find_variant("v7e-m")).decode(0, smlad));
  for (const char* variant : {"v6-m", "v7-m"}) {
    EXPECT_THROW(Decoder(find_variant(variant)).decode(0x2000, smlad), NotModelled) << variant;
  }
  const std::vector<std::uint8_t> vmla{0x00, 0xee, 0x81, 0x0a};
  EXPECT_THROW(Decoder(find_variant("v7e-m")).decode(0, vmla), NotModelled);
  try {
    Decoder(find_variant("v6-m")).decode(0x2000, smlad);
  } catch (const NotModelled& error) {
    EXPECT_NE(std::string(error.what()).find("0x00002000"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("v6-m"), std::string::npos);
  }
}

TEST(AreTheOperandsRight, UnknownVariantNamesTheKnownOnes) {
  try {
    find_variant("v9-m");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("v7e-m-fp"), std::string::npos);
  }
}

}  // namespace
}  // namespace boardless::isa
