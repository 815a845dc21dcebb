// Does a row cache hold what its definition says?
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <span>
#include <vector>

#include "cost_models/row_cache.h"

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

TEST(RowCache, KnowsWhatItHoldsAndWhatItMustWriteBack) {
  RowCache cache({.lines = 1, .line_bytes = 32, .row_bytes = 16, .ways = 0});
  EXPECT_FALSE(cache.holds(0x100));
  cache.read(0x100, 1);
  EXPECT_TRUE(cache.holds(0x10c));
  EXPECT_FALSE(cache.holds(0x110)) << "the line's other row";
  EXPECT_TRUE(cache.write(0x104, 2));
  cache.read(0x200, 3);
  EXPECT_EQ(cache.replaced_line(), 0x100U);
  EXPECT_TRUE(cache.replaced_was_dirty());
  cache.read(0x300, 4);
  EXPECT_FALSE(cache.replaced_was_dirty());
  cache.invalidate();
  EXPECT_FALSE(cache.holds(0x300));
}

}  // namespace
}  // namespace boardless::cost_models
