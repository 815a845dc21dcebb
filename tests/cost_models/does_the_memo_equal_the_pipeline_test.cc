// Does counting remembered block costs give what walking every block gives?
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "base/error.h"
#include "cost_models/timing_run.h"

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

TEST(DoesTheMemoEqualThePipeline, OverRandomBlocksInRandomOrder) {
  std::mt19937 random(7);
  const CoreModel core = m4();
  const std::vector<std::uint8_t> code = random_code(random, 256);
  const isa::Variant& variant = isa::find_variant("v7e-m");
  TimingRun run(variant, {.code_base = 0x10000,
                          .code = code,
                          .constants_base = 0x10000000,
                          .arena_base = 0x20000000,
                          .stack_base = 0x30000000});
  run.add_target(core, MemorySystemModel{});
  isa::Decoder decoder(variant);
  const BlockTimer timer(core, std::nullopt);
  PipelineState state;
  Cycles expected = 0;
  std::uint64_t instructions = 0;
  std::uint32_t previous_end = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::uint32_t offset = static_cast<std::uint32_t>(random() % 240) * 2;
    const std::uint32_t size = 2 + static_cast<std::uint32_t>(offset % 7) * 2;
    run.on_block(0x10000 + offset, size);
    const auto block = decoder.decode(0x10000 + offset, std::span(code).subspan(offset, size));
    const BlockCost cost = timer.time(block, state, 0x10000 + offset != previous_end);
    state = cost.exit;
    expected += cost.cycles;
    instructions += block.size();
    previous_end = 0x10000 + offset + size;
  }
  const auto costs = run.take_costs();
  ASSERT_EQ(costs.size(), 1U);
  EXPECT_EQ(costs[0].cycles, expected);
  EXPECT_EQ(costs[0].instructions, instructions);
  Cycles causes = 0;
  for (const Cycles cycles : costs[0].stalls) causes += cycles;
  EXPECT_EQ(causes, expected);
  EXPECT_EQ(run.take_costs()[0].cycles, 0U) << "taking the costs starts a new stretch";
}

TEST(DoesTheMemoEqualThePipeline, WhateverElseIsAttached) {
  std::mt19937 random(8);
  const CoreModel core = m4();
  const std::vector<std::uint8_t> code = random_code(random, 512);
  const TimingRun::Windows windows{0x10000, code, 0x10000000, 0x20000000, 0x30000000};
  MemorySystemModel small, large;
  small.fetch = ReadPathModel{5, CacheGeometry{8, 16, 16, 0}, true};
  large.fetch = ReadPathModel{3, CacheGeometry{16, 32, 8, 2}, false};
  const isa::Variant& variant = isa::find_variant("v7e-m");
  TimingRun together(variant, windows), alone_small(variant, windows),
      alone_large(variant, windows);
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
      run->on_block(0x10000 + offset, size);
    }
  }
  const auto all = together.take_costs();
  EXPECT_EQ(all[0].cycles, alone_small.take_costs()[0].cycles);
  EXPECT_EQ(all[2].cycles, alone_large.take_costs()[0].cycles);
  EXPECT_GT(all[0].cycles, all[1].cycles) << "wait states cost something";
}

TEST(DoesTheMemoEqualThePipeline, AndCarriesFailuresOutOfTheEngine) {
  const CoreModel core = m4();
  const std::vector<std::uint8_t> code{0x00, 0xee, 0x10, 0x0f};  // mcr: a coprocessor's
  TimingRun run(isa::find_variant("v7e-m"), {0x10000, code, 0x10000000, 0x20000000, 0x30000000});
  run.add_target(core, MemorySystemModel{});
  EXPECT_NO_THROW(run.on_block(0x10000, 4));
  EXPECT_THROW(run.take_costs(), NotModelled);
}

}  // namespace
}  // namespace boardless::cost_models
