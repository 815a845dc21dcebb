// Is each target of a run priced by its own pipeline's time, and does the run tell the time?
#include <gtest/gtest.h>

#include <random>

#include "cost_models/timing_run.h"
#include "tests/cost_models/priced_memory.h"

namespace boardless::cost_models {
namespace {

CoreModel core(const char* name) {
  return load_core_model(std::filesystem::path(BOARDLESS_SOURCE_DIR) / "targets/cores" /
                         (std::string(name) + ".yaml"));
}

// Multiplies that keep the results' user waiting, so that cores differ.
std::vector<std::uint8_t> mixed_code() {
  std::mt19937 random(3);
  const std::uint16_t choices[] = {0x6848, 0x1888, 0x6048, 0x4343, 0xbf00, 0xb430};
  std::vector<std::uint8_t> code;
  for (int i = 0; i < 512; ++i) {
    const std::vector<std::uint8_t> one = repeated(choices[random() % std::size(choices)], 1);
    code.insert(code.end(), one.begin(), one.end());
  }
  return code;
}

TEST(TimingRun, TwoCoresOnOneImageEachPriceTheirOwnPrefetch) {
  const CoreModel m4 = core("cortex-m4"), m3 = core("cortex-m3");
  CoreModel slow = m4;  // every instruction takes longer, so that more is hidden
  for (auto& timing : slow.classes) {
    if (timing) timing->cycles = timing->cycles + 3;
  }
  CodeBlocks blocks(kFlashBase, mixed_code());
  TimingRun together(blocks.table()),
      alone[3] = {TimingRun(blocks.table()), TimingRun(blocks.table()), TimingRun(blocks.table())};
  const CoreModel* cores[] = {&m4, &slow, &m3};
  MemorySystemModel memory = art(true);
  memory.caches[0].geometry.lines = 8;
  for (std::size_t i = 0; i < 3; ++i) {
    together.add_target(*cores[i], memory);
    alone[i].add_target(*cores[i], memory);
  }
  std::mt19937 random(4);
  for (int i = 0; i < 3000; ++i) {
    const std::uint32_t offset = static_cast<std::uint32_t>(random() % 240) * 4;
    const isa::CodeBlock& block = blocks.block(kFlashBase + offset, 8 + offset % 6 * 4);
    together.on_block(block);
    for (TimingRun& run : alone) run.on_block(block);
    if (i % 3 == 0) {
      const auto address = kFlashBase + static_cast<std::uint32_t>(random() % 0x8000);
      together.on_read(address, 4);
      for (TimingRun& run : alone) run.on_read(address, 4);
    }
  }
  const auto all = together.take_costs();
  for (std::size_t i = 0; i < 3; ++i) {
    const auto own = alone[i].take_costs();
    EXPECT_EQ(all[i].cycles, own[0].cycles) << i;
    EXPECT_EQ(all[i].stalls, own[0].stalls) << i;
    EXPECT_EQ(together.now(i), all[i].cycles) << i;
  }
  constexpr auto kFetch = static_cast<std::size_t>(StallCause::kFlashFetch);
  EXPECT_LT(all[1].stalls[kFetch], all[0].stalls[kFetch]) << "more time to fetch ahead in";
}

TEST(TimingRun, TellsTheTimeOfItsFirstTarget) {
  const CoreModel m4 = core("cortex-m4");
  CodeBlocks blocks(kFlashBase, repeated(kAdds, 64));
  TimingRun run(blocks.table());
  EXPECT_EQ(run.now(), 0U);
  run.add_target(m4, art(false));
  run.on_block(blocks.block(kFlashBase, 32));
  EXPECT_EQ(run.now(), 16U + 10U);
  run.on_block(blocks.block(kFlashBase, 32));
  EXPECT_EQ(run.now(), 16U + 10U + 16U);
  run.on_read(kFlashBase + 0x100, 4);
  EXPECT_EQ(run.now(), 42U + 5U);
  run.take_costs();
  EXPECT_EQ(run.now(), 47U) << "of the whole run";
}

TEST(TimingRun, TimeCanPassWithoutInstructions) {
  const CoreModel m4 = core("cortex-m4");
  CodeBlocks blocks(kFlashBase, repeated(kAdds, 64));
  TimingRun run(blocks.table());
  run.add_target(m4, art(true));
  run.on_block(blocks.block(kFlashBase, 16));
  run.advance(12, StallCause::kMultiCycle);
  EXPECT_EQ(run.now(), 8U + 5U + 12U);
  // Long enough for the prefetch of the next row.
  run.on_block(blocks.block(kFlashBase + 16, 16));
  const TimingRun::Cost cost = run.take_costs()[0];
  EXPECT_EQ(cost.cycles, 8U + 5U + 12U + 8U);
  EXPECT_EQ(cost.stalls[static_cast<std::size_t>(StallCause::kMultiCycle)], 12U);
  EXPECT_EQ(run.take_costs()[0].cycles, 0U);
}

TEST(TimingRun, WatchesOnlyWhatWaits) {
  const CoreModel m4 = core("cortex-m4");
  isa::BlockTable blocks;
  TimingRun run(blocks);
  run.add_target(m4, MemorySystemModel{});
  EXPECT_EQ(run.waiting_reads().begin, run.waiting_reads().end);
  run.add_target(m4, art(true));
  EXPECT_EQ(run.waiting_reads().begin, kFlashBase);
  EXPECT_EQ(run.waiting_reads().end, kFlashBase + 0x100000);
  EXPECT_EQ(run.waiting_writes().end, 0U) << "flash is not written by stores";
  MemoryModel ram{.write_wait_states = 1};
  run.add_target(m4, one_memory(ram, kRamBase));
  EXPECT_EQ(run.waiting_writes().begin, kRamBase);
  EXPECT_EQ(run.waiting_reads().end, kFlashBase + 0x100000);
}

TEST(TimingRun, CodeOutsideItsCacheIsPricedWhereItLies) {
  const CoreModel m4 = core("cortex-m4");
  MemorySystemModel model = art(false);
  model.memories.push_back({.name = "sram", .port = 1});
  model.regions.push_back({kRamBase, kRamBase + 0xffff, 1});
  CodeBlocks in_ram(kRamBase, repeated(kAdds, 64));
  TimingRun run(in_ram.table());
  run.add_target(m4, model);
  run.on_block(in_ram.block(kRamBase, 32));
  EXPECT_EQ(run.take_costs()[0].cycles, 16U) << "no wait states in SRAM";
}

}  // namespace
}  // namespace boardless::cost_models
