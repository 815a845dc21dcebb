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
  using Time = std::uint64_t;  // any rising stamp, from 1; decides what is least recent

  // Line and row sizes and the number of sets are powers of two.
  explicit RowCache(const CacheGeometry& geometry);

  // Reads the row holding `address` at `now`. True on a hit; a miss makes the row resident, maybe
  // in place of a whole line. `last_use(line_address, stamp)` may raise a line's stamp: users that
  // do not report every hit (see MemorySystem) say there when the line was really used last.
  template <class LastUse>
  bool read(std::uint32_t address, Time now, const LastUse& last_use) {
    return touch(address, now, last_use).hit;
  }
  bool read(std::uint32_t address, Time now) { return read(address, now, kStampsAreTrue); }
  // As read(), and the line differs from memory until it is replaced.
  bool write(std::uint32_t address, Time now) {
    const Touch touched = touch(address, now, kStampsAreTrue);
    dirty_[touched.line] = 1;
    return touched.hit;
  }
  // The common case of read(), or of write(), small enough to be inlined: true where the line lies
  // where such a one was found last and its row is resident. False says nothing; ask read() then.
  bool hits_at_once(std::uint32_t address, Time now, bool writes) {
    const std::uint32_t line_number = address >> line_shift_;
    const std::uint32_t line = guesses_[line_number & (guesses_.size() - 1)];
    const std::uint32_t row = (address & (geometry_.line_bytes - 1)) >> row_shift_;
    if (addresses_[line] != line_number << line_shift_ || (rows_[line] >> row & 1U) == 0) {
      return false;
    }
    used_[line] = now;
    if (writes) dirty_[line] = 1;
    return true;
  }
  // Whether the row holding `address` is resident; counts as no use.
  bool holds(std::uint32_t address) const;
  void invalidate();

  // Rises whenever a line is replaced.
  std::uint64_t replacements() const { return replacements_; }
  // The line that was replaced last.
  std::uint32_t replaced_line() const { return replaced_line_; }
  bool replaced_was_dirty() const { return replaced_was_dirty_; }
  const CacheGeometry& geometry() const { return geometry_; }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  static constexpr auto kStampsAreTrue = [](std::uint32_t, Time stamp) { return stamp; };
  struct Touch {
    std::uint32_t line = 0;  // its index
    bool hit = false;
  };

  // Index of the set's least recent way.
  std::uint32_t least_recent(std::uint32_t set) const;
  // Index of the line, or kNone.
  std::uint32_t find(std::uint32_t set, std::uint32_t line_address) const;
  template <class LastUse>
  Touch touch(std::uint32_t address, Time now, const LastUse& last_use);
  template <class LastUse>
  std::uint32_t replace(std::uint32_t set, const LastUse& last_use);

  CacheGeometry geometry_;
  std::uint32_t line_shift_, row_shift_;
  std::uint32_t sets_, ways_;
  // By line, set by set. Apart from each other, because a fully associative cache looks through
  // many.
  std::vector<std::uint32_t> addresses_;  // kNone: empty
  std::vector<std::uint32_t> rows_;       // bit per resident row
  std::vector<Time> used_;                // 0 while empty
  std::vector<std::uint8_t> dirty_;
  // By line number: index of the line that such a one was found in last; mostly it still is there.
  std::vector<std::uint32_t> guesses_;
  std::uint64_t replacements_ = 0;
  std::uint32_t replaced_line_ = kNone;
  bool replaced_was_dirty_ = false;
};

// Makes room in the set. A stamp only ever rises when it is asked for, so the least of the stored
// ones decides as soon as it is known to be true.
template <class LastUse>
std::uint32_t RowCache::replace(std::uint32_t set, const LastUse& last_use) {
  for (;;) {
    const std::uint32_t oldest = least_recent(set);
    const std::uint32_t address = addresses_[oldest];
    if (address == kNone) return oldest;
    const Time use = last_use(address, used_[oldest]);
    if (use == used_[oldest]) {
      ++replacements_;
      replaced_line_ = address;
      replaced_was_dirty_ = dirty_[oldest] != 0;
      return oldest;
    }
    used_[oldest] = use;
  }
}

template <class LastUse>
RowCache::Touch RowCache::touch(std::uint32_t address, Time now, const LastUse& last_use) {
  const std::uint32_t line_number = address >> line_shift_;
  const std::uint32_t line_address = line_number << line_shift_;
  const std::uint32_t row = 1U << ((address - line_address) >> row_shift_);
  const std::uint32_t set = (line_number & (sets_ - 1)) * ways_;
  std::uint32_t& line = guesses_[line_number & (guesses_.size() - 1)];
  if (addresses_[line] != line_address) [[unlikely]] {
    line = find(set, line_address);
    if (line == kNone) {
      line = replace(set, last_use);
      addresses_[line] = line_address;
      rows_[line] = 0;
      dirty_[line] = 0;
    }
  }
  used_[line] = now;
  const bool hit = (rows_[line] & row) != 0;
  rows_[line] |= row;
  return {line, hit};
}

}  // namespace boardless::cost_models
