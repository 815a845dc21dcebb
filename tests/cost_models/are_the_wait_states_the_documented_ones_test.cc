// Do caches and uncached paths cost the wait states their description says?
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <span>
#include <vector>

#include "cost_models/memory_system.h"

namespace boardless::cost_models {
namespace {

TEST(RowCache, KeepsTheMostRecentLines) {
  RowCache cache({.lines = 2, .line_bytes = 16, .row_bytes = 16, .ways = 0});
  EXPECT_FALSE(cache.read(0x00, 1));
  EXPECT_FALSE(cache.read(0x10, 2));
  EXPECT_TRUE(cache.read(0x0c, 3));
  EXPECT_FALSE(cache.read(0x20, 4));  // replaces 0x10, the least recent
  EXPECT_TRUE(cache.read(0x00, 5));
  EXPECT_FALSE(cache.read(0x10, 6));
  EXPECT_EQ(cache.replacements(), 2U);
}

TEST(RowCache, FillsALineRowByRow) {
  RowCache cache({.lines = 8, .line_bytes = 32, .row_bytes = 8, .ways = 0});
  EXPECT_FALSE(cache.read(0x100, 1));
  EXPECT_FALSE(cache.read(0x108, 2));
  EXPECT_TRUE(cache.read(0x104, 3));
  EXPECT_TRUE(cache.read(0x10c, 4));
  EXPECT_EQ(cache.replacements(), 0U);
}

TEST(RowCache, WaysLimitWhereALineMayLie) {
  RowCache cache({.lines = 4, .line_bytes = 8, .row_bytes = 8, .ways = 2});  // two sets
  EXPECT_FALSE(cache.read(0x00, 1));
  EXPECT_FALSE(cache.read(0x10, 2));
  EXPECT_FALSE(cache.read(0x20, 3));  // third line of set 0
  EXPECT_FALSE(cache.read(0x00, 4));
  EXPECT_FALSE(cache.read(0x08, 5));  // set 1 was untouched
  EXPECT_TRUE(cache.read(0x08, 6));
}

TEST(RowCache, AsksForTheTrueRecencyBeforeItReplaces) {
  RowCache cache({.lines = 2, .line_bytes = 16, .row_bytes = 16, .ways = 0});
  cache.read(0x00, 1);
  cache.read(0x10, 2);
  // Line 0 was used at 9 without the cache being told.
  const auto last_use = [](std::uint32_t line, std::uint64_t stamp) {
    return line == 0 ? std::uint64_t{9} : stamp;
  };
  EXPECT_FALSE(cache.read(0x20, 10, last_use));
  EXPECT_TRUE(cache.read(0x00, 11, last_use));
}

// The definition, without anything that makes it fast.
class PlainCache {
 public:
  explicit PlainCache(const CacheGeometry& geometry)
      : geometry_(geometry),
        ways_(geometry.ways == 0 ? geometry.lines : geometry.ways),
        lines_(geometry.lines) {}

  template <class LastUse>
  bool read(std::uint32_t address, std::uint64_t now, const LastUse& last_use) {
    const std::uint32_t number = address / geometry_.line_bytes;
    const std::uint32_t row = address % geometry_.line_bytes / geometry_.row_bytes;
    const std::span<Line> set(&lines_[number % (geometry_.lines / ways_) * ways_], ways_);
    for (Line& line : set) {
      if (line.rows.empty() || line.number != number) continue;
      line.used = now;
      return !line.rows.insert(row).second;
    }
    const auto use = [&](const Line& line) {
      return line.rows.empty() ? 0 : last_use(line.number * geometry_.line_bytes, line.used);
    };
    *std::ranges::min_element(set, {}, use) = {number, {row}, now};
    return false;
  }

 private:
  struct Line {
    std::uint32_t number = 0;
    std::set<std::uint32_t> rows;  // resident ones
    std::uint64_t used = 0;
  };
  CacheGeometry geometry_;
  std::uint32_t ways_;
  std::vector<Line> lines_;
};

TEST(RowCache, EqualsItsDefinitionOverRandomReads) {
  for (const CacheGeometry& geometry :
       {CacheGeometry{64, 16, 16, 0}, CacheGeometry{32, 32, 8, 0}, CacheGeometry{7, 16, 16, 0},
        CacheGeometry{128, 16, 16, 2}, CacheGeometry{8, 8, 4, 1}, CacheGeometry{24, 32, 16, 6}}) {
    std::mt19937 random(geometry.lines);
    RowCache cache(geometry);
    PlainCache plain(geometry);
    const std::uint32_t lines = geometry.lines * 2;
    std::vector<std::uint64_t> silent(lines);  // uses of lines that the caches are not told of
    const auto last_use = [&](std::uint32_t line, std::uint64_t stamp) {
      return std::max(stamp, silent[line / geometry.line_bytes]);
    };
    std::uint64_t now = 1;
    for (int i = 0; i < 20000; ++i) {
      now += random() % 2;  // several reads at a time happen: the rows of one block
      if (random() % 4 == 0) silent[random() % lines] = now;
      const auto address = static_cast<std::uint32_t>(random() % (lines * geometry.line_bytes));
      ASSERT_EQ(cache.read(address, now, last_use), plain.read(address, now, last_use))
          << geometry.lines << " lines, read " << i;
    }
  }
}

class Systems : public testing::Test {
 protected:
  // 64 bytes of `adds r0, r1, r2` at 0x10000.
  Systems() : blocks_(isa::find_variant("v7e-m"), 0x10000, code()) {
    first_ = blocks_.find_or_add(0x10000, 32);
    second_ = blocks_.find_or_add(0x10020, 32);
    uses_.resize(blocks_.size());
  }

