// Does the decoder report class, registers and transfers of Armv8.1-M's instructions? Encodings by
// LLVM's assembler; the last instruction of each row is looked at.
#include <gtest/gtest.h>

#include <vector>

#include "isa/decoder.h"

namespace boardless::isa {
namespace {

using enum InstructionClass;

constexpr RegisterMask r(int i) { return register_bit(i); }
constexpr RegisterMask s(int i) { return register_bit(kFirstFpRegister + i); }
constexpr RegisterMask q(int i) { return RegisterMask::range(kFirstFpRegister + 4 * i, 4); }
constexpr RegisterMask kFlags = register_bit(kFlagsRegister);
constexpr RegisterMask kFpscr = register_bit(kFpscrRegister);
constexpr RegisterMask kVpr = register_bit(kVprRegister);
constexpr RegisterMask kLr = register_bit(14);

struct Case {
  const char* text;
  std::vector<std::uint8_t> bytes;
  InstructionClass instruction_class;
  RegisterMask reads, writes, address_reads, accumulate_reads;
  int registers;
};

const Case kCases[] = {
    {"vldrw.u32 q0,[r1],#16",
     {0xb1, 0xec, 0x04, 0x1f},
     kVectorLoad,
     r(1),
     r(1) | q(0),
     r(1),
     {},
     4},
    {"vldrb.s32 q0,[r1,#8]", {0x91, 0xed, 0x08, 0x0f}, kVectorLoad, r(1), q(0), r(1), {}, 4},
    {"vstrw.32 q3,[r2],#16",
     {0xa2, 0xec, 0x04, 0x7f},
     kVectorStore,
     q(3) | r(2),
     r(2),
     r(2),
     {},
     4},
    {"vld20.8 {q0,q1},[r0]!",
     {0xb0, 0xfc, 0x00, 0x1e},
     kVectorLoadInterleaved,
     r(0) | q(0) | q(1),
     r(0) | q(0) | q(1),
     r(0),
     q(0) | q(1),
     16},
    {"vst43.32 {q0,q1,q2,q3},[r0]",
     {0x80, 0xfc, 0x61, 0x1f},
     kVectorStoreInterleaved,
     r(0) | q(0) | q(1) | q(2) | q(3),
     {},
     r(0),
     {},
     4},
    {"vldrw.u32 q0,[r0,q1,uxtw #2]",
     {0x90, 0xfc, 0x43, 0x0f},
     kVectorGather,
     r(0) | q(1),
     q(0),
     r(0) | q(1),
     {},
     4},
    {"vldrw.u32 q0,[q1,#4]!",
     {0xb2, 0xfd, 0x01, 0x1e},
     kVectorGather,
     q(1),
     q(0) | q(1),
     q(1),
     {},
     4},
    {"vstrb.8 q0,[r0,q1]",
     {0x80, 0xec, 0x02, 0x0e},
     kVectorScatter,
     q(0) | r(0) | q(1),
     {},
     r(0) | q(1),
     {},
     16},
    {"vadd.i32 q0,q1,q2", {0x22, 0xef, 0x44, 0x08}, kVectorAlu, q(1) | q(2), q(0), {}, {}, 0},
    {"vpst; vaddt.i32 q0,q1,q2",
     {0x71, 0xfe, 0x4d, 0x0f, 0x22, 0xef, 0x44, 0x08},
     kVectorAlu,
     q(0) | q(1) | q(2) | kVpr,
     q(0),
     {},
     q(0),
     0},
    {"vpst; vldrwt.u32 q0,[r1]",
     {0x71, 0xfe, 0x4d, 0x0f, 0x91, 0xed, 0x00, 0x1f},
     kVectorLoad,
     r(1) | kVpr,
     q(0),
     r(1),
     {},
     4},
    {"vpst; vfmat.f32 q0,q1,q2",
     {0x71, 0xfe, 0x4d, 0x0f, 0x02, 0xef, 0x54, 0x0c},
     kVectorFpMultiplyAccumulate,
     q(0) | q(1) | q(2) | kVpr,
     q(0),
     {},
     q(0),
     0},
    {"vfma.f32 q0,q1,r2",
     {0x33, 0xee, 0x42, 0x0e},
     kVectorFpMultiplyAccumulate,
     q(0) | q(1) | r(2),
     q(0),
     {},
     q(0),
     0},
    {"vpst", {0x71, 0xfe, 0x4d, 0x0f}, kVectorPredicate, kVpr, kVpr, {}, {}, 0},
    {"vpt.s8 ge,q0,r1", {0x41, 0xfe, 0x41, 0x1f}, kVectorCompare, q(0) | r(1), kVpr, {}, {}, 0},
    {"vctp.8 r0", {0x00, 0xf0, 0x01, 0xe8}, kVectorPredicate, r(0), kVpr, {}, {}, 0},
    {"vpsel q0,q1,q2",
     {0x33, 0xfe, 0x05, 0x0f},
     kVectorLogical,
     q(1) | q(2) | kVpr,
     q(0),
     {},
     {},
     0},
    {"vmladav.s8 r0,q1,q2", {0xf2, 0xee, 0x04, 0x0f}, kVectorDot, q(1) | q(2), r(0), {}, {}, 0},
    {"vmladava.s8 r0,q1,q2",
     {0xf2, 0xee, 0x24, 0x0f},
     kVectorDot,
     r(0) | q(1) | q(2),
     r(0),
     {},
     r(0),
     0},
    {"vmlaldava.s16 r0,r1,q1,q2",
     {0x82, 0xee, 0x24, 0x0e},
     kVectorDotLong,
     r(0) | r(1) | q(1) | q(2),
     r(0) | r(1),
     {},
     r(0) | r(1),
     0},
    {"vmaxv.s8 r0,q1",
     {0xe2, 0xee, 0x02, 0x0f},
     kVectorReduceExtreme,
     r(0) | q(1),
     r(0),
     {},
     r(0),
     0},
    {"vidup.u8 q0,r2,#1", {0x03, 0xee, 0x6e, 0x0f}, kVectorIndex, r(2), r(2) | q(0), {}, {}, 0},
    {"vadc.i32 q0,q1,q2",
     {0x32, 0xee, 0x04, 0x0f},
     kVectorCarry,
     q(1) | q(2) | kFpscr,
     q(0) | kFpscr,
     {},
     {},
     0},
    {"vadci.i32 q0,q1,q2",
     {0x32, 0xee, 0x04, 0x1f},
     kVectorCarry,
     q(1) | q(2),
     q(0) | kFpscr,
     {},
     {},
     0},
    {"vmov r0,r1,q0[2],q0[0]",
     {0x01, 0xec, 0x00, 0x0f},
     kVectorToCore,
     q(0),
     r(0) | r(1),
     {},
     {},
     0},
    {"dlstp.8 lr,r0", {0x00, 0xf0, 0x01, 0xe0}, kLoopStart, r(0), kLr | kFpscr, {}, {}, 0},
    {"lctp", {0x0f, 0xf0, 0x01, 0xe0}, kLoopStart, {}, kFpscr, {}, {}, 0},
    {"csel r0,r1,r2,eq",
     {0x51, 0xea, 0x02, 0x80},
     kConditionalSelect,
     r(1) | r(2) | kFlags,
     r(0),
     {},
     {},
     0},
    {"clrm {r0,r1}", {0x9f, 0xe8, 0x03, 0x00}, kClearMultiple, {}, r(0) | r(1), {}, {}, 0},
    {"vldr p0,[r0]", {0xd0, 0xed, 0x80, 0xaf}, kFpSystemLoad, r(0), kVpr, r(0), {}, 1},
    {"vmrs r0,p0", {0xfd, 0xee, 0x10, 0x0a}, kFpStatus, kVpr, r(0), {}, {}, 0},
    {"vldr.16 s0,[r0]", {0x90, 0xed, 0x00, 0x09}, kFpLoad, r(0), s(0), r(0), {}, 1},
};

TEST(AreTheVectorOperandsRight, OfKnownEncodings) {
  Decoder decoder(find_variant("v8.1-m.main"));
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    const std::vector<Instruction> decoded = decoder.decode(0x10000, c.bytes);
    const Instruction& i = decoded.back();
    EXPECT_EQ(class_name(i.instruction_class), class_name(c.instruction_class));
    EXPECT_EQ(i.reads, c.reads);
    EXPECT_EQ(i.writes, c.writes);
    EXPECT_EQ(i.address_reads, c.address_reads);
    EXPECT_EQ(i.accumulate_reads, c.accumulate_reads);
    EXPECT_EQ(i.registers, c.registers);
  }
}

// What writes VPR with a mask may begin a VPT block.
TEST(AreTheVectorOperandsRight, ALoadedPredicateEndsTheBlock) {
  Decoder decoder(find_variant("v8.1-m.main"));
  const auto ends = [&](const std::vector<std::uint8_t>& bytes) {
    return decoder.decode(0x1000, bytes)[0].ends_block();
  };
  EXPECT_TRUE(ends({0xd0, 0xed, 0x80, 0xaf})) << "vldr p0,[r0]";
  EXPECT_FALSE(ends({0x00, 0xf0, 0x01, 0xe8})) << "vctp.8 r0";
  EXPECT_FALSE(ends({0xfd, 0xee, 0x10, 0x0a})) << "vmrs r0,p0";
}

TEST(AreTheVectorOperandsRight, LoopsBranch) {
  Decoder decoder(find_variant("v8.1-m.main"));
  const Instruction le =
      decoder.decode(0x1000, std::vector<std::uint8_t>{0x0f, 0xf0, 0x05, 0xc0})[0];
  EXPECT_EQ(le.instruction_class, kLoopEnd);
  EXPECT_EQ(le.branch_target, 0x0ffcU) << "le lr,#-8";
  EXPECT_EQ(le.reads, kLr);
  EXPECT_EQ(le.writes, kLr | kPcBit);
  EXPECT_TRUE(le.ends_block());
  const Instruction letp =
      decoder.decode(0x1000, std::vector<std::uint8_t>{0x1f, 0xf0, 0x05, 0xc0})[0];
  EXPECT_EQ(letp.reads, kLr | kFpscr);
  EXPECT_EQ(letp.writes, kLr | kFpscr | kPcBit);
  const Instruction ever =
      decoder.decode(0x1000, std::vector<std::uint8_t>{0x2f, 0xf0, 0x05, 0xc0})[0];
  EXPECT_TRUE(ever.reads.none()) << "le #-8 counts nothing";
  EXPECT_EQ(ever.branch_target, 0x0ffcU);
  const Instruction wls =
      decoder.decode(0x1000, std::vector<std::uint8_t>{0x40, 0xf0, 0x05, 0xc0})[0];
  EXPECT_EQ(wls.instruction_class, kLoopStart);
  EXPECT_EQ(wls.branch_target, 0x100cU) << "wls lr,r0,#8";
  EXPECT_EQ(wls.reads, r(0));
  EXPECT_EQ(wls.writes, kLr | kPcBit);
}

}  // namespace
}  // namespace boardless::isa
