// Checks a geometry and lays out its sets.
#include "cost_models/row_cache.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.h"

namespace boardless::cost_models {

RowCache::RowCache(const CacheGeometry& geometry)
    : geometry_(geometry),
      line_shift_(static_cast<std::uint32_t>(std::countr_zero(geometry.line_bytes))),
      row_shift_(static_cast<std::uint32_t>(std::countr_zero(geometry.row_bytes))),
      ways_(geometry.ways == 0 ? geometry.lines : geometry.ways),
      addresses_(geometry.lines, kNone),
      rows_(geometry.lines),
      used_(geometry.lines),
      dirty_(geometry.lines),
      guesses_(std::bit_ceil(geometry.lines) * 2) {
  check(geometry.lines > 0 && geometry.lines % ways_ == 0, "a cache's lines divide into sets");
  sets_ = geometry.lines / ways_;
  check(std::has_single_bit(geometry.line_bytes) && std::has_single_bit(geometry.row_bytes) &&
            std::has_single_bit(sets_),
        "line and row sizes and the number of sets are powers of two");
  check(geometry.row_bytes <= geometry.line_bytes && geometry.line_bytes / geometry.row_bytes <= 32,
        "a line holds 1 to 32 whole rows");
}

bool RowCache::holds(std::uint32_t address) const {
  const std::uint32_t line_number = address >> line_shift_;
  const std::uint32_t line_address = line_number << line_shift_;
  const std::uint32_t line = find((line_number & (sets_ - 1)) * ways_, line_address);
  return line != kNone && (rows_[line] >> ((address - line_address) >> row_shift_) & 1U) != 0;
}

void RowCache::invalidate() {
  std::ranges::fill(addresses_, kNone);
  std::ranges::fill(rows_, 0U);
  std::ranges::fill(used_, Time{0});
  std::ranges::fill(dirty_, std::uint8_t{0});
}

std::uint32_t RowCache::find(std::uint32_t set, std::uint32_t line_address) const {
  const std::uint32_t* const addresses = &addresses_[set];
  std::uint32_t found = 0;
  // Without an early exit, so that the compiler compares several at once; one at most is equal.
  for (std::uint32_t way = 0; way < ways_; ++way) {
    found |= addresses[way] == line_address ? way + 1 : 0;
  }
  return found == 0 ? kNone : set + found - 1;
}

std::uint32_t RowCache::least_recent(std::uint32_t set) const {
  const Time* const used = &used_[set];
  // Four chains, because each comparison waits for the one before it in its chain.
  std::array<Time, 4> least;
  least.fill(used[0]);
  std::uint32_t way = 0;
  for (; way + 4 <= ways_; way += 4) {
    for (std::uint32_t i = 0; i < 4; ++i) least[i] = std::min(least[i], used[way + i]);
  }
  for (; way < ways_; ++way) least[0] = std::min(least[0], used[way]);
  const Time time = std::min({least[0], least[1], least[2], least[3]});
  return set + static_cast<std::uint32_t>(std::find(used, used + ways_, time) - used);
}

}  // namespace boardless::cost_models
