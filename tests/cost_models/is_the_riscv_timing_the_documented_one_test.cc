// Is a RISC-V instruction sequence's timing the documented one? Zero wait states; encodings by
// llvm-mc; cycles from the documents that targets/cores/*.yaml name.
#include <gtest/gtest.h>

#include <vector>

#include "cost_models/block_timer.h"
#include "isa/decoder.h"

namespace boardless::cost_models {
namespace {

std::vector<isa::Instruction> decode(const char* variant, std::uint32_t address,
                                     const std::vector<std::uint32_t>& encodings) {
  std::vector<std::uint8_t> bytes;
  for (const std::uint32_t encoding : encodings) {
    for (int i = 0; i < ((encoding & 3) == 3 ? 4 : 2); ++i) {
      bytes.push_back(static_cast<std::uint8_t>(encoding >> 8 * i));
    }
  }
  return isa::Decoder(isa::find_variant(variant)).decode(address, bytes);
}

Cycles time_of(const char* core_name, const std::vector<std::uint32_t>& encodings) {
  const CoreModel core = load_core_model_named(core_name);
  const auto block = decode(core.image.c_str(), 0x1000, encodings);
  return BlockTimer(core, {}).time(block, {}, Arrival::kSequential).cycles;
}

struct Case {
  const char* text;
  std::vector<std::uint32_t> encodings;
  Cycles hazard3, e31, cv32e40p, c3;  // 0: the core lacks it
};

constexpr std::uint32_t kAddA0 = 0x0505, kAddA5 = 0x0785;  // c.addi …, 1

const Case kCases[] = {
    {"addi a0; addi a0", {kAddA0, kAddA0}, 2, 2, 2, 2},
    {"lw a0,4(a1); addi a0", {0x41c8, kAddA0}, 3, 3, 3, 3},
    {"lw a0,4(a1); addi a5", {0x41c8, kAddA5}, 2, 2, 2, 2},
    {"lw a0,4(a1); addi a5; addi a0", {0x41c8, kAddA5, kAddA0}, 3, 3, 3, 3},
    {"sw a0,4(a1); lw a0,4(a1)", {0xc1c8, 0x41c8}, 2, 2, 2, 2},
    {"mul a0,a1,a2; addi a0", {0x02c58533, kAddA0}, 2, 6, 2, 2},
    {"mul a0,a1,a2; addi a5", {0x02c58533, kAddA5}, 2, 2, 2, 2},
    {"mulhu a0,a1,a2; addi a5", {0x02c5b533, kAddA5}, 2, 2, 6, 2},
    {"sh1add a0,a1,a2; clz a0,a1", {0x20c5a533, 0x60059513}, 2, 0, 0, 0},
    {"cm.push {ra, s0-s1}, -32", {0xb866}, 4, 0, 0, 0},
    {"cm.pop {ra, s0-s1}, 32", {0xba66}, 4, 0, 0, 0},
    {"cm.mvsa01 s1,s4", {0xacb2}, 2, 0, 0, 0},
    {"lr.w a0,(a1); addi a0", {0x1005a52f, kAddA0}, 3, 3, 0, 0},
    {"amoadd.w a0,a2,(a1)", {0x00c5a52f}, 4, 2, 0, 0},
};

TEST(IsTheRiscvTimingTheDocumentedOne, OfSequences) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    const auto expect = [&](const char* core, Cycles cycles) {
      if (cycles != 0) {
        EXPECT_EQ(time_of(core, c.encodings), cycles) << core;
      }
    };
    expect("hazard3", c.hazard3);
    expect("sifive-e31", c.e31);
    expect("cv32e40p", c.cv32e40p);
    expect("esp32-c3", c.c3);
  }
}

// A jump and the instruction it goes to: aligned, or 32 bits wide and not.
Cycles jump_to(const char* core_name, std::uint32_t jump, std::uint32_t target,
               std::uint32_t encoding) {
  const CoreModel core = load_core_model_named(core_name);
  const BlockTimer timer(core, {});
  const char* variant = core.image.c_str();
  const BlockCost first = timer.time(decode(variant, 0x1000, {jump}), {}, Arrival::kSequential);
  const BlockCost second =
      timer.time(decode(variant, target, {encoding}), first.exit, Arrival::kTaken);
  return first.cycles + second.cycles;
}

TEST(IsTheRiscvTimingTheDocumentedOne, OfJumps) {
  constexpr std::uint32_t kJump = 0x1000006f, kWide = 0x00158593;  // j .+256; addi a1, a1, 1
  for (const char* core : {"hazard3", "cv32e40p"}) {
    SCOPED_TRACE(core);
    EXPECT_EQ(jump_to(core, kJump, 0x1100, kWide), 3U);
    EXPECT_EQ(jump_to(core, kJump, 0x1102, kWide), 4U);
    EXPECT_EQ(jump_to(core, kJump, 0x1102, kAddA0), 3U);
  }
  EXPECT_EQ(jump_to("sifive-e31", kJump, 0x1102, kWide), 2U);
  EXPECT_EQ(jump_to("esp32-c3", kJump, 0x1100, kWide), 3U);
  constexpr std::uint32_t kReturn = 0xbe66;  // cm.popret {ra, s0-s1}, 32
  EXPECT_EQ(jump_to("hazard3", kReturn, 0x1100, kWide), 2 + 3 + 1U);
}

}  // namespace
}  // namespace boardless::cost_models
