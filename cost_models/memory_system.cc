// Set-up and configuration of a memory system, and where loads and stores go.
#include "cost_models/memory_system.h"

#include <algorithm>

#include "base/error.h"

namespace boardless::cost_models {

MemorySystem::MemorySystem(const MemorySystemModel& model, const isa::BlockTable& blocks,
                           BlockUses& uses, std::size_t index, const PipelineClock& clock)
    : blocks_(blocks),
      uses_(uses),
      bit_(std::uint64_t{1} << index),
      clock_(clock),
      regions_(model.regions),
      prefetched_(model.memories.size(), kNone) {
  timings_.emplace_back(model, clock);
  for (const CacheModel& cache : model.caches) {
    caches_.push_back({.rows = RowCache(cache.geometry),
                       .blocks = &uses_.by_line(cache.geometry.line_bytes),
                       .fills_lines = cache.fills_lines,
                       .critical_word_first = cache.critical_word_first,
                       .beat_bytes = cache.beat_bytes});
  }
  for (const MemoryModel& memory : model.memories) {
    const auto number = static_cast<std::uint32_t>(memories_.size());
    memories_.push_back({.index = number,
                         .row_buffer = number,
                         .port = memory.port,
                         .prefetch = memory.prefetch,
                         .fetch_shares_bus = memory.fetch_shares_bus,
                         .fetched_in_pipeline = memory.fetched_in_pipeline});
    row_buffers_.emplace_back(
        CacheGeometry{memory.row_buffers, memory.row_bytes, memory.row_bytes, 0});
  }
  for (std::uint32_t byte = 0, region = 0; byte < first_region_.size(); ++byte) {
    while (region < regions_.size() && regions_[region].last < byte << 24) ++region;
    first_region_[byte] = static_cast<std::uint8_t>(region);
  }
  check(index < kBits, "each system has a bit of its own");
  check(regions_.size() < 256, "a memory map has few regions");
  refresh();
}

std::size_t MemorySystem::add_timing(const MemorySystemModel& model) {
  const auto equal = std::ranges::find(timings_, model, &MemoryTiming::model);
  if (equal != timings_.end()) return static_cast<std::size_t>(equal - timings_.begin());
  timings_.emplace_back(model, clock_);
  return timings_.size() - 1;
}

// What the accesses look at, from what is described and configured.
void MemorySystem::refresh() {
  for (Memory& memory : memories_) {
    const MemoryModel& described = model().memories[memory.index];
    memory.reads_wait = described.read_wait() != 0;
    const auto path = [&](const std::optional<std::uint32_t>& cache) {
      return memory.reads_wait && cache && caches_[*cache].on ? *cache : kNone;
    };
    memory.fetch_cache = path(described.fetch_cache);
    memory.data_cache = path(described.data_cache);
    memory.writes_back = !described.is_flash && memory.data_cache != kNone &&
                         model().caches[memory.data_cache].writes_back;
    memory.writes_wait = memory.writes_back || (!described.is_flash && described.write_wait() != 0);
  }
}

void MemorySystem::hear_all() { uses_.hear_all(bit_); }

MemoryTiming& MemorySystem::only_timing() {
  check(timings_.size() == 1, "what is configured belongs to one target");
  return priced().front();
}

std::size_t MemorySystem::memory_index(std::string_view name) const {
  const auto found = std::ranges::find(model().memories, name, &MemoryModel::name);
  check(found != model().memories.end(), "a memory is configured that the system has");
  return static_cast<std::size_t>(found - model().memories.begin());
}

std::size_t MemorySystem::cache_index(std::string_view name) const {
  const auto found = std::ranges::find(model().caches, name, &CacheModel::name);
  check(found != model().caches.end(), "a cache is configured that the system has");
  return static_cast<std::size_t>(found - model().caches.begin());
}

void MemorySystem::set_wait_states(std::size_t memory, std::uint32_t wait_states) {
  if (model().memories[memory].wait_states == wait_states) return;
  only_timing().set_wait_states(memory, wait_states);
  refresh();
  hear_all();
}

void MemorySystem::set_prefetch(std::size_t memory, bool on) {
  (void)only_timing();
  memories_[memory].prefetch = on;
  prefetched_[memories_[memory].port] = kNone;
}

void MemorySystem::set_cache(std::size_t cache, bool on, std::uint32_t ways) {
  CacheGeometry geometry = model().caches[cache].geometry;
  if (ways != 0) geometry.ways = ways;
  CacheState& state = caches_[cache];
  if (state.on == on && state.rows.geometry() == geometry) return;
  only_timing().forget_fill(cache);
  state.rows = RowCache(geometry);
  state.on = on;
  state.filling = kNone;
  refresh();
  hear_all();
}

void MemorySystem::invalidate_cache(std::size_t cache) {
  (void)only_timing();
  caches_[cache].rows.invalidate();
  caches_[cache].filling = kNone;
  hear_all();
}

void MemorySystem::set_clock(const MemorySystemModel& at_clock) {
  only_timing().set_clock(at_clock);
  refresh();
  hear_all();
}

MemorySystemUse MemorySystem::use() const {
  MemorySystemUse use;
  for (const Memory& memory : memories_) use.memories.push_back(memory.use);
  use.buffered = buffered_;
  return use;
}

void MemorySystem::begin_fill(CacheState& cache, std::uint32_t address) {
  cache.filling = address & ~(cache.rows.geometry().line_bytes - 1);
  cache.first_offset =
      cache.critical_word_first ? (address - cache.filling) & ~(cache.beat_bytes - 1) : 0;
}

void MemorySystem::price_burst() {
  for (MemoryTiming& timing : timings_) timing.read_rows(burst_);
  burst_.count = 0;
}

// What waits for a fetch is priced one by one.
void MemorySystem::begin_burst(const Memory& memory, std::uint64_t now) {
  memory.use.read = true;
  std::vector<MemoryTiming>& timings = priced();
  if (const std::uint64_t fetched = fetched_rows(now); fetched != 0) {
    for (MemoryTiming& timing : timings) timing.read_row(memory.index, accesses_, fetched);
    return;
  }
  burst_ = {.memory = memory.index,
            .first = accesses_,
            .count = 1,
            .begin = clock_.cycles - clock_.block_cycles,
            .block_cycles = clock_.block_cycles};
}

void MemorySystem::read_waiting(const Memory& memory, std::uint32_t address, std::uint64_t now) {
  memory.use.read = true;
  const std::uint64_t fetched = fetched_rows(now);
  CacheState& cache = caches_[memory.data_cache];
  const bool holds_code = memory.data_cache == memory.fetch_cache;
  const std::uint64_t replaced = cache.rows.replacements();
  const bool hit =
      holds_code ? read_code_cache(cache, address, now) : cache.rows.read(address, now);
  if (hit) {
    read_filling(memory, address);
    return;
  }
  if (cache.fills_lines) {
    begin_fill(cache, address);
    for (MemoryTiming& timing : priced()) {
      timing.read_line(memory.index, address, accesses_, fetched);
    }
  } else {
    for (MemoryTiming& timing : priced()) timing.read_row(memory.index, accesses_, fetched);
  }
  if (cache.rows.replacements() == replaced || !cache.rows.replaced_was_dirty()) return;
  for (MemoryTiming& timing : timings_) timing.evict(memory.index);
}

// The line may still be on its way.
void MemorySystem::read_filling(const Memory& memory, std::uint32_t address) {
  CacheState& cache = caches_[memory.data_cache];
  const std::uint32_t line_bytes = cache.rows.geometry().line_bytes;
  if ((address & ~(line_bytes - 1)) != cache.filling) [[likely]]
    return;
  const std::uint32_t beat =
      ((address & (line_bytes - 1)) - cache.first_offset) % line_bytes / cache.beat_bytes;
  bool is_coming = false;
  for (MemoryTiming& timing : priced()) {
    is_coming |= timing.read_filling(memory.data_cache, beat, accesses_);
  }
  if (!is_coming) cache.filling = kNone;
}

void MemorySystem::write_waiting(const Memory& memory, std::uint32_t address, std::uint64_t now) {
  memory.use.written = true;
  if (!memory.writes_back) {
    buffered_ = true;
    for (MemoryTiming& timing : priced()) timing.write_row(memory.index, accesses_);
    return;
  }
  CacheState& cache = caches_[memory.data_cache];
  const std::uint64_t replaced = cache.rows.replacements();
  if (cache.rows.write(address, now)) return;
  buffered_ = true;
  begin_fill(cache, address);
  const bool evicts = cache.rows.replacements() != replaced && cache.rows.replaced_was_dirty();
  for (MemoryTiming& timing : priced()) {
    timing.write_line(memory.index, address, accesses_);
    if (evicts) timing.evict(memory.index);
  }
}

}  // namespace boardless::cost_models
