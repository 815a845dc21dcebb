// Checks a geometry and lays out its sets.
#include "cost_models/row_cache.h"

#include "base/error.h"

namespace boardless::cost_models {

RowCache::RowCache(const CacheGeometry& geometry)
    : geometry_(geometry),
      ways_(geometry.ways == 0 ? geometry.lines : geometry.ways),
      lines_(geometry.lines) {
  check(geometry.lines > 0 && geometry.line_bytes > 0, "a cache has lines");
  check(geometry.row_bytes > 0 && geometry.line_bytes % geometry.row_bytes == 0 &&
            geometry.line_bytes / geometry.row_bytes <= 32,
        "a line holds 1 to 32 whole rows");
  check(geometry.lines % ways_ == 0, "lines divide into sets");
  sets_ = geometry.lines / ways_;
}

}  // namespace boardless::cost_models