  static std::span<const std::uint8_t> code() {
    static const std::vector<std::uint8_t> bytes = [] {
      std::vector<std::uint8_t> all;
      for (int i = 0; i < 32; ++i) all.insert(all.end(), {0x88, 0x18});
      return all;
    }();
    return bytes;
  }

  MemorySystem system(const MemorySystemModel& model) { return {model, blocks_, uses_, 0}; }

  BlockTable blocks_;
  std::vector<BlockUse> uses_;
  std::uint32_t first_ = 0, second_ = 0;
};

// STM32F4's ART at 5 wait states: 64 lines of 128 bits.
ReadPathModel art(bool prefetch) { return {5, CacheGeometry{64, 16, 16, 0}, prefetch}; }

TEST_F(Systems, ABlockIsFetchedOnce) {
  MemorySystemModel model;
  model.fetch = art(false);
  MemorySystem memory = system(model);
  memory.fetch_block(first_, 16, 1);
  EXPECT_EQ(memory.take_totals().fetch, 10U);  // two rows of 5
  memory.fetch_block(first_, 16, 2);
  EXPECT_EQ(memory.take_totals().fetch, 0U);
}

TEST_F(Systems, PrefetchHidesTheRowBehindAMissedOne) {
  MemorySystemModel model;
  model.fetch = art(true);
  MemorySystem memory = system(model);
  memory.fetch_block(first_, 16, 1);  // 8 cycles a row cover the 6 of a read
  EXPECT_EQ(memory.take_totals().fetch, 5U);
  memory.fetch_block(second_, 8, 2);  // 4 cycles a row leave 2
  EXPECT_EQ(memory.take_totals().fetch, 5U + 2U);
}

TEST_F(Systems, AnUncachedPathPaysAtEveryRead) {
  MemorySystemModel model;
  model.data[static_cast<std::size_t>(Window::kConstants)] = {2, std::nullopt, false};
  model.shares_cache_with = {Window::kCode, Window::kConstants, Window::kArena, Window::kStack};
  MemorySystem memory = system(model);
  for (int i = 0; i < 7; ++i) memory.read(Window::kConstants, 0x10000000, 1);
  memory.read(Window::kArena, 0x20000000, 1);
  EXPECT_EQ(memory.take_totals().data, 14U);
}

TEST_F(Systems, AUnifiedCacheLosesCodeToData) {
  MemorySystemModel model;
  const ReadPathModel path{40, CacheGeometry{4, 16, 16, 0}, false};
  model.fetch = path;
  model.data[0] = model.data[1] = path;
  model.shares_cache_with = {Window::kCode, Window::kCode, Window::kArena, Window::kStack};
  model.unified = true;
  MemorySystem memory = system(model);
  memory.fetch_block(first_, 16, 1);
  EXPECT_EQ(memory.take_totals().fetch, 80U);
  uses_[first_].to_fetch = 0;
  for (std::uint32_t i = 0; i < 4; ++i) memory.read(Window::kConstants, 0x10000000 + 16 * i, 2 + i);
  EXPECT_EQ(memory.take_totals().data, 160U);
  EXPECT_EQ(uses_[first_].to_fetch, memory.bit()) << "its lines are not there any more";
  memory.fetch_block(first_, 16, 9);
  EXPECT_EQ(memory.take_totals().fetch, 80U);
}

TEST(MemorySystemModel, FollowsThePlacement) {
  targets::Target target;
  targets::Memory flash;
  flash.name = "flash";
  flash.wait_states.value = 2;
  flash.row_bytes.value = 8;
  flash.fetch.kind = targets::ReadPath::Kind::kPrefetch;
  targets::Memory ram;
  ram.name = "ram";
  ram.row_bytes.value = 4;
  target.memories = {flash, ram};
  target.placement = {"flash", "flash", "ram", "ram"};
  const MemorySystemModel model = memory_system_model(target);
  ASSERT_TRUE(model.fetch_buffer.has_value());
  EXPECT_TRUE(model.fetch_buffer->lookahead);
  EXPECT_EQ(model.fetch_buffer->wait_states, 2U);
  EXPECT_FALSE(model.fetch.has_value());
  EXPECT_TRUE(model.waits(Window::kConstants));
  EXPECT_FALSE(model.waits(Window::kArena));
  target.placement.code = "ram";
  EXPECT_FALSE(memory_system_model(target).fetch_buffer.has_value());
}

}  // namespace
}  // namespace boardless::cost_models
