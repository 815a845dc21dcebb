// Does a timing run price what its pipelines and memories price alone, and carry failures out?
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "base/error.h"
#include "cost_models/timing_run.h"
#include "tests/cost_models/code_blocks.h"
#include "tests/cost_models/priced_memory.h"

namespace boardless::cost_models {
namespace {

CoreModel m4() {
  return load_core_model(std::filesystem::path(BOARDLESS_SOURCE_DIR) /
                         "targets/cores/cortex-m4.yaml");
}

// A few instructions whose timing depends on what came before: loads, stores, ALU, a branch.
std::vector<std::uint8_t> random_code(std::mt19937& random, std::size_t halfwords) {
  const std::uint16_t choices[] = {0x6848, 0x6881, 0x1888, 0x6048, 0x508b, 0x4343, 0xbf00, 0xb430};
  std::vector<std::uint8_t> code;
  for (std::size_t i = 0; i < halfwords; ++i) {
    std::uint16_t encoding = choices[random() % std::size(choices)];
    if (random() % 5 == 0) encoding = 0xd1fe;  // bne
    code.push_back(static_cast<std::uint8_t>(encoding));
    code.push_back(static_cast<std::uint8_t>(encoding >> 8));
  }
  return code;
}

TEST(DoesATimingRunEqualItsParts, WhateverElseIsAttached) {
  std::mt19937 random(8);
  const CoreModel core = m4();
  const std::vector<std::uint8_t> code = random_code(random, 512);
  MemorySystemModel small = art(true), large = art(false);
  small.caches[0].geometry = {8, 16, 16, 0};
  large.memories[0].wait_states = 3;
  large.caches[0].geometry = {16, 32, 8, 2};
  CodeBlocks blocks(kFlashBase, code);
  TimingRun together(blocks.table()), alone_small(blocks.table()), alone_large(blocks.table());
  together.add_target(core, small);
  together.add_target(core, MemorySystemModel{});
  together.add_target(core, large);
  alone_small.add_target(core, small);
  alone_large.add_target(core, large);
  for (int i = 0; i < 50000; ++i) {
    // Mostly a hot region, with excursions that replace lines.
    const std::uint32_t offset =
        static_cast<std::uint32_t>(random() % 8 == 0 ? random() % 480 : random() % 40) * 2;
    const std::uint32_t size = 2 + offset % 24 / 2 * 2;
    for (TimingRun* run : {&together, &alone_small, &alone_large}) {
      run->on_block(blocks.block(kFlashBase + offset, size));
    }
  }
  const auto all = together.take_costs();
  EXPECT_EQ(all[0].cycles, alone_small.take_costs()[0].cycles);
  EXPECT_EQ(all[2].cycles, alone_large.take_costs()[0].cycles);
  EXPECT_GT(all[0].cycles, all[1].cycles) << "wait states cost something";
}

// More memories than a block has bits for: what one has to look at, no other does.
TEST(DoesATimingRunEqualItsParts, HoweverManyThereAre) {
  std::mt19937 random(9);
  const CoreModel core = m4();
  CodeBlocks blocks(kFlashBase, random_code(random, 512));
  TimingRun together(blocks.table()), alone_first(blocks.table()), alone_last(blocks.table());
  const auto model = [](std::uint32_t lines) {
    MemorySystemModel small = art(true);
    small.caches[0].geometry.lines = lines;
    return small;
  };
  constexpr std::uint32_t kFirst = 4, kLast = 74;
  for (std::uint32_t lines = kFirst; lines <= kLast; ++lines) {
    together.add_target(core, model(lines));
  }
  alone_first.add_target(core, model(kFirst));
  alone_last.add_target(core, model(kLast));
  for (int i = 0; i < 3000; ++i) {
    const std::uint32_t offset =
        static_cast<std::uint32_t>(random() % 8 == 0 ? random() % 480 : random() % 100) * 2;
    for (TimingRun* run : {&together, &alone_first, &alone_last}) {
      run->on_block(blocks.block(kFlashBase + offset, 2 + offset % 24 / 2 * 2));
    }
  }
  const auto all = together.take_costs();
  EXPECT_EQ(all.front().stalls, alone_first.take_costs()[0].stalls);
  EXPECT_EQ(all.back().stalls, alone_last.take_costs()[0].stalls);
}

TEST(DoesATimingRunEqualItsParts, AndCarriesFailuresOutOfTheEngine) {
  CoreModel core = m4();
  core.classes[static_cast<std::size_t>(isa::InstructionClass::kAlu)].reset();
  CodeBlocks blocks(kFlashBase, repeated(kAdds, 2));
  TimingRun run(blocks.table());
  run.add_target(core, MemorySystemModel{});
  EXPECT_NO_THROW(run.on_block(blocks.block(kFlashBase, 4)));
  EXPECT_THROW(run.take_costs(), NotModelled);
}

}  // namespace
}  // namespace boardless::cost_models
