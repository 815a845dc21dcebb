// Do line fills, write-backs, the write buffer and uncached accesses cost what their mechanism
// says?
#include <gtest/gtest.h>

#include "tests/cost_models/priced_memory.h"

namespace boardless::cost_models {
namespace {

// A Cortex-M7's data cache, small, before SRAM on a 64-bit bus at half the core clock with one wait
// state: the first beat comes 10 + 2 cycles late, the three others every 2 cycles.
MemorySystemModel l1(std::uint32_t lines = 8) {
  MemoryModel ram{
      .name = "sram", .wait_states = 1, .bus_cycles = 10, .clock_divider = 2, .row_bytes = 32};
  ram.fetch_cache = 0;
  ram.data_cache = 1;
  MemorySystemModel model = one_memory(ram, kRamBase);
  const CacheModel cache{
      .name = "l1i", .geometry = {lines, 32, 32, 2}, .fills_lines = true, .beat_bytes = 8};
  model.caches = {cache, cache};
  model.caches[1].name = "l1d";
  model.caches[1].writes_back = true;
  model.write_buffer_entries = 2;
  return model;
}
constexpr Cycles kFirst = 12, kBehind = 6;  // of a fill

TEST(LineFill, TheWordAskedForComesFirst) {
  PricedMemory memory(l1());
  memory.pass(20);
  EXPECT_EQ(memory.load(kRamBase + 0x18), kFirst);
  memory.pass(20);
  for (std::uint32_t word = 0; word < 8; ++word) {
    EXPECT_EQ(memory.load(kRamBase + 4 * word), 0U) << "a hit, the fill is over";
  }
  EXPECT_EQ(memory.stalls(StallCause::kCacheData), kFirst);
}

TEST(LineFill, TheRestOfTheLineArrivesBeatByBeat) {
  PricedMemory memory(l1());
  memory.pass(20);
  EXPECT_EQ(memory.load(kRamBase + 0x08), kFirst);  // at 0; there at 12
  // At 13 (one cycle after the first word was used): the wrap ends with the line's first beat.
  EXPECT_EQ(memory.load(kRamBase + 0x00), 12 + 6 - 13U);
  EXPECT_EQ(memory.load(kRamBase + 0x18), 0U) << "came before it";
}

TEST(LineFill, WithoutCriticalWordFirstTheLineComesFromItsBeginning) {
  MemorySystemModel model = l1();
  model.caches[1].critical_word_first = false;
  PricedMemory memory(model);
  memory.pass(20);
  EXPECT_EQ(memory.load(kRamBase + 0x1c), kFirst + kBehind);
}

TEST(LineFill, ANarrowArraySlowsTheBeats) {
  MemorySystemModel model = l1();
  model.caches[1].critical_word_first = false;
  model.memories[0].row_bytes = 16;  // two reads of 2 bus cycles for four beats
  PricedMemory same(model);
  same.pass(20);
  EXPECT_EQ(same.load(kRamBase + 0x1c), kFirst + kBehind) << "hidden behind the beats";
  model.memories[0].wait_states = 6;  // 10 + 12, then one more read of 7 bus cycles
  PricedMemory slow(model);
  slow.pass(30);
  EXPECT_GE(slow.load(kRamBase + 0x1c), 22U + 14);
}

TEST(LineFill, TheNextMissWaitsForTheLineBefore) {
  PricedMemory memory(l1());
  memory.pass(20);
  memory.load(kRamBase);
  memory.system().take_stalls();
  // At 13; the bus is free at 12 + 6 + 1.
  EXPECT_EQ(memory.load(kRamBase + 0x100), (19 - 13) + kFirst);
  EXPECT_EQ(memory.stalls(StallCause::kBusConflict), 6U);
}

TEST(LineFill, AChangedLineIsWrittenBackWhenItIsReplaced) {
  PricedMemory clean(l1(2)), dirty(l1(2));  // one set of two ways
  for (PricedMemory* memory : {&clean, &dirty}) {
    memory->pass(100);
    memory->load(kRamBase);
    memory->pass(100);
    if (memory == &dirty) {
      EXPECT_EQ(memory->store(kRamBase + 4), 0U) << "a hit";
    }
    memory->load(kRamBase + 0x20);
    memory->pass(100);
    memory->load(kRamBase + 0x40);  // replaces the first line
  }
  // The next fill finds the bus busy with the four beats of the old line.
  EXPECT_EQ(dirty.load(kRamBase + 0x60) - clean.load(kRamBase + 0x60), kBehind + 1);
}

TEST(LineFill, AMissedStoreAllocatesBehindTheWriteBuffer) {
  PricedMemory memory(l1());
  memory.pass(10);
  EXPECT_EQ(memory.store(kRamBase), 0U);
  EXPECT_EQ(memory.store(kRamBase + 0x20), 0U);
  // Two entries: the third waits for the first fill, 0 to 18, from cycle 2 on.
  EXPECT_EQ(memory.store(kRamBase + 0x40), 19U - 2);
  EXPECT_EQ(memory.stalls(StallCause::kWriteBuffer), 17U);
  memory.pass(200);
  memory.pass(1);
  EXPECT_EQ(memory.load(kRamBase + 0x40), 0U) << "it was allocated";
}

TEST(LineFill, InstructionsStreamBehindTheFirstWord) {
  PricedMemory memory(l1(), kRamBase);
  // 32 bytes in 16 cycles: the beats, every 2 cycles for 4 cycles of code, never hold it up.
  EXPECT_EQ(memory.run(kRamBase, 32, 16), kFirst);
  EXPECT_EQ(memory.run(kRamBase, 32, 16), 0U);
  // In 4 cycles: the last beat comes 6 cycles after the first, its use would end after 4.
  EXPECT_EQ(memory.run(kRamBase + 0x40, 32, 4), kFirst + 6 + 1 - 4);
  EXPECT_GT(memory.stalls(StallCause::kCacheFetch), 0U);
}

TEST(Stores, WithoutAWriteBufferEachWaits) {
  MemoryModel ram{.wait_states = 1, .write_wait_states = 2, .row_bytes = 4};
  PricedMemory memory(one_memory(ram, kRamBase));
  memory.pass(10);
  EXPECT_EQ(memory.store(kRamBase), 2U);
  EXPECT_EQ(memory.load(kRamBase), 1U);
}

TEST(Stores, AWriteBufferHidesOneAndALoadWaitsForIt) {
  MemoryModel ram{.wait_states = 1, .write_wait_states = 2, .row_bytes = 4};
  MemorySystemModel model = one_memory(ram, kRamBase);
  model.write_buffer_entries = 1;
  PricedMemory memory(model);
  memory.pass(10);
  EXPECT_EQ(memory.store(kRamBase), 0U);         // on the bus from 0 to 3
  EXPECT_EQ(memory.store(kRamBase + 4), 2U);     // at 1; enters at 3, on the bus to 6
  EXPECT_EQ(memory.load(kRamBase), 6 - 4 + 1U);  // at 4
}

TEST(Uncached, EveryReadPays) {
  MemoryModel flash{.is_flash = true, .wait_states = 2, .row_bytes = 16};
  PricedMemory memory(one_memory(flash));
  for (int i = 0; i < 7; ++i) {
    memory.pass(10);
    EXPECT_EQ(memory.load(kFlashBase + 0x100), 2U);
  }
  EXPECT_EQ(memory.load(kRamBase), 0U) << "no memory there, no price";
  EXPECT_EQ(memory.stalls(StallCause::kFlashData), 14U);
}

}  // namespace
}  // namespace boardless::cost_models
