// A small cache in front of a wait-stated memory, at the granularity such accelerators have: lines
// found by tag, filled row by row as rows are asked for, replaced least recently used.
#pragma once

#include <algorithm>
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
    lines_[touched.line].dirty = true;
    return touched.hit;
  }
  // The common case of read(), or of write(), small enough to be inlined: true where the line is
  // found at once and its row is resident. False says nothing; ask read() then.
  bool hits_at_once(std::uint32_t address, Time now, bool writes) {
    const std::uint32_t line_number = address >> line_shift_;
    Line& line = lines_[buckets_[line_number & bucket_mask_]];
    const std::uint32_t row = (address & (geometry_.line_bytes - 1)) >> row_shift_;
    if (line.address != line_number << line_shift_ || (line.rows >> row & 1U) == 0) return false;
    line.used = now;
    line.dirty |= writes;
    return true;
  }
  // Whether the row holding `address` is resident; counts as no use.
  bool holds(std::uint32_t address) const {
    const Line& line = lines_[find(address >> line_shift_)];
    return (line.rows >> ((address & (geometry_.line_bytes - 1)) >> row_shift_) & 1U) != 0;
  }
  void invalidate();

  // Rises whenever a line is replaced.
  std::uint64_t replacements() const { return replacements_; }
  // The line that was replaced last.
  std::uint32_t replaced_line() const { return replaced_line_; }
  bool replaced_was_dirty() const { return replaced_was_dirty_; }
  const CacheGeometry& geometry() const { return geometry_; }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  static constexpr std::uint32_t kWayBits = 16, kGroup = 8;
  static constexpr auto kStampsAreTrue = [](std::uint32_t, Time stamp) { return stamp; };
  struct Touch {
    std::uint32_t line = 0;  // its index
    bool hit = false;
  };

  struct Line {
    std::uint32_t address = kNone;  // kNone: empty
    std::uint32_t rows = 0;         // bit per resident row
    Time used = 0;
    bool dirty = false;
    std::uint32_t next = 0;  // in its bucket
  };

  // Index of the line, or that of the sentinel.
  std::uint32_t find(std::uint32_t line_number) const {
    std::uint32_t index = buckets_[line_number & bucket_mask_];
    while (lines_[index].address != line_number << line_shift_ && index < geometry_.lines) {
      index = lines_[index].next;
    }
    return index;
  }
  template <class LastUse>
  Touch touch(std::uint32_t address, Time now, const LastUse& last_use);
  template <class LastUse>
  std::uint32_t replace(std::uint32_t set, const LastUse& last_use);
  // Puts a line, which is in no bucket, where it can be found.
  void enter(std::uint32_t index, std::uint32_t line_number);
  void leave(std::uint32_t index);
  // Index of the set's first line by stamp, then by way.
  std::uint32_t least_recent(std::uint32_t set) const;
  void set_stamp(std::uint32_t set, std::uint32_t index, Time stamp);
  Time stamp(std::uint32_t set, std::uint32_t index) const {
    return keys_[place(set, index)] >> kWayBits;
  }
  std::uint32_t place(std::uint32_t set, std::uint32_t index) const {
    return set * groups_ * kGroup + (index - set * ways_);
  }

  CacheGeometry geometry_;
  std::uint32_t line_shift_, row_shift_;
  std::uint32_t sets_, ways_;
  std::vector<Line> lines_;             // set by set, and a sentinel that ends every bucket
  std::vector<std::uint32_t> buckets_;  // by line number: index of a line
  std::uint32_t bucket_mask_;
  // By line, each set filled up to whole groups: the stamp that the line is known to have, above
  // its way. Then the least of each group.
  std::uint32_t groups_;
  std::vector<Time> keys_, least_;
  std::uint64_t replacements_ = 0;
  std::uint32_t replaced_line_ = kNone;
  bool replaced_was_dirty_ = false;
};

// Makes room in the set. A line's use only ever rises, so the first by stamp is the least recent as
// soon as its stamp is known to be true.
template <class LastUse>
std::uint32_t RowCache::replace(std::uint32_t set, const LastUse& last_use) {
  for (;;) {
    const std::uint32_t oldest = least_recent(set);
    const Line& line = lines_[oldest];
    if (line.address == kNone) return oldest;
    const Time use = last_use(line.address, line.used);
    if (use == stamp(set, oldest)) {
      ++replacements_;
      replaced_line_ = line.address;
      replaced_was_dirty_ = line.dirty;
      leave(oldest);
      return oldest;
    }
    set_stamp(set, oldest, use);
  }
}

inline std::uint32_t RowCache::least_recent(std::uint32_t set) const {
  const Time* const least = &least_[set * groups_];
  Time key = least[0];
  for (std::uint32_t group = 1; group < groups_; ++group) key = std::min(key, least[group]);
  return set * ways_ + static_cast<std::uint32_t>(key & ((1U << kWayBits) - 1));
}

inline void RowCache::set_stamp(std::uint32_t set, std::uint32_t index, Time stamp) {
  const std::uint32_t at = place(set, index);
  keys_[at] = stamp << kWayBits | (index - set * ways_);
  const Time* const group = &keys_[at / kGroup * kGroup];
  // In pairs, because each comparison waits for those below it.
  const auto pair = [group](std::uint32_t i) { return std::min(group[i], group[i + 1]); };
  least_[at / kGroup] = std::min(std::min(pair(0), pair(2)), std::min(pair(4), pair(6)));
}

inline void RowCache::leave(std::uint32_t index) {
  std::uint32_t* link = &buckets_[lines_[index].address >> line_shift_ & bucket_mask_];
  while (*link != index) link = &lines_[*link].next;
  *link = lines_[index].next;
}

inline void RowCache::enter(std::uint32_t index, std::uint32_t line_number) {
  Line& line = lines_[index];
  std::uint32_t& bucket = buckets_[line_number & bucket_mask_];
  line.address = line_number << line_shift_;
  line.rows = 0;
  line.dirty = false;
  line.next = bucket;
  bucket = index;
}

template <class LastUse>
RowCache::Touch RowCache::touch(std::uint32_t address, Time now, const LastUse& last_use) {
  const std::uint32_t line_number = address >> line_shift_;
  const std::uint32_t row = 1U << ((address & (geometry_.line_bytes - 1)) >> row_shift_);
  std::uint32_t index = find(line_number);
  if (index == geometry_.lines) [[unlikely]] {
    const std::uint32_t set = line_number & (sets_ - 1);
    index = replace(set, last_use);
    enter(index, line_number);
    set_stamp(set, index, now);
  }
  Line& line = lines_[index];
  line.used = now;
  const bool hit = (line.rows & row) != 0;
  line.rows |= row;
  return {index, hit};
}

}  // namespace boardless::cost_models
