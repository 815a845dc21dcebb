// A small cache in front of a wait-stated memory, at the granularity such accelerators have: lines
// found by tag, filled row by row as rows are asked for, replaced least recently used.
#pragma once

#include <cstdint>
#include <vector>

namespace boardless::cost_models {

struct CacheGeometry {
  std::uint32_t lines = 0;
  std::uint32_t line_bytes = 0;
  std::uint32_t row_bytes = 0;  // divides line_bytes
  std::uint32_t ways = 0;       // 0: fully associative
  bool operator==(const CacheGeometry&) const = default;
};

class RowCache {
 public:
  using Time = std::uint64_t;  // any rising stamp; decides what is least recent

  explicit RowCache(const CacheGeometry& geometry);

  // Reads the row holding `address` at `now`. True on a hit; a miss makes the row resident, maybe
  // in place of a whole line. `last_use(line_address, stamp)` may raise a line's stamp: users that
  // do not report every hit (see FetchPath) say there when the line was really used last.
  template <class LastUse>
  bool read(std::uint32_t address, Time now, const LastUse& last_use);
  bool read(std::uint32_t address, Time now) {
    return read(address, now, [](std::uint32_t, Time stamp) { return stamp; });
  }

  // Rises whenever a line is replaced: what was resident before may not be any more.
  std::uint64_t replacements() const { return replacements_; }
  const CacheGeometry& geometry() const { return geometry_; }

 private:
  struct Line {
    std::uint32_t address = kNone;
    std::uint32_t rows = 0;  // bit per resident row
    Time used = 0;
  };
  static constexpr std::uint32_t kNone = 0xffffffff;

  CacheGeometry geometry_;
  std::uint32_t sets_;
  std::uint32_t ways_;
  std::vector<Line> lines_;  // set by set
  std::uint64_t replacements_ = 0;
};

template <class LastUse>
bool RowCache::read(std::uint32_t address, Time now, const LastUse& last_use) {
  const std::uint32_t line_number = address / geometry_.line_bytes;
  const std::uint32_t line_address = line_number * geometry_.line_bytes;
  const std::uint32_t row = 1U << ((address - line_address) / geometry_.row_bytes);
  Line* const set = &lines_[(line_number % sets_) * ways_];
  for (std::uint32_t way = 0; way < ways_; ++way) {
    if (set[way].address != line_address) continue;
    set[way].used = now;
    if ((set[way].rows & row) != 0) return true;
    set[way].rows |= row;
    return false;
  }
  Line* oldest = set;
  Time oldest_use = ~Time{0};
  for (std::uint32_t way = 0; way < ways_; ++way) {
    const bool empty = set[way].address == kNone;
    const Time use = empty ? 0 : last_use(set[way].address, set[way].used);
    if (use < oldest_use) {
      oldest = &set[way];
      oldest_use = use;
    }
  }
  if (oldest->address != kNone) ++replacements_;
  *oldest = {line_address, row, now};
  return false;
}

}  // namespace boardless::cost_models
