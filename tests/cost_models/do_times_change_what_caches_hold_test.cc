// Is each target of those that share what their caches hold priced as it is alone?
#include <gtest/gtest.h>

#include <random>

#include "cost_models/timing_run.h"
#include "tests/cost_models/priced_memory.h"

namespace boardless::cost_models {
namespace {

CoreModel m4() {
  return load_core_model(std::filesystem::path(BOARDLESS_SOURCE_DIR) /
                         "targets/cores/cortex-m4.yaml");
}

// Flash at `base` as given, and RAM that waits for loads and stores.
MemorySystemModel with_ram(MemorySystemModel model, std::uint32_t wait_states) {
  MemoryModel ram{.name = "ram", .wait_states = wait_states, .write_wait_states = wait_states};
  ram.port = static_cast<std::uint32_t>(model.memories.size());
  model.memories.push_back(ram);
  model.regions.push_back({kRamBase, kRamBase + 0xffff, ram.port});
  model.write_buffer_entries = 2;
  return model;
}

// A small accelerator, with wait states in RAM.
MemorySystemModel rows(std::uint32_t wait_states) {
  MemorySystemModel model = art(true);
  model.memories[0].wait_states = wait_states;
  model.caches[0].geometry.lines = 16;
  return with_ram(model, 1 + wait_states % 3);
}

// One cache that fills lines with code and data, and writes them back to RAM.
MemorySystemModel filled_lines(std::uint32_t wait_states) {
  MemoryModel flash{.is_flash = true, .wait_states = wait_states, .row_bytes = 16};
  flash.clock_divider = 1 + wait_states % 2;
  flash.beat_cycles = 1 + wait_states % 3;
  flash.fetch_cache = flash.data_cache = 0;
  flash.prefetch = true;
  MemorySystemModel model = with_ram(one_memory(flash), wait_states);
  model.memories[1].bus_cycles = 3 * wait_states;
  model.memories[1].data_cache = 0;
  model.memories[1].row_bytes = 8;
  model.caches = {{.geometry = {16, 32, 32, 2},
                   .fills_lines = true,
                   .critical_word_first = false,
                   .writes_back = true,
                   .beat_bytes = 4}};
  return model;
}

// Row buffers on the bus of the loads, which all go to memory.
MemorySystemModel no_cache(std::uint32_t wait_states) {
  MemoryModel flash{.is_flash = true, .wait_states = wait_states, .row_bytes = 8};
  flash.row_buffers = 2;
  flash.prefetch = flash.fetch_shares_bus = true;
  return with_ram(one_memory(flash), wait_states);
}

// What a program might do: loops, jumps, bursts of loads and stores, divisions among them. All runs
// but the first are asked for the time at each step, which prices each access at once.
template <class Runs>
void run_something(const Runs& runs, CodeBlocks& blocks, std::uint64_t seed) {
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
  const auto below = [&](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random() % limit);
  };
  const auto all = [&](const auto& act) {
    for (TimingRun* run : runs) {
      act(*run);
      if (run != runs.front()) (void)run->now();
    }
  };
  for (int i = 0; i < 4000; ++i) {
    const std::uint32_t offset = (below(8) == 0 ? below(900) : below(60)) * 4;
    const isa::CodeBlock& block = blocks.block(kFlashBase + offset, 2 + offset % 44 / 4 * 2);
    all([&](TimingRun& run) { run.on_block(block); });
    for (std::uint32_t left = below(3) == 0 ? below(12) : below(2); left != 0; --left) {
      const std::uint32_t address = below(3) == 0   ? kFlashBase + below(0x2000)
                                    : below(2) == 0 ? kRamBase + below(0x800)
                                                    : kRamBase + 4 * left;
      const bool is_store = address >= kRamBase && below(3) == 0;
      const std::uint32_t bytes = below(9) == 0 ? 4 : 1;
      all([&](TimingRun& run) {
        is_store ? run.on_write(address, bytes) : run.on_read(address, bytes);
      });
      if (below(20) != 0) continue;
      const std::uint32_t divisor = 1 + below(1000);
      all([&](TimingRun& run) {
        run.on_operands(isa::OperandTimed::kDivideUnsigned, 0x87654321, divisor);
      });
    }
    if (below(50) == 0) all([&](TimingRun& run) { run.advance(7, StallCause::kAsleep); });
  }
}

class HeldAlike : public testing::TestWithParam<MemorySystemModel (*)(std::uint32_t wait_states)> {
};

TEST_P(HeldAlike, IsPricedAsAlone) {
  constexpr std::uint32_t kWaitStates[] = {3, 1, 7, 2, 7, 5};
  const CoreModel core = m4();
  std::mt19937 random(5);
  const std::uint16_t kinds[] = {0x6848, 0x1888, 0x6048, 0x4343};
  std::vector<std::uint8_t> code;
  for (int i = 0; i < 2048; ++i) {
    const std::vector<std::uint8_t> one = repeated(kinds[random() % std::size(kinds)], 1);
    code.insert(code.end(), one.begin(), one.end());
  }
  CodeBlocks blocks(kFlashBase, code);
  TimingRun together(blocks.table());
  std::deque<TimingRun> alone;
  std::vector<TimingRun*> runs{&together};
  for (const std::uint32_t wait_states : kWaitStates) {
    const MemorySystemModel model = GetParam()(wait_states);
    EXPECT_TRUE(model.holds_as(GetParam()(kWaitStates[0])));
    together.add_target(core, model);
    runs.push_back(&alone.emplace_back(blocks.table()));
    alone.back().add_target(core, model);
  }
  Cycles fastest = ~Cycles{0}, slowest = 0;
  for (std::uint64_t layer = 0; layer < 3; ++layer) {
    run_something(runs, blocks, layer);
    const std::vector<TimingRun::Cost> costs = together.take_costs();
    for (std::size_t i = 0; i < std::size(kWaitStates); ++i) {
      const TimingRun::Cost own = alone[i].take_costs()[0];
      EXPECT_EQ(costs[i].cycles, own.cycles) << kWaitStates[i];
      EXPECT_EQ(costs[i].stalls, own.stalls) << kWaitStates[i];
      EXPECT_EQ(together.now(i), alone[i].now());
      fastest = std::min(fastest, own.cycles);
      slowest = std::max(slowest, own.cycles);
    }
  }
  EXPECT_GT(slowest, fastest + fastest / 4) << "wait states make a difference";
}

INSTANTIATE_TEST_SUITE_P(WhateverOthersWait, HeldAlike,
                         testing::Values(&rows, &filled_lines, &no_cache));

TEST(HoldsAs, WhatDiffersInWhatAccessesMeetDoesNot) {
  const MemorySystemModel model = rows(3);
  MemorySystemModel other = rows(3);
  other.caches[0].geometry.ways = 2;
  EXPECT_FALSE(model.holds_as(other)) << "geometry";
  other = rows(3);
  other.memories[0].prefetch = false;
  EXPECT_FALSE(model.holds_as(other)) << "what is requested ahead";
  other = rows(3);
  other.memories[0].wait_states = 0;
  EXPECT_FALSE(model.holds_as(other)) << "what does not wait does not go through the cache";
  other = rows(3);
  other.memories[1].write_wait_states = 0;
  EXPECT_FALSE(model.holds_as(other)) << "stores that do not wait are not heard of";
}

}  // namespace
}  // namespace boardless::cost_models
