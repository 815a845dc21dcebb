// Is an instruction sequence's timing the documented one? Zero wait states; encodings by the GNU
// assembler; cycles from Arm's tables and the measurements named in targets/cores/*.yaml.
#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "base/error.h"
#include "cost_models/block_timer.h"
#include "isa/decoder.h"

namespace boardless::cost_models {
namespace {

struct Case {
  const char* text;
  std::vector<std::uint8_t> bytes;
  Cycles m4, m3, m0plus;  // 0: the core lacks it, or the row says nothing of it
};

const Case kCases[] = {
    {"adds r0,r1,r2; adds r3,r4,r5", {0x88, 0x18, 0x63, 0x19}, 2, 2, 2},
    {"ldr r0,[r1]; adds r2,r3,r4", {0x08, 0x68, 0x1a, 0x19}, 3, 3, 3},
    {"ldr r0,[r4]; ldr r1,[r4,#4]; ldr r2,[r4,#8]; adds r3,r3,r3",
     {0x20, 0x68, 0x61, 0x68, 0xa2, 0x68, 0xdb, 0x18},
     5,
     5,
     7},
    {"ldr r0,[r4]; str r1,[r5]; adds r3,r3,r3", {0x20, 0x68, 0x29, 0x60, 0xdb, 0x18}, 3, 3, 5},
    {"str r1,[r5]; ldr r0,[r4]; adds r3,r3,r3", {0x29, 0x60, 0x20, 0x68, 0xdb, 0x18}, 5, 5, 5},
    {"ldr r0,[r4]; nop; adds r3,r3,r3", {0x20, 0x68, 0x00, 0xbf, 0xdb, 0x18}, 3, 3, 4},
    {"str r1,[r5,r6]; adds r3,r3,r3", {0xa9, 0x51, 0xdb, 0x18}, 3, 3, 3},
    {"adds r4,r4,r5; ldr r0,[r4]; adds r3,r3,r3", {0x64, 0x19, 0x20, 0x68, 0xdb, 0x18}, 5, 5, 4},
    {"ldr r0,[r0]; ldr r0,[r0]; adds r3,r3,r3", {0x00, 0x68, 0x00, 0x68, 0xdb, 0x18}, 6, 6, 5},
    {"push {r4,r5,r6}; adds r3,r3,r3", {0x70, 0xb4, 0xdb, 0x18}, 5, 5, 5},
    {"muls r0,r1,r0; adds r3,r3,r3", {0x48, 0x43, 0xdb, 0x18}, 2, 2, 2},
    {"mla r0,r1,r2,r3; adds r3,r3,r3", {0x01, 0xfb, 0x02, 0x30, 0xdb, 0x18}, 2, 3, 0},
    {"smull r0,r1,r2,r3; adds r3,r3,r3", {0x82, 0xfb, 0x03, 0x01, 0xdb, 0x18}, 2, 5, 0},
    {"ldr r0,[r4],#4; ldr r1,[r4],#4; adds r3,r3,r3",
     {0x54, 0xf8, 0x04, 0x0b, 0x54, 0xf8, 0x04, 0x1b, 0xdb, 0x18},
     5,
     5,
     0},
    {"ldr r0,[r4],#4; ldr r1,[r5],#4; adds r3,r3,r3",
     {0x54, 0xf8, 0x04, 0x0b, 0x55, 0xf8, 0x04, 0x1b, 0xdb, 0x18},
     4,
     5,
     0},
    {"ldrd r0,r1,[r4]; adds r3,r3,r3", {0xd4, 0xe9, 0x00, 0x01, 0xdb, 0x18}, 4, 4, 0},
    {"cmp r0,r1; it eq; moveq r2,r3", {0x88, 0x42, 0x08, 0xbf, 0x1a, 0x46}, 2, 2, 0},
    {"cmp.w r0,r1; it eq; moveq r2,r3", {0xb0, 0xeb, 0x01, 0x0f, 0x08, 0xbf, 0x1a, 0x46}, 3, 3, 0},
    {"smlad r0,r1,r2,r3; smlad r0,r1,r2,r0",
     {0x21, 0xfb, 0x02, 0x30, 0x21, 0xfb, 0x02, 0x00},
     2,
     0,
     0},
    {"sxtb16 r0,r1; sxtb16 r2,r1,ror #8",
     {0x2f, 0xfa, 0x81, 0xf0, 0x2f, 0xfa, 0x91, 0xf2},
     2,
     0,
     0},
    {"vadd.f32 s0,s1,s2; vadd.f32 s3,s0,s1",
     {0x30, 0xee, 0x81, 0x0a, 0x70, 0xee, 0x20, 0x1a},
     3,
     0,
     0},
    {"vmla.f32 s0,s1,s2; adds r3,r3,r3", {0x00, 0xee, 0x81, 0x0a, 0xdb, 0x18}, 4, 0, 0},
    {"vdiv.f32 s0,s1,s2; adds r3,r3,r3", {0x80, 0xee, 0x81, 0x0a, 0xdb, 0x18}, 15, 0, 0},
};

CoreModel core(const char* name) {
  return load_core_model(std::filesystem::path(BOARDLESS_SOURCE_DIR) / "targets" / "cores" /
                         (std::string(name) + ".yaml"));
}

BlockCost time_block(const CoreModel& model, const char* variant, std::uint32_t address,
                     const std::vector<std::uint8_t>& bytes, const PipelineState& entry = {},
                     bool jumped = false) {
  isa::Decoder decoder(isa::find_variant(variant));
  return BlockTimer(model, std::nullopt).time(decoder.decode(address, bytes), entry, jumped);
}

void expect_cycles(const char* name, const char* variant, Cycles Case::* expected) {
  const CoreModel model = core(name);
  for (const Case& c : kCases) {
    if (c.*expected == 0) continue;
    const BlockCost cost = time_block(model, variant, 0x1000, c.bytes);
    EXPECT_EQ(cost.cycles, c.*expected) << name << ": " << c.text;
    EXPECT_EQ(std::accumulate(cost.stalls.begin(), cost.stalls.end(), Cycles{0}), cost.cycles)
        << "every cycle has one cause: " << c.text;
  }
}

TEST(IsTheTimingTheDocumentedOne, OnCortexM4) { expect_cycles("cortex-m4", "v7e-m-fp", &Case::m4); }
TEST(IsTheTimingTheDocumentedOne, OnCortexM3) { expect_cycles("cortex-m3", "v7-m", &Case::m3); }
TEST(IsTheTimingTheDocumentedOne, OnCortexM0Plus) {
  expect_cycles("cortex-m0plus", "v6-m", &Case::m0plus);
}

// subs r0, #1; bne: the loop every delay routine uses, 3 cycles an iteration on M3 and M4 and on
// M0+.
TEST(IsTheTimingTheDocumentedOne, ACountdownLoopTakesThreeCycles) {
  const std::vector<std::uint8_t> loop{0x01, 0x38, 0xfd, 0xd1};
  for (const auto& [name, variant] :
       {std::pair{"cortex-m4", "v7e-m"}, std::pair{"cortex-m3", "v7-m"},
        std::pair{"cortex-m0plus", "v6-m"}}) {
    const CoreModel model = core(name);
    const BlockCost first = time_block(model, variant, 0x1000, loop);
    EXPECT_EQ(first.cycles, 2U) << name;
    const BlockCost again = time_block(model, variant, 0x1000, loop, first.exit, true);
    EXPECT_EQ(again.cycles, 3U) << name;
    const BlockCost fell_through =
        time_block(model, variant, 0x1004, {0x00, 0xbf}, first.exit, false);
    EXPECT_EQ(fell_through.cycles, 1U) << name;
  }
}

TEST(IsTheTimingTheDocumentedOne, AWideInstructionAcrossAWordCostsTheRefillOneMore) {
  const CoreModel model = core("cortex-m4");
  const BlockCost loop = time_block(model, "v7e-m", 0x1000, {0x01, 0x38, 0xfd, 0xd1});
  const std::vector<std::uint8_t> wide{0x21, 0xfb, 0x02, 0x30};
  const BlockCost aligned = time_block(model, "v7e-m", 0x2000, wide, loop.exit, true);
  const BlockCost misaligned = time_block(model, "v7e-m", 0x2002, wide, loop.exit, true);
  EXPECT_EQ(misaligned.cycles, aligned.cycles + 1);
  EXPECT_EQ(misaligned.stalls[static_cast<std::size_t>(StallCause::kFetchAlignment)], 1U);
}

// ldr r1, [r0] at the end of a block still pays its second cycle in the next one.
TEST(IsTheTimingTheDocumentedOne, APendingLoadCrossesBlocks) {
  const CoreModel model = core("cortex-m4");
  const BlockCost load = time_block(model, "v7e-m", 0x1000, {0x01, 0x68});
  EXPECT_EQ(load.cycles, 1U);
  EXPECT_EQ(time_block(model, "v7e-m", 0x1002, {0x1a, 0x19}, load.exit).cycles, 2U);
  EXPECT_EQ(time_block(model, "v7e-m", 0x1002, {0x62, 0x68}, load.exit).cycles, 1U);
}

TEST(IsTheTimingTheDocumentedOne, AnInstructionClassWithoutTimingIsRefused) {
  EXPECT_THROW(time_block(core("cortex-m0plus"), "v7-m", 0, {0xb1, 0xfb, 0xf2, 0xf0}), NotModelled);
}

// STM32F1-like: 64-bit rows, 2 wait states. Four 16-bit instructions a row: the next row is asked
// for when the first issues, comes after 3 cycles, so the core never waits; 32-bit ones wait a
// cycle a row.
TEST(IsTheTimingTheDocumentedOne, APrefetchBufferHidesWhatTheCoreLeavesItTimeFor) {
  const CoreModel model = core("cortex-m3");
  const BlockTimer timer(model, FetchBuffer{8, 2, true});
  isa::Decoder decoder(isa::find_variant("v7-m"));
  std::vector<std::uint8_t> narrow, wide;
  for (int i = 0; i < 16; ++i) narrow.insert(narrow.end(), {0x88, 0x18});
  for (int i = 0; i < 8; ++i) wide.insert(wide.end(), {0x01, 0xeb, 0x02, 0x00});
  const auto fetch = static_cast<std::size_t>(StallCause::kFlashFetch);
  EXPECT_EQ(timer.time(decoder.decode(0, narrow), {}, false).stalls[fetch], 2U);
  EXPECT_EQ(timer.time(decoder.decode(0, wide), {}, false).stalls[fetch], 2U + 3U);
  const BlockTimer plain(model, FetchBuffer{8, 2, false});
  EXPECT_EQ(plain.time(decoder.decode(0, narrow), {}, false).stalls[fetch], 4U * 2U);
}

}  // namespace
}  // namespace boardless::cost_models
