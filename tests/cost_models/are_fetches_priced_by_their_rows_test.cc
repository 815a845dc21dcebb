// Do instruction fetches cost what wait states, caches and prefetch say, row by row?
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/cost_models/priced_memory.h"

namespace boardless::cost_models {
namespace {

TEST(Fetch, ABlockIsFetchedOnce) {
  PricedMemory memory(art(false));
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 10U);  // two rows of 5
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 0U);
  EXPECT_EQ(memory.stalls(StallCause::kFlashFetch), 10U);
}

TEST(Fetch, PrefetchHidesTheRowBehindTheOneInUse) {
  PricedMemory memory(art(true));
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 5U);  // 8 cycles a row cover the 6 of a read
  // The second row is requested when the first is entered and gives its data 5 cycles later, as a
  // demanded one does; 4 cycles a row cover all of them but one.
  EXPECT_EQ(memory.run(kFlashBase + 32, 32, 8), 1U);
}

TEST(Fetch, PrefetchGoesOnAcrossBlocks) {
  PricedMemory memory(art(true));
  EXPECT_EQ(memory.run(kFlashBase, 16, 8), 5U);
  EXPECT_EQ(memory.run(kFlashBase + 16, 16, 8), 0U) << "requested while the first row executed";
}

TEST(Fetch, AJumpWaitsForAPrefetchThatNobodyWants) {
  PricedMemory memory(art(true));
  EXPECT_EQ(memory.run(kFlashBase, 16, 2), 5U);
  // The next row is read from cycle 6 to cycle 12; the core jumps at 7.
  EXPECT_EQ(memory.run(kFlashBase + 0x100, 16, 8), 5U + 5U);
  EXPECT_EQ(memory.stalls(StallCause::kBusConflict), 5U);
}

TEST(Fetch, DataAndInstructionsShareTheFlash) {
  PricedMemory memory(art(true));
  EXPECT_EQ(memory.run(kFlashBase, 16, 2), 5U);
  // The array was busy all the time, with rows of 6 cycles: half of the 5 that are left at most.
  EXPECT_EQ(memory.load(kFlashBase + 0x800), 5U + 2U) << "behind the prefetch, on average";
  EXPECT_EQ(memory.load(kFlashBase + 0x804), 0U) << "the same row";
}

TEST(Fetch, WithoutACacheTheRowsReadLastAreHeld) {
  MemoryModel flash{.is_flash = true, .wait_states = 2, .row_bytes = 8};
  PricedMemory one(one_memory(flash));
  EXPECT_EQ(one.run(kFlashBase, 8, 4), 2U);
  EXPECT_EQ(one.run(kFlashBase, 8, 4), 0U);
  EXPECT_EQ(one.run(kFlashBase, 16, 8), 2U);
  EXPECT_EQ(one.run(kFlashBase, 16, 8), 4U) << "the second row replaced the first";
  flash.row_buffers = 2;
  PricedMemory two(one_memory(flash));
  two.run(kFlashBase, 16, 8);
  EXPECT_EQ(two.run(kFlashBase, 16, 8), 0U);
}

TEST(Fetch, AUnifiedCacheLosesCodeToData) {
  MemoryModel flash{.is_flash = true, .wait_states = 40, .row_bytes = 16};
  flash.fetch_cache = flash.data_cache = 0;
  MemorySystemModel model = one_memory(flash);
  model.caches = {{.name = "xip", .geometry = {4, 16, 16, 0}}};
  PricedMemory memory(model);
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 80U);
  memory.pass(200);
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_GE(memory.load(kFlashBase + 0x1000 + 16 * i), 40U);
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 80U) << "its lines are not there any more";
}

TEST(Fetch, CodeOnTheDataBusPaysForWhatItsTransfersTake) {
  MemoryModel ram{.row_bytes = 4, .fetch_shares_bus = true};
  PricedMemory loads(one_memory(ram, kRamBase), kRamBase, 0x6848);  // ldr r0, [r1, #4]
  // Eight 16-bit loads: 4 words of code and 8 transfers, which the pipeline would do in 9.
  EXPECT_EQ(loads.run(kRamBase, 16, 9), 3U);
  EXPECT_EQ(loads.run(kRamBase, 16, 9), 3U) << "each time";
  EXPECT_EQ(loads.stalls(StallCause::kBusConflict), 6U);
  PricedMemory adds(one_memory(ram, kRamBase), kRamBase);
  EXPECT_EQ(adds.run(kRamBase, 16, 8), 0U);
}

