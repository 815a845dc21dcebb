// Wait states behind caches.
#include "cost_models/memory_system.h"

#include <algorithm>

#include "base/error.h"

namespace boardless::cost_models {
namespace {

using targets::Memory;
using targets::ReadPath;

ReadPathModel path_model(const Memory& memory, const ReadPath& path) {
  ReadPathModel model;
  model.wait_states = memory.wait_states;
  if (model.wait_states != 0 && path.kind == ReadPath::Kind::kCache) {
    model.cache =
        CacheGeometry{path.lines, path.line_bytes,
                      std::min<std::uint32_t>(memory.row_bytes, path.line_bytes), path.ways};
    model.prefetch = path.sequential_prefetch;
  }
  return model;
}

}  // namespace

MemorySystemModel memory_system_model(const targets::Target& target) {
  const targets::Placement& place = target.placement;
  const std::array<const Memory*, kWindows> memories{
      &target.memory(place.code), &target.memory(place.constants), &target.memory(place.arena),
      &target.memory(place.stack)};
  const Memory& code = *memories[0];
  MemorySystemModel model;
  const ReadPathModel fetch = path_model(code, code.fetch);
  if (fetch.cache) {
    model.fetch = fetch;
  } else if (fetch.wait_states != 0) {
    model.fetch_buffer = FetchBuffer{code.row_bytes, fetch.wait_states,
                                     code.fetch.kind == ReadPath::Kind::kPrefetch};
  }
  model.unified = code.unified && fetch.cache.has_value();
  for (std::size_t i = 0; i < kWindows; ++i) {
    model.data[i] =
        path_model(*memories[i], memories[i]->unified ? memories[i]->fetch : memories[i]->data);
    model.shares_cache_with[i] =
        static_cast<Window>(std::ranges::find(memories, memories[i]) - memories.begin());
  }
  return model;
}

MemorySystem::MemorySystem(const MemorySystemModel& model, const BlockTable& blocks,
                           std::vector<BlockUse>& uses, std::size_t index)
    : model_(model), blocks_(blocks), uses_(uses), bit_(std::uint64_t{1} << index % 64) {
  if (model.fetch) fetch_cache_ = make_path(*model.fetch).cache;
  for (std::size_t i = 0; i < kWindows; ++i) {
    const auto shared = static_cast<std::size_t>(model.shares_cache_with[i]);
    if (shared != i) {
      paths_[i] = paths_[shared];
    } else if (i == 0 && model.unified) {
      paths_[i] = {model.data[i].wait_states, fetch_cache_};
    } else {
      paths_[i] = make_path(model.data[i]);
    }
  }
}

MemorySystem::Path MemorySystem::make_path(const ReadPathModel& path) {
  if (!path.cache) return {path.wait_states, kUncached};
  caches_.emplace_back(*path.cache);
  return {path.wait_states, caches_.size() - 1};
}

bool MemorySystem::read_fetch_cache(std::uint32_t address, std::uint64_t now) {
  RowCache& cache = caches_[fetch_cache_];
  const std::uint32_t line_bytes = cache.geometry().line_bytes;
  const std::uint64_t before = cache.replacements();
  // Hot blocks are not reported at every execution: when they ran last is in their stamps.
  const bool hit = cache.read(address, now, [&](std::uint32_t line, std::uint64_t stamp) {
    blocks_.for_each_touching(line, line_bytes, [&](std::uint32_t block) {
      stamp = std::max(stamp, uses_[block].executed);
    });
    return stamp;
  });
  if (cache.replacements() != before) {
    blocks_.for_each_touching(cache.replaced_line(), line_bytes,
                              [&](std::uint32_t block) { uses_[block].to_fetch |= bit_; });
  }
  return hit;
}

void MemorySystem::fetch_block(std::uint32_t block, std::uint32_t cycles, std::uint64_t now) {
  const BlockTable::Block& code = blocks_[block];
  const std::uint32_t row_bytes = caches_[fetch_cache_].geometry().row_bytes;
  const std::uint32_t bytes = code.end - code.address;
  // How long the core stays in one row, for the prefetch that runs meanwhile.
  const std::uint32_t cycles_per_row = std::max(1U, cycles * row_bytes / bytes);
  const std::uint32_t wait_states = model_.fetch->wait_states;
  const std::uint32_t behind_prefetch =
      wait_states + 1 > cycles_per_row ? wait_states + 1 - cycles_per_row : 0;
  bool previous_missed = false;
  for (std::uint32_t row = code.address / row_bytes * row_bytes; row < code.end; row += row_bytes) {
    const bool hit = read_fetch_cache(row, now);
    if (!hit) {
      totals_.fetch += model_.fetch->prefetch && previous_missed ? behind_prefetch : wait_states;
    }
    previous_missed = !hit;
  }
}

void MemorySystem::read(Window window, std::uint32_t address, std::uint64_t now) {
  const Path& path = paths_[static_cast<std::size_t>(window)];
  if (path.wait_states == 0) return;
  if (path.cache == kUncached) {
    totals_.data += path.wait_states;
    return;
  }
  const bool hit = path.cache == fetch_cache_ ? read_fetch_cache(address, now)
                                              : caches_[path.cache].read(address, now);
  if (!hit) totals_.data += path.wait_states;
}

MemorySystem::Totals MemorySystem::take_totals() {
  const Totals totals = totals_;
  totals_ = {};
  return totals;
}

}  // namespace boardless::cost_models
