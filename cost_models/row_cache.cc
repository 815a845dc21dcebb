// Checks a geometry and lays out its sets.
#include "cost_models/row_cache.h"

#include <algorithm>
#include <bit>

#include "base/error.h"

namespace boardless::cost_models {

RowCache::RowCache(const CacheGeometry& geometry)
    : geometry_(geometry),
      line_shift_(static_cast<std::uint32_t>(std::countr_zero(geometry.line_bytes))),
      row_shift_(static_cast<std::uint32_t>(std::countr_zero(geometry.row_bytes))),
      ways_(geometry.ways == 0 ? geometry.lines : geometry.ways),
      buckets_(std::bit_ceil(geometry.lines) * 4),
      bucket_mask_(static_cast<std::uint32_t>(buckets_.size()) - 1),
      groups_((ways_ + kGroup - 1) / kGroup) {
  check(geometry.lines > 0 && geometry.lines % ways_ == 0, "a cache's lines divide into sets");
  sets_ = geometry.lines / ways_;
  check(std::has_single_bit(geometry.line_bytes) && std::has_single_bit(geometry.row_bytes) &&
            std::has_single_bit(sets_),
        "line and row sizes and the number of sets are powers of two");
  check(geometry.row_bytes <= geometry.line_bytes && geometry.line_bytes / geometry.row_bytes <= 32,
        "a line holds 1 to 32 whole rows");
  check(ways_ < 1U << kWayBits, "a set has few lines");
  invalidate();
}

void RowCache::invalidate() {
  lines_.assign(geometry_.lines + 1, Line{});
  std::ranges::fill(buckets_, geometry_.lines);
  keys_.assign(std::size_t{sets_} * groups_ * kGroup, ~Time{0});
  least_.assign(std::size_t{sets_} * groups_, ~Time{0});
  for (std::uint32_t set = 0; set < sets_; ++set) {
    for (std::uint32_t way = 0; way < ways_; ++way) set_stamp(set, set * ways_ + way, 0);
  }
}

}  // namespace boardless::cost_models