TEST(Fetch, FirmwareChangesWhatAReadCosts) {
  PricedMemory memory(art(false));
  MemorySystem& system = memory.system();
  const std::size_t flash = system.memory_index("flash");
  const std::size_t cache = system.cache_index("flash.fetch");
  system.set_wait_states(flash, 0);
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 0U) << "reset: slow clock, no wait states";
  system.set_wait_states(flash, 5);
  system.set_cache(cache, false);
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 10U);
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 10U) << "accelerator off";
  system.set_cache(cache, true);
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 10U) << "on, it begins empty";
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 0U);
  system.invalidate_cache(cache);
  EXPECT_EQ(memory.run(kFlashBase, 32, 16), 10U);
  system.set_prefetch(flash, true);
  EXPECT_EQ(memory.run(kFlashBase + 64, 32, 16), 5U);
  MemorySystemModel slower = art(false);
  slower.memories[0].wait_states = 1;
  system.set_clock(slower);
  system.set_prefetch(flash, false);
  EXPECT_EQ(memory.run(kFlashBase + 0x200, 32, 16), 2U);
}

TEST(Fetch, WaysDecideWhatAliases) {
  MemorySystemModel model = art(false);
  model.caches[0].geometry = {8, 16, 16, 2};  // as STM32U5's ICACHE, but small
  PricedMemory memory(model);
  const auto both = [&] {
    return memory.run(kFlashBase, 16, 8) + memory.run(kFlashBase + 0x80, 16, 8);
  };
  EXPECT_EQ(both(), 10U);
  EXPECT_EQ(both(), 0U) << "two ways hold both";
  memory.system().set_cache(0, true, 1);
  EXPECT_EQ(both(), 10U);
  EXPECT_EQ(both(), 10U) << "direct mapped, each takes the other's line";
}

// The accelerator cycle by cycle: one read of the array at a time, the core a row at a time.
class PlainArt {
 public:
  explicit PlainArt(std::uint32_t wait_states) : wait_states_(wait_states) {}

  // Waits for the row, then executes it; advances time.
  void row(std::uint32_t row, std::uint32_t cycles) {
    bool requested = false;
    while (held_.count(row) == 0) {
      if (left_ == 0) {
        reading_ = row;
        left_ = wait_states_ + 1;
      }
      requested = requested || reading_ == row;
      // Bypass: in its last cycle a read gives its row to the core, as a memory without waits does.
      if (left_ == 1 && reading_ == row) held_.insert(row);
      if (held_.count(row) == 0) tick();
    }
    wanted_ = row + 1;
    for (std::uint32_t i = 0; i < cycles; ++i) tick();
  }
  std::uint64_t time() const { return time_; }

 private:
  void tick() {
    if (left_ == 0 && held_.count(wanted_) == 0) {
      reading_ = wanted_;
      left_ = wait_states_ + 1;
    }
    if (left_ != 0 && --left_ == 0) ahead_ = reading_;
    if (left_ == 0 && ahead_ == wanted_) held_.insert(ahead_);
    ++time_;
  }
  std::uint32_t wait_states_;
  std::set<std::uint32_t> held_;
  std::uint32_t reading_ = 0, left_ = 0, wanted_ = 0, ahead_ = 0;
  std::uint64_t time_ = 0;
};

TEST(Fetch, StraightCodeTakesWhatTheAcceleratorTakesCycleByCycle) {
  for (const std::uint32_t wait_states : {1U, 2U, 5U, 7U}) {
    for (const std::uint32_t cycles : {1U, 2U, 4U, 5U, 6U, 8U, 11U}) {
      MemorySystemModel model = art(true);
      model.memories[0].wait_states = wait_states;
      PricedMemory memory(model);
      PlainArt plain(wait_states);
      std::uint64_t time = 0;
      for (std::uint32_t row = 0; row < 20; ++row) {
        time += cycles + memory.run(kFlashBase + 16 * row, 16, cycles);
        plain.row(row, cycles);
        ASSERT_EQ(time, plain.time()) << wait_states << " WS, " << cycles << " cycles, row " << row;
      }
    }
  }
}

}  // namespace
}  // namespace boardless::cost_models
